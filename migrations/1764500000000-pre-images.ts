import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What stood there before is known from the moment when somebody is about to change it. */
export class PreImages1764500000000 implements MigrationInterface {
  name = 'PreImages1764500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE landfall.load_intents ADD COLUMN pre_image jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE landfall.load_intents DROP COLUMN pre_image');
  }
}
