import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a project moved over, who said so, and when it is watched no longer. */
export class Cutover1764720000000 implements MigrationInterface {
  name = 'Cutover1764720000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE landfall.cutovers (
        project_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        frozen_at timestamptz(3) NOT NULL,
        begun_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        begun_by text NOT NULL,
        -- The last delta, which reads what changed until the freeze.
        delta_run_id uuid NOT NULL,
        completed_at timestamptz(3),
        completed_by text,
        note text,
        -- What was handed over: counts by record type, as JSON.
        figures jsonb,
        hypercare_until timestamptz(3),
        closed_at timestamptz(3),
        closed_by text,
        close_reason text,
        CONSTRAINT cutovers_pkey PRIMARY KEY (project_id),
        CONSTRAINT cutovers_project_fkey FOREIGN KEY (project_id, organization_id) REFERENCES landfall.projects (id, organization_id),
        CONSTRAINT cutovers_run_fkey FOREIGN KEY (delta_run_id, organization_id) REFERENCES landfall.runs (id, organization_id)
      );
      ALTER TABLE landfall.cutovers ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON landfall.cutovers USING (organization_id IN (SELECT id FROM landfall.organizations));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE landfall.cutovers');
  }
}
