import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By whom, when and why the status of an issue changed last. */
export class IssueStatus1764780001000 implements MigrationInterface {
  name = 'IssueStatus1764780001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- status_changed_by is null if Landfall itself changed it.
      ALTER TABLE landfall.issues ADD status_changed_by text, ADD status_changed_at timestamptz(3), ADD status_note text;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE landfall.issues DROP status_changed_by, DROP status_changed_at, DROP status_note');
  }
}
