import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A delta reads the source like an extraction, and remembers what was read back of each field. */
export class Delta1764710000000 implements MigrationInterface {
  name = 'Delta1764710000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX landfall.runs_one_reader_key;
      CREATE UNIQUE INDEX runs_one_reader_key ON landfall.runs (project_id)
        WHERE kind IN ('DISCOVERY', 'EXTRACTION', 'DELTA') AND state IN ('QUEUED', 'RUNNING', 'PAUSED', 'BLOCKED');
      -- Of a VERIFICATION: how many records it reads back; NULL for all.
      ALTER TABLE landfall.runs ADD sample_size integer;
      -- When the children of a parent were listed last: a parent whose text is younger is listed again.
      ALTER TABLE landfall.child_listings ADD listed_at timestamptz(3);
      -- What a record referred to before that changed last.
      ALTER TABLE landfall.staged_records ADD former_refs text[];
      -- A digest of each field as it was read back last.
      ALTER TABLE landfall.verifications ADD read_values jsonb NOT NULL DEFAULT '{}';
      -- Somebody has asked for it to be written again; ALL: over what people have changed too.
      ALTER TABLE landfall.load_states ADD rewrite text,
        ADD CONSTRAINT load_states_rewrite_check CHECK (rewrite IN ('OURS', 'ALL'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE landfall.load_states DROP rewrite;
      ALTER TABLE landfall.verifications DROP read_values;
      ALTER TABLE landfall.staged_records DROP former_refs;
      ALTER TABLE landfall.child_listings DROP listed_at;
      ALTER TABLE landfall.runs DROP sample_size;
      DROP INDEX landfall.runs_one_reader_key;
      CREATE UNIQUE INDEX runs_one_reader_key ON landfall.runs (project_id)
        WHERE kind IN ('DISCOVERY', 'EXTRACTION') AND state IN ('QUEUED', 'RUNNING', 'PAUSED', 'BLOCKED');
    `);
  }
}
