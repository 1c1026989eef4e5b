import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Adopted } from './adopt.js';
import { adoptOrStart, stoppedOnPurpose, stopServer } from './launcher.js';

// Every process that uses the server holds it shared. A process that gets it exclusively is the last one. Any constant will do.
const memberLock = 7_301_001;
const setupLock = 7_301_002;
const name = 'landfall';

/**
 * The membership of this process in the Postgres under DATA_DIR. It is a lock in the server, so a killed process leaves nothing
 * behind. Restarts the server if it dies.
 */
export class EmbeddedPostgres {
  private leaving = false;
  private rejoining: Promise<void> = Promise.resolve();
  private constructor(
    private readonly dataDir: string,
    private adopted: Adopted,
    private readonly warn: (message: string) => void,
  ) {
    this.watch();
  }

  static async join(dataDir: string, warn: (message: string) => void): Promise<EmbeddedPostgres> {
    return new EmbeddedPostgres(dataDir, await enter(dataDir), warn);
  }

  /** The owner of the schema. Only migrations use it. */
  get ownerUrl(): string {
    return `postgresql://postgres:${this.adopted.password}@127.0.0.1:${this.adopted.port}/${name}`;
  }

  /** The plain role of the server. It owns nothing. */
  get serverUrl(): string {
    return `postgresql://${name}:${rolePassword(this.adopted.password)}@127.0.0.1:${this.adopted.port}/${name}`;
  }

  /** Ends the membership. The last member stops the server. */
  async leave(): Promise<void> {
    this.leaving = true;
    // Waits for a restart that is in progress, because its membership must end too.
    await this.rejoining;
    const { connection } = this.adopted;
    try {
      await connection.query('SELECT pg_advisory_unlock_shared($1)', [memberLock]);
      const { rows } = await connection.query<{ last: boolean }>('SELECT pg_try_advisory_lock($1) AS last', [memberLock]);
      // A process that joins now waits for our lock, loses its connection with the server, and starts it again.
      if (rows[0]!.last) await stopServer(this.dataDir, { onPurpose: false });
    } catch (error) {
      this.warn(`Postgres ended before this process disconnected: ${(error as Error).message}`);
    } finally {
      await connection.end().catch(() => {});
    }
  }

  private watch(): void {
    this.adopted.connection.once('end', () => {
      if (!this.leaving) this.rejoining = this.rejoin();
    });
  }

  private async rejoin(): Promise<void> {
    while (!this.leaving) {
      if (await stoppedOnPurpose(this.dataDir)) {
        await sleep(500);
        continue;
      }
      try {
        const adopted = await enter(this.dataDir);
        if (adopted.port !== this.adopted.port) this.warn(`Postgres restarted on port ${adopted.port}. Restart this process.`);
        this.adopted = adopted;
        this.watch();
        return;
      } catch (error) {
        this.warn(`Postgres ended and does not start: ${(error as Error).message}`);
        await sleep(1_000);
      }
    }
  }
}

/** Adopts or starts the server, takes the membership, and creates role and database if they are missing. */
async function enter(dataDir: string): Promise<Adopted> {
  for (let attempt = 1; ; attempt++) {
    const adopted = await adoptOrStart(dataDir);
    try {
      await adopted.connection.query('SELECT pg_advisory_lock_shared($1)', [memberLock]);
      await setUp(adopted);
      return adopted;
    } catch (error) {
      await adopted.connection.end().catch(() => {});
      // The last member stopped the server between the two steps.
      if (attempt === 10) throw error;
    }
  }
}

async function setUp({ connection, password }: Adopted): Promise<void> {
  await connection.query('SELECT pg_advisory_lock($1)', [setupLock]);
  try {
    const [role, database] = [pg.escapeIdentifier(name), pg.escapeIdentifier(name)];
    const roles = await connection.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
    if (roles.rowCount === 0) {
      await connection.query(`CREATE ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(rolePassword(password))}`);
    }
    const databases = await connection.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (databases.rowCount === 0) await connection.query(`CREATE DATABASE ${database}`);
  } finally {
    await connection.query('SELECT pg_advisory_unlock($1)', [setupLock]);
  }
}

/** The password of the plain role is derived from the superuser's. */
function rolePassword(superuserPassword: string): string {
  return createHmac('sha256', superuserPassword).update('role landfall').digest('base64url');
}
