import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was compared when a record was read back: digests of each side, and the rule of each value that was not equal as it is. */
export class RecordVerifications1764820000000 implements MigrationInterface {
  name = 'RecordVerifications1764820000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE landfall.verifications ADD rules jsonb NOT NULL DEFAULT '{}', ADD source_digest text, ADD draft_digest text, ADD image_digest text;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE landfall.verifications DROP rules, DROP source_digest, DROP draft_digest, DROP image_digest;
    `);
  }
}
