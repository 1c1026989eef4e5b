import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What only people can do in a workspace, as data. */
export class Checklist1764760000000 implements MigrationInterface {
  name = 'Checklist1764760000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- JSON, as text: it names objects of other systems.
      ALTER TABLE landfall.runs ADD blocker_details text;
      ALTER TABLE landfall.connections ADD missing_permissions text[] NOT NULL DEFAULT '{}';

      -- What the last PROVISIONING run saw, one row for each item of the checklist.
      CREATE TABLE landfall.provisioning_checks (
        project_id uuid NOT NULL,
        environment text NOT NULL,
        code text NOT NULL,
        organization_id uuid NOT NULL,
        run_id uuid NOT NULL,
        workspace_id text NOT NULL,
        mapping_version_id uuid NOT NULL,
        state text NOT NULL,
        message text NOT NULL,
        -- JSON.
        details text,
        checked_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT provisioning_checks_pkey PRIMARY KEY (project_id, environment, code),
        CONSTRAINT provisioning_checks_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id)
      );
      ALTER TABLE landfall.provisioning_checks ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON landfall.provisioning_checks USING (organization_id IN (SELECT id FROM landfall.organizations));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE landfall.provisioning_checks;
      ALTER TABLE landfall.connections DROP missing_permissions;
      ALTER TABLE landfall.runs DROP blocker_details;
    `);
  }
}
