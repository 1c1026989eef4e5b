import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Projects that are put aside, with a time zone of their own; connections with an id. */
export class ArchivedProjects1764780002000 implements MigrationInterface {
  name = 'ArchivedProjects1764780002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE landfall.projects ADD archived_at timestamptz(3), ADD time_zone text;
      ALTER TABLE landfall.connections ADD id uuid NOT NULL DEFAULT gen_random_uuid(), ADD CONSTRAINT connections_id_key UNIQUE (id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE landfall.connections DROP id;
      ALTER TABLE landfall.projects DROP archived_at, DROP time_zone;
    `);
  }
}
