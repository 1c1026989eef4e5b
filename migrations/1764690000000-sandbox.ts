import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which records a SANDBOX run moves, what people compare, and who signed it off. */
export class Sandbox1764690000000 implements MigrationInterface {
  name = 'Sandbox1764690000000';

  async up(runner: QueryRunner): Promise<void> {
    const project = (table: string) =>
      `CONSTRAINT ${table}_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id)`;
    await runner.query(`
      CREATE TABLE landfall.sample_records (
        project_id uuid NOT NULL,
        listing text NOT NULL,
        source_id text NOT NULL,
        organization_id uuid NOT NULL,
        -- Why it was chosen; for people.
        reason text NOT NULL,
        CONSTRAINT sample_records_pkey PRIMARY KEY (project_id, listing, source_id),
        ${project('sample_records')}
      );

      -- A sampled record as the source holds it, and as it was read back from the workspace.
      CREATE TABLE landfall.sample_reviews (
        project_id uuid NOT NULL,
        record_type text NOT NULL,
        source_id text NOT NULL,
        organization_id uuid NOT NULL,
        reason text NOT NULL,
        destination_id text NOT NULL,
        -- JSON: field by field, at the source and as it was read back.
        comparison text NOT NULL,
        CONSTRAINT sample_reviews_pkey PRIMARY KEY (project_id, record_type, source_id),
        ${project('sample_reviews')}
      );

      CREATE TABLE landfall.sign_offs (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        project_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        run_id uuid NOT NULL,
        mapping_hash text NOT NULL,
        sample_digest text NOT NULL,
        signed_by text NOT NULL,
        note text,
        signed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT sign_offs_pkey PRIMARY KEY (id),
        ${project('sign_offs')},
        CONSTRAINT sign_offs_run_fkey FOREIGN KEY (run_id, organization_id) REFERENCES landfall.runs (id, organization_id)
      );
      CREATE INDEX sign_offs_project_id_signed_at_id_idx ON landfall.sign_offs (project_id, signed_at, id);

      ALTER TABLE landfall.runs ADD sample_digest text;
    `);
    for (const table of ['sample_records', 'sample_reviews', 'sign_offs']) {
      await runner.query(`
        ALTER TABLE landfall.${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON landfall.${table} USING (organization_id IN (SELECT id FROM landfall.organizations));
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE landfall.runs DROP sample_digest;
      DROP TABLE landfall.sign_offs, landfall.sample_reviews, landfall.sample_records;
    `);
  }
}
