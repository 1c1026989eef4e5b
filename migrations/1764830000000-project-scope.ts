import type { MigrationInterface, QueryRunner } from 'typeorm';

const scope = 'ANY ((SELECT landfall.project_scope())::uuid[])';
/** What a credential that is limited to projects sees of tables that came after these limits. */
const conditions = {
  written_notes: `project_id = ${scope}`,
  webhooks: `project_id = ${scope}`,
  webhook_positions: `project_id = ${scope}`,
  usage_months: 'false',
};

export class ProjectScope1764830000000 implements MigrationInterface {
  name = 'ProjectScope1764830000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, condition] of Object.entries(conditions))
      await runner.query(`CREATE POLICY project ON landfall.${table} AS RESTRICTIVE
        USING ((SELECT landfall.project_scope()) IS NULL OR ${condition})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(conditions)) await runner.query(`DROP POLICY project ON landfall.${table}`);
  }
}
