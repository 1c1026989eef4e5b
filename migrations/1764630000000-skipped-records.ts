import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A record whose id can't be used is counted, and takes no further part. */
export class SkippedRecords1764630000000 implements MigrationInterface {
  name = 'SkippedRecords1764630000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE landfall.staged_records ADD COLUMN skipped boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE landfall.staged_records DROP COLUMN skipped');
  }
}
