import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Defaults and suggestions of a field, how people made the Deal type, and whether samples may be shown to a model. */
export class MappingCompleted1764740000000 implements MigrationInterface {
  name = 'MappingCompleted1764740000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE landfall.field_mappings
        -- What is written where the source has no value; null for nothing.
        ADD default_value text,
        -- A target that a person may choose: nothing is mapped to it before.
        ADD suggested_target text,
        ADD suggestion_confidence double precision,
        ADD suggestion_reason text;
      -- Attributes of an object type that were made as texts though the mapping has another type.
      ALTER TABLE landfall.provisioned_objects ADD text_attributes text[] NOT NULL DEFAULT '{}';
      ALTER TABLE landfall.projects ADD allow_samples_to_llm boolean NOT NULL DEFAULT false;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE landfall.projects DROP allow_samples_to_llm;
      ALTER TABLE landfall.provisioned_objects DROP text_attributes;
      ALTER TABLE landfall.field_mappings DROP default_value, DROP suggested_target, DROP suggestion_confidence, DROP suggestion_reason;
    `);
  }
}
