import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the text of a record was staged first: what it dates later than that lies in the future. */
export class StagedAt1764670000000 implements MigrationInterface {
  name = 'StagedAt1764670000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE landfall.staged_records ADD COLUMN staged_at timestamptz(3) NOT NULL DEFAULT now()');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE landfall.staged_records DROP COLUMN staged_at');
  }
}
