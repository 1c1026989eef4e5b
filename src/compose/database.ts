import type { Logger } from 'pino';
import { migrations } from '../../migrations/index.js';
import type { Config } from '../config.js';
import { LandfallError } from '../domain/model/errors.js';
import { createQueues, queueSchema } from '../jobs/queue.js';
import { queueNames } from '../jobs/tasks.js';
import { connect } from '../store/connect.js';
import { createDataSource, type Database, type PoolOptions } from '../store/data-source.js';
import { EmbeddedPostgres } from '../store/embedded/embedded-postgres.js';
import { stopServer } from '../store/embedded/launcher.js';
import { migrate } from '../store/migrate.js';
import { checkDatabase } from '../store/readiness.js';
import type { Resources } from './resources.js';

/** Connections of runs, and a separate one for their heartbeats. */
export interface JobsDatabase {
  database: Database;
  heartbeats: Database;
  url: string;
}

/** Opens the database for jobs. It migrates the database if the URL of the owner is known; otherwise an outdated database is refused. */
export async function openDatabase(config: Config, log: Logger, resources: Resources): Promise<JobsDatabase> {
  const urls = await databaseUrls(config, log, resources);
  if (urls.ownerUrl) await migrateAsOwner({ ...urls, ownerUrl: urls.ownerUrl }, log);
  else await (await connect(urls.serverUrl, 'DATABASE_URL')).end();
  const url = urls.serverUrl;
  const database = await openPool(url, { poolSize: config.connections.jobs, applicationName: 'landfall runs' }, log, resources);
  await checkDatabase(database, migrations, queueSchema);
  // Heartbeats wait for no other work, and a heartbeat that hangs is aborted before the next one.
  const heartbeats = await openPool(
    url,
    {
      poolSize: 1,
      applicationName: 'landfall heartbeats',
      statementTimeoutMs: Math.max(1_000, Math.floor(config.times.lease / 3)),
    },
    log,
    resources,
  );
  return { database, heartbeats, url };
}

export async function openPool(url: string, options: PoolOptions, log: Logger, resources: Resources): Promise<Database> {
  const onPoolError = (error: unknown) => log.warn({ err: error }, 'a database connection failed');
  const database = createDataSource(url, { ...options, onPoolError });
  await database.initialize();
  resources.defer(() => database.destroy());
  return database;
}

async function databaseUrls(
  config: Config,
  log: Logger,
  resources: Resources,
): Promise<{ serverUrl: string; ownerUrl: string | null }> {
  const { database } = config;
  if (database.kind === 'given') return { serverUrl: database.url.reveal(), ownerUrl: database.ownerUrl?.reveal() ?? null };
  const postgres = await EmbeddedPostgres.join(config.dataDir, message => log.warn({}, message));
  resources.defer(() => postgres.leave());
  return { serverUrl: postgres.serverUrl, ownerUrl: postgres.ownerUrl };
}

async function migrateAsOwner(urls: { serverUrl: string; ownerUrl: string }, log: Logger): Promise<string[]> {
  const ran = await migrate(urls, migrations, queueSchema, url => createQueues(url, queueNames));
  if (ran.length > 0) log.info({ migrations: ran }, 'migrations ran');
  return ran;
}

/** @returns the names of the migrations that ran */
export async function runMigrations(config: Config, log: Logger): Promise<string[]> {
  const resources = new AsyncDisposableStack();
  try {
    const { serverUrl, ownerUrl } = await databaseUrls(config, log, resources);
    if (!ownerUrl) {
      throw new LandfallError('DATABASE_UNAVAILABLE', 'Set DATABASE_OWNER_URL: only the owner of the schema can migrate it.');
    }
    return await migrateAsOwner({ serverUrl, ownerUrl }, log);
  } finally {
    await resources.disposeAsync();
  }
}

/** Stops the embedded Postgres. @returns whether it was running */
export function stopDatabase(config: Config): Promise<boolean> {
  return stopServer(config.dataDir, { onPurpose: true });
}
