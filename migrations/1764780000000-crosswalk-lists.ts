import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists of crosswalk entries: by kind of record and object, origin and state, in the order of the load. */
export class CrosswalkLists1764780000000 implements MigrationInterface {
  name = 'CrosswalkLists1764780000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The condition is always true. Without it, and without statistics, a look-up would choose this index: it begins with the project.
      CREATE INDEX crosswalk_list_idx ON landfall.crosswalk (project_id, environment, source_type, destination_type, origin, state, loaded_at, id)
        WHERE origin <> '';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX landfall.crosswalk_list_idx');
  }
}
