import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each organization has used in each month. */
export class Usage1764790001000 implements MigrationInterface {
  name = 'Usage1764790001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE landfall.usage_months (
        organization_id uuid NOT NULL,
        -- YYYY-MM, in UTC.
        month text NOT NULL,
        requests bigint NOT NULL,
        calls bigint NOT NULL,
        records_read bigint NOT NULL,
        records_loaded bigint NOT NULL,
        bytes_stored bigint NOT NULL,
        CONSTRAINT usage_months_pkey PRIMARY KEY (organization_id, month),
        CONSTRAINT usage_months_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES landfall.organizations (id)
      );
      ALTER TABLE landfall.usage_months ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON landfall.usage_months USING (organization_id IN (SELECT id FROM landfall.organizations));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE landfall.usage_months');
  }
}
