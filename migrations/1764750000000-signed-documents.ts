import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Documents in the language of their project, and what a closed project has deleted. */
export class SignedDocuments1764750000000 implements MigrationInterface {
  name = 'SignedDocuments1764750000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE landfall.projects ADD language text NOT NULL DEFAULT 'EN',
        ADD CONSTRAINT projects_language_check CHECK (language IN ('EN', 'TR'));
      -- Digest of a document apart from its run and date: a run that changes nothing else leaves the document as it is.
      ALTER TABLE landfall.documents ADD content_sha256 text;

      CREATE TABLE landfall.purges (
        project_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        requested_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        requested_by text NOT NULL,
        -- How many rows or files of each kind were deleted so far, as JSON.
        counts jsonb NOT NULL DEFAULT '{}',
        -- The reconciliation of each environment as it was before, as JSON.
        reconciliations jsonb NOT NULL,
        finished_at timestamptz(3),
        CONSTRAINT purges_pkey PRIMARY KEY (project_id),
        CONSTRAINT purges_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id)
      );
      ALTER TABLE landfall.purges ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON landfall.purges USING (organization_id IN (SELECT id FROM landfall.organizations));

      CREATE INDEX stored_files_sha256_idx ON landfall.stored_files (sha256);
      CREATE INDEX call_recordings_sha256_idx ON landfall.call_recordings (sha256);
      CREATE INDEX documents_sha256_idx ON landfall.documents (sha256);

      -- Of these blobs those that something else than the files and recordings of this project refers to, whoever owns it.
      CREATE FUNCTION landfall.blobs_used_elsewhere(project uuid, digests text[]) RETURNS TABLE (sha256 text)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
        AS $$ SELECT f.sha256 FROM landfall.stored_files f WHERE f.sha256 = ANY (digests) AND f.project_id <> project
              UNION SELECT r.sha256 FROM landfall.call_recordings r WHERE r.sha256 = ANY (digests) AND r.project_id <> project
              UNION SELECT d.sha256 FROM landfall.documents d WHERE d.sha256 = ANY (digests) $$;
      REVOKE EXECUTE ON FUNCTION landfall.blobs_used_elsewhere FROM PUBLIC;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION landfall.blobs_used_elsewhere;
      DROP INDEX landfall.documents_sha256_idx, landfall.call_recordings_sha256_idx, landfall.stored_files_sha256_idx;
      DROP TABLE landfall.purges;
      ALTER TABLE landfall.documents DROP content_sha256;
      ALTER TABLE landfall.projects DROP language;
    `);
  }
}
