import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a worker showed that it is alive, and what it last heard of both sides. */
export class Contacts1764810001000 implements MigrationInterface {
  name = 'Contacts1764810001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE landfall.run_leases
        ADD renewed_at timestamptz(3),
        -- JSON, as text: it contains messages of other systems.
        ADD contacts text;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE landfall.run_leases DROP contacts, DROP renewed_at');
  }
}
