import type { Logger } from 'pino';
import { migrations } from '../../migrations/index.js';
import type { Config } from '../config.js';
import { LandfallError } from '../domain/model/errors.js';
import { makeQueues, queueSchema } from '../jobs/queue.js';
import { queueNames } from '../jobs/tasks.js';
import { connect } from '../store/connect.js';
import { createDataSource, type Database, type PoolOptions } from '../store/data-source.js';
import { EmbeddedPostgres } from '../store/embedded/embedded-postgres.js';
import { stopServer } from '../store/embedded/launcher.js';
import { migrate } from '../store/migrate.js';
import { checkDatabase } from '../store/readiness.js';
import type { Resources } from './resources.js';

/** What runs work with: their own connections, and one for their signs of life. */
export interface JobsDatabase {
  database: Database;
  heartbeats: Database;
  url: string;
}

/** Opens the database for the jobs: joins or reaches it, brings it up to date where the owner's URL is known, refuses it where it is not. */
export async function openDatabase(config: Config, log: Logger, resources: Resources): Promise<JobsDatabase> {
  const urls = await databaseUrls(config, log, resources);
  if (urls.ownerUrl) await migrateAsOwner({ ...urls, ownerUrl: urls.ownerUrl }, log);
  else await (await connect(urls.serverUrl, 'DATABASE_URL')).end();
  const url = urls.serverUrl;
  const database = await openPool(url, { poolSize: config.connections.jobs, applicationName: 'landfall runs' }, log, resources);
  await checkDatabase(database, migrations, queueSchema);
  // Signs of life wait for no other work; one that gets stuck makes room for the next.
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
  const onPoolError = (error: unknown) => log.warn({ err: error }, 'a database connection broke');
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
  const ran = await migrate(urls, migrations, queueSchema, url => makeQueues(url, queueNames));
  if (ran.length > 0) log.info({ migrations: ran }, 'migrated');
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

/** @returns whether one ran */
export function stopDatabase(config: Config): Promise<boolean> {
  return stopServer(config.dataDir, { onPurpose: true });
}
