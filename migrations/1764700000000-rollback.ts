import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Plans of rollbacks: what each would do with every object, and what became of it. */
export class Rollback1764700000000 implements MigrationInterface {
  name = 'Rollback1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A row for each ROLLBACK run. plan_hash: of the plan that it made, or that it carries out.
      CREATE TABLE landfall.rollback_plans (
        run_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        project_id uuid NOT NULL,
        environment text NOT NULL,
        -- Whether the run only plans.
        dry_run boolean NOT NULL,
        plan_hash text,
        -- The run that made the plan.
        plan_run_id uuid NOT NULL,
        -- Rows for people: action, type, count, reason.
        summary jsonb,
        planned_at timestamptz(3),
        -- When every object was found as it was planned: from then on it writes.
        checked_at timestamptz(3),
        CONSTRAINT rollback_plans_pkey PRIMARY KEY (run_id),
        CONSTRAINT rollback_plans_run_fkey FOREIGN KEY (run_id, organization_id) REFERENCES landfall.runs (id, organization_id)
      );
      CREATE INDEX rollback_plans_project_id_environment_idx ON landfall.rollback_plans (project_id, environment);

      CREATE TABLE landfall.rollback_objects (
        -- The run that made the plan.
        run_id uuid NOT NULL,
        destination_type text NOT NULL,
        destination_id text NOT NULL,
        organization_id uuid NOT NULL,
        -- Objects of a lower place go first.
        place integer NOT NULL,
        source_type text,
        source_ids text[] NOT NULL,
        action text NOT NULL,
        reason text NOT NULL,
        -- What it is called, for people.
        label text NOT NULL,
        -- Of the object as it was planned; null where nothing is read of it.
        digest text,
        -- What is set, and taken off.
        change jsonb NOT NULL,
        state text NOT NULL,
        -- What remains of it, or why it could not be done.
        note text,
        CONSTRAINT rollback_objects_pkey PRIMARY KEY (run_id, destination_type, destination_id),
        CONSTRAINT rollback_objects_plan_fkey FOREIGN KEY (run_id) REFERENCES landfall.rollback_plans (run_id),
        CONSTRAINT rollback_objects_action_check CHECK (action IN ('DELETE', 'ARCHIVE', 'RESTORE', 'KEEP')),
        CONSTRAINT rollback_objects_state_check CHECK (state IN ('PLANNED', 'BEGUN', 'DONE', 'FAILED', 'KEPT'))
      );
      CREATE INDEX rollback_objects_run_id_place_idx ON landfall.rollback_objects (run_id, place, destination_id);
    `);
    for (const table of ['rollback_plans', 'rollback_objects']) {
      await runner.query(`
        ALTER TABLE landfall.${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON landfall.${table} USING (organization_id IN (SELECT id FROM landfall.organizations));
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE landfall.rollback_objects, landfall.rollback_plans');
  }
}
