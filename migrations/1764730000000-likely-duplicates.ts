import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Contacts and companies that look like one; and the projects whose source will delete chats, over all tenants. */
export class LikelyDuplicates1764730000000 implements MigrationInterface {
  name = 'LikelyDuplicates1764730000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE landfall.duplicate_groups (
        project_id uuid NOT NULL,
        position integer NOT NULL,
        organization_id uuid NOT NULL,
        record_type text NOT NULL,
        outcome text NOT NULL,
        reason text NOT NULL,
        size integer NOT NULL,
        -- The first of its records by id.
        source_ids text[] NOT NULL,
        -- Of each of them: name, address and number in one line.
        labels text[] NOT NULL,
        CONSTRAINT duplicate_groups_pkey PRIMARY KEY (project_id, position),
        CONSTRAINT duplicate_groups_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id)
      );
      ALTER TABLE landfall.duplicate_groups ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON landfall.duplicate_groups USING (organization_id IN (SELECT id FROM landfall.organizations));

      CREATE FUNCTION landfall.projects_with_deadline(after uuid, batch integer) RETURNS TABLE (project_id uuid, organization_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
          SELECT d.project_id, d.organization_id FROM landfall.discoveries d JOIN landfall.projects p ON p.id = d.project_id
          WHERE (after IS NULL OR d.project_id > after) AND d.content #>> '{retention,deadline}' IS NOT NULL
            AND p.stage NOT IN ('HYPERCARE', 'CLOSED')
          ORDER BY d.project_id LIMIT batch $$;
      REVOKE EXECUTE ON FUNCTION landfall.projects_with_deadline FROM PUBLIC;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION landfall.projects_with_deadline;
      DROP TABLE landfall.duplicate_groups;
    `);
  }
}
