import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when a file could not be fetched: an outage makes nothing unavailable. */
export class FailedAt1764680000000 implements MigrationInterface {
  name = 'FailedAt1764680000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE landfall.stored_files ADD COLUMN failed_at timestamptz(3)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE landfall.stored_files DROP COLUMN failed_at');
  }
}
