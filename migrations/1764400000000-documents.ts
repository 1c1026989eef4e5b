import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the customer is handed: bytes in the blob store, or an archive that is made of them as it is fetched. */
export class Documents1764400000000 implements MigrationInterface {
  name = 'Documents1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE landfall.documents (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        project_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        -- Like a path: production/recording-manifest.csv.
        name text NOT NULL,
        kind text NOT NULL,
        title text NOT NULL,
        media_type text NOT NULL,
        sha256 text NOT NULL,
        byte_size bigint NOT NULL,
        -- Of an archive: the digest of the blob that lists its entries.
        packing_list text,
        created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT documents_pkey PRIMARY KEY (id),
        CONSTRAINT documents_name_key UNIQUE (project_id, name),
        CONSTRAINT documents_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id)
      );
      ALTER TABLE landfall.documents ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON landfall.documents USING (organization_id IN (SELECT id FROM landfall.organizations));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE landfall.documents');
  }
}
