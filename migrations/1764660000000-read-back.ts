import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was read back belongs to the load state; look-ups by an id of the source alone go by an index; windows have a length. */
export class ReadBack1764660000000 implements MigrationInterface {
  name = 'ReadBack1764660000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE landfall.load_states
        -- Of the draft that was read back last.
        ADD read_digest text,
        -- Of a deal: the contact in the workspace that refers to it.
        ADD linked_to text;
      UPDATE landfall.load_states s SET read_digest = s.digest WHERE s.state = 'DONE' AND EXISTS (
        SELECT FROM landfall.verifications v WHERE v.project_id = s.project_id AND v.environment = s.environment
          AND v.record_type = s.record_type AND v.source_id = s.source_id);
      -- As an answer told it.
      ALTER TABLE landfall.rate_budgets ADD window_ms integer;
      CREATE INDEX crosswalk_source_idx ON landfall.crosswalk (source_id, project_id, environment);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX landfall.crosswalk_source_idx;
      ALTER TABLE landfall.rate_budgets DROP window_ms;
      ALTER TABLE landfall.load_states DROP linked_to, DROP read_digest;
    `);
  }
}
