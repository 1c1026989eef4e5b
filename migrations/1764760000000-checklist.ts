import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What only people can do in a workspace, as data; and when and in which slices a load works. */
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

      ALTER TABLE landfall.runs ADD load_plan jsonb, ADD not_before timestamptz(3), ADD budget_hour timestamptz(3), ADD budget_calls int;
      CREATE OR REPLACE FUNCTION landfall.runs_to_take() RETURNS TABLE (run_id uuid, organization_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
          SELECT id, organization_id FROM (
            SELECT r.id, r.organization_id, r.created_at, row_number() OVER (PARTITION BY r.organization_id ORDER BY r.created_at, r.id) AS place
            FROM landfall.runs r LEFT JOIN landfall.run_leases l ON l.run_id = r.id
            WHERE (r.state = 'QUEUED' AND (r.not_before IS NULL OR r.not_before <= clock_timestamp()))
              OR (r.state = 'RUNNING' AND (l.until IS NULL OR l.until < clock_timestamp()))
          ) AS waiting WHERE place <= 16 ORDER BY place, created_at, id LIMIT 500 $$;

      -- Which tickets and calls a project loads, by when they were created. Without a row: all.
      CREATE TABLE landfall.load_slices (
        project_id uuid NOT NULL,
        environment text NOT NULL,
        run_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        created_from timestamptz(3),
        created_to timestamptz(3),
        with_open boolean NOT NULL,
        CONSTRAINT load_slices_pkey PRIMARY KEY (project_id, environment, run_id),
        CONSTRAINT load_slices_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id)
      );
      ALTER TABLE landfall.load_slices ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON landfall.load_slices USING (organization_id IN (SELECT id FROM landfall.organizations));

      ALTER TABLE landfall.drafts ADD created_at timestamptz(3), ADD is_open boolean NOT NULL DEFAULT false, ADD place int NOT NULL DEFAULT 0;
      DROP INDEX landfall.drafts_weight_idx;
      CREATE INDEX drafts_place_idx ON landfall.drafts (project_id, environment, record_type, place, weight, source_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX landfall.drafts_place_idx;
      CREATE INDEX drafts_weight_idx ON landfall.drafts (project_id, environment, record_type, weight, source_id);
      ALTER TABLE landfall.drafts DROP created_at, DROP is_open, DROP place;
      DROP TABLE landfall.load_slices;
      CREATE OR REPLACE FUNCTION landfall.runs_to_take() RETURNS TABLE (run_id uuid, organization_id uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
          SELECT id, organization_id FROM (
            SELECT r.id, r.organization_id, r.created_at, row_number() OVER (PARTITION BY r.organization_id ORDER BY r.created_at, r.id) AS place
            FROM landfall.runs r LEFT JOIN landfall.run_leases l ON l.run_id = r.id
            WHERE r.state = 'QUEUED' OR (r.state = 'RUNNING' AND (l.until IS NULL OR l.until < clock_timestamp()))
          ) AS waiting WHERE place <= 16 ORDER BY place, created_at, id LIMIT 500 $$;
      ALTER TABLE landfall.runs DROP load_plan, DROP not_before, DROP budget_hour, DROP budget_calls;
      DROP TABLE landfall.provisioning_checks;
      ALTER TABLE landfall.connections DROP missing_permissions;
      ALTER TABLE landfall.runs DROP blocker_details;
    `);
  }
}
