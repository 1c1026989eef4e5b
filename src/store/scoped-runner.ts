import pg from 'pg';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import type { Database } from './data-source.js';

/** A process that is frozen in a transaction loses it, and the locks that others wait for. */
const maxIdleMs = 10_000;

/** A connection whose transactions see one organization and those below it, from their first statement on. */
export class ScopedRunner extends PostgresQueryRunner {
  constructor(
    dataSource: Database,
    private readonly organizationId: string,
  ) {
    super(dataSource.driver as PostgresDriver, 'master');
    Object.assign(this, { manager: dataSource.createEntityManager(this) });
  }

  /** Begins and sets the scope in one message: most transactions have one or two statements, so a round trip counts. */
  override async startTransaction(): Promise<void> {
    if (this.transactionDepth > 0) return super.startTransaction();
    this.isTransactionActive = true;
    // Several statements in one message take no parameters.
    await this.query(
      `START TRANSACTION;
       SELECT set_config('landfall.organization_id', ${pg.escapeLiteral(this.organizationId)}, true),
         set_config('idle_in_transaction_session_timeout', '${maxIdleMs}', true)`,
    );
    this.transactionDepth += 1;
  }
}
