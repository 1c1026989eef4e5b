import type { MigrationInterface, QueryRunner } from 'typeorm';

export class HypercareDays1764840000000 implements MigrationInterface {
  name = 'HypercareDays1764840000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE landfall.projects ADD hypercare_days integer NOT NULL DEFAULT 7');
    await runner.query(
      'ALTER TABLE landfall.projects ADD CONSTRAINT projects_hypercare_days_check CHECK (hypercare_days BETWEEN 0 AND 90)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE landfall.projects DROP COLUMN hypercare_days');
  }
}
