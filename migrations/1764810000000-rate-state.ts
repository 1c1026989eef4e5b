import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A budget of calls is one state that is replaced as a whole, the same in every store. What was known is learnt again at once. */
export class RateState1764810000000 implements MigrationInterface {
  name = 'RateState1764810000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM landfall.rate_budgets;
      ALTER TABLE landfall.rate_budgets
        DROP remaining, DROP window_started_at, DROP blocked_until, DROP window_limit, DROP window_ends_at, DROP window_ms,
        ADD version bigint NOT NULL,
        ADD state text NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM landfall.rate_budgets;
      ALTER TABLE landfall.rate_budgets
        DROP state, DROP version,
        ADD remaining integer,
        ADD window_started_at timestamptz(3) NOT NULL,
        ADD blocked_until timestamptz(3) NOT NULL,
        ADD window_limit integer,
        ADD window_ends_at timestamptz(3),
        ADD window_ms integer;
    `);
  }
}
