import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { migrations } from '../migrations/index.js';
import type { Config } from './config.js';
import { type DemoOptions, runDemo } from './demo/demo.js';
import { IntercomDestination } from './destinations/intercom/intercom-destination.js';
import { LandfallError } from './domain/errors.js';
import type { Secret } from './domain/secret.js';
import type { WakeUps } from './domain/wake-ups.js';
import { RedisWakeUps } from './events/redis-wake-ups.js';
import { LocalWakeUps } from './events/wake-ups.js';
import { checkDataDir, closeToOthers } from './files/data-dir.js';
import { LocalBlobStore } from './files/local-blob-store.js';
import { tellShortages } from './files/tell-shortages.js';
import { zipArchive } from './files/zip-archive.js';
import { createApollo } from './graphql/apollo.js';
import { exampleQuery, graphiqlRouter } from './graphql/graphiql.js';
import { graphqlRouter } from './graphql/http.js';
import { CostMeter } from './graphql/limits/cost-meter.js';
import { Documents } from './graphql/limits/documents.js';
import { createSchema } from './graphql/schema.js';
import { serveWebSocket } from './graphql/websocket.js';
import { createDownload } from './http/download.js';
import { createHttp } from './http/http-client.js';
import { isPrivateHost } from './http/private-hosts.js';
import { Jobs, makeQueues, queueSchema } from './jobs/queue.js';
import { Runner } from './jobs/runner.js';
import { queueNames, tasks } from './jobs/tasks.js';
import type { Services } from './operations/context.js';
import { publicFiles } from './operations/public-files.js';
import { notReady } from './operations/readiness.js';
import { mappingSpecification } from './pipeline/report/mapping-specification.js';
import { Budget } from './rate/budget.js';
import { InfosetSource } from './sources/infoset/infoset-source.js';
import { connect } from './store/connect.js';
import { createDataSource, type Database, type PoolOptions } from './store/data-source.js';
import { EmbeddedPostgres } from './store/embedded/embedded-postgres.js';
import { stopServer } from './store/embedded/launcher.js';
import { migrate } from './store/migrate.js';
import { PostgresLedger } from './store/postgres-ledger.js';
import { checkDatabase } from './store/readiness.js';
import { WakeUpListener } from './store/wake-up-listener.js';
import { generateApiKey } from './tenancy/api-key.js';
import { ConnectionShares, type ShareLimits } from './tenancy/connection-shares.js';
import type { Digests } from './tenancy/digests.js';
import { openSecrets } from './tenancy/open-secrets.js';
import { keptSecretsKey } from './tenancy/secret-box.js';
import { connectionPlace } from './tenancy/secret-places.js';
import { Tenancy } from './tenancy/tenancy.js';
import { touchWhileAlive } from './web/alive-file.js';
import { createApp } from './web/app.js';
import { downloadsRouter } from './web/downloads.js';

/** A running part of the program: what it opened is closed in reverse order. */
type Resources = AsyncDisposableStack;

export interface RunningServer extends AsyncDisposable {
  url: string;
  tenancy: Tenancy;
}

/** Keeps what was opened where all of it could be, and closes it where not. */
async function opened<T>(open: (resources: Resources) => Promise<T>): Promise<T> {
  const resources = new AsyncDisposableStack();
  try {
    return await open(resources);
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
}

/** Opens the database for the jobs: joins or reaches it, brings it up to date where the owner's URL is known, refuses it where it is not. */
async function openDatabase(config: Config, log: Logger, resources: Resources): Promise<JobsDatabase> {
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

async function openPool(url: string, options: PoolOptions, log: Logger, resources: Resources): Promise<Database> {
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

/** Redis where it is given: it is asked before anything is opened, for it may refuse us. */
async function openRedis(config: Config, log: Logger, resources: Resources): Promise<RedisWakeUps | null> {
  if (!config.redisUrl) return null;
  const wakeUps = await RedisWakeUps.connect(config.redisUrl.reveal(), message => log.warn({}, message));
  resources.defer(() => wakeUps.close());
  return wakeUps;
}

/** Wake-ups of all processes by the database itself. */
async function listenToDatabase(databaseUrl: string, log: Logger, resources: Resources): Promise<WakeUps> {
  const wakeUps = new LocalWakeUps(message => log.warn({}, message));
  const listener = new WakeUpListener(
    databaseUrl,
    topic => wakeUps.publish(topic),
    () => wakeUps.publishAll(),
    message => log.warn({}, message),
  );
  await listener.start();
  resources.defer(() => listener.close());
  return wakeUps;
}

/** What every process needs; whatever refuses it is told at once, in a line. */
async function openBasis(config: Config, log: Logger, resources: Resources) {
  await checkDataDir(config.dataDir);
  await closeToOthers(filesOf(config));
  const redis = await openRedis(config, log, resources);
  const jobsDatabase = await openDatabase(config, log, resources);
  const wakeUps: WakeUps = redis ?? (await listenToDatabase(jobsDatabase.url, log, resources));
  const secrets = await openSecrets(jobsDatabase.database, config.secretsKey ?? (await keptSecretsKey(config.dataDir)), log);
  return { jobsDatabase, wakeUps, ...secrets, checkWakeUps: async () => redis?.ping() };
}

/** What runs work with: their own connections, and one for their signs of life. */
interface JobsDatabase {
  database: Database;
  heartbeats: Database;
  url: string;
}

/** What both the API and the jobs work with. */
type Means = Pick<
  Services,
  'wakeUps' | 'openSource' | 'openDestination' | 'secretBox' | 'blobs' | 'packArchive' | 'describeMapping' | 'publicUrl'
>;

/** The queue and the runner that it wakes; nothing is run before `start`, for which the public URL must be known. */
async function openJobs(
  { config, jobsDatabase, log }: { config: Config; jobsDatabase: JobsDatabase; log: Logger },
  { secretBox, publicUrl, ...means }: Means,
  resources: Resources,
): Promise<{ jobs: Jobs; runner: Runner; start: () => Promise<void> }> {
  const { database, heartbeats, url } = jobsDatabase;
  const unseal = (sealed: string, projectId: string, side: string) => secretBox.open(sealed, connectionPlace(projectId, side));
  const runner = new Runner({
    ...means,
    publicFiles: publicFiles({ publicUrl, secretBox }, isPrivateHost),
    database,
    heartbeats,
    unseal,
    leaseMs: config.times.lease,
    runsAtOnce: config.runs.atOnce,
    runsPerTenant: config.runs.perTenant,
    settleMs: config.times.settle,
    requestTimeoutMs: config.times.request,
    log,
  });
  const jobs = new Jobs(url, message => log.warn({}, message));
  await jobs.open();
  resources.defer(() => jobs.stop());
  resources.defer(() => runner.stop());
  const start = async () => {
    await jobs.work(tasks(database, runner));
    runner.start();
  };
  return { jobs, runner, start };
}

const filesOf = ({ dataDir }: Pick<Config, 'dataDir'>) => join(dataDir, 'files');

/** How platforms are reached: by one HTTP client and one budget for all. */
function platformOpeners(
  config: Config,
  database: Database,
  digests: Digests,
): Pick<Means, 'openSource' | 'openDestination' | 'blobs' | 'packArchive' | 'describeMapping'> {
  const { times, allowPrivateHosts } = config;
  const blobs = tellShortages(new LocalBlobStore(filesOf(config)));
  const http = createHttp({ requestTimeoutMs: times.request, allowPrivateHosts });
  const openDownload = createDownload({ requestTimeoutMs: times.request, allowPrivateHosts });
  const budget = new Budget(new PostgresLedger(database, times.rateLimitWait), {
    digest: key => digests.of('budget', key).toString('hex'),
    longestMs: times.retryAfterLimit,
  });
  return {
    blobs,
    packArchive: zipArchive(blobs),
    describeMapping: mappingSpecification,
    openSource: ({ baseUrl, secret, options }, handlers) =>
      new InfosetSource(
        { http, openDownload, budget, baseUrl, secret, rateLimitWaitMs: times.rateLimitWait, ...handlers },
        options,
      ),
    openDestination: ({ baseUrl, secret, options }, handlers) =>
      new IntercomDestination({ http, budget, baseUrl, secret, ...handlers }, (options.region as string | undefined) ?? null),
  };
}

/** The whole server: API, live updates and jobs. */
export function startServer(config: Config, log: Logger, showKey: (key: Secret) => void): Promise<RunningServer> {
  return opened(opening => serve(config, log, showKey, opening));
}

async function serve(config: Config, log: Logger, showKey: (key: Secret) => void, opening: Resources): Promise<RunningServer> {
  await checkAddress(config);
  const { jobsDatabase, wakeUps, secretBox, digests, checkWakeUps } = await openBasis(config, log, opening);
  const apiPool = { poolSize: config.connections.api, statementTimeoutMs: config.times.statement };
  const database = await openPool(jobsDatabase.url, apiPool, log, opening);
  const tenancy = new Tenancy(database, wakeUps, digests, log, new ConnectionShares(sharesOf(config)));
  if (config.bootstrapApiKey) {
    const isGood = await tenancy.admit(config.bootstrapApiKey, 'bootstrap');
    if (!isGood) log.warn({}, 'BOOTSTRAP_API_KEY was revoked and stays so: set another one, or none');
  } else await tenancy.firstKey().then(key => key && showKey(key));
  let url = '';
  const means = { wakeUps, ...platformOpeners(config, jobsDatabase.database, digests), secretBox, publicUrl: () => url };
  const { jobs, runner, start } = await openJobs({ config, jobsDatabase, log }, means, opening);
  const services: Services = { ...means, digests, tenancy, wakeWorker: run => jobs.send('runs', run) };
  const schema = await createSchema();
  const documents = new Documents(schema, config.graphql);
  const meter = new CostMeter(schema, config.graphql);
  const apollo = createApollo(documents, meter, log);
  await apollo.start();
  opening.defer(() => apollo.stop());
  let draining = false;
  const notReadyBecause = async () => {
    if (draining) return ['The server is shutting down.'];
    return notReady({
      database,
      filesDir: filesOf(config),
      checkWakeUps,
      unwritten: runner.shortage,
    });
  };
  const routers = {
    '/graphql': graphqlRouter(apollo, documents, services, log),
    '/graphiql': graphiqlRouter(),
    '/documents': downloadsRouter(services, 'documents'),
    '/recordings': downloadsRouter(services, 'recordings'),
    '/images': downloadsRouter(services, 'images'),
  };
  const http = createServer(createApp({ routers, notReadyBecause, log }));
  // Too many open files, for one: told, and accepted again later.
  http.on('error', err => log.warn({ err }, 'a connection could not be accepted'));
  const closeSockets = serveWebSocket(http, { documents, meter, limits: config.graphql, services, log });
  const port = await listen(http, config);
  opening.defer(() => closeHttp(http));
  opening.defer(closeSockets);
  opening.defer(() => {
    draining = true;
  });
  url = config.publicUrl ?? localUrl(config, port);
  await start();
  return { url, tenancy, [Symbol.asyncDispose]: () => opening.disposeAsync() };
}

/** Looking keys up and telling readiness wait for no tenant's turn. */
const connectionsWithoutTurn = 2;

const sharesOf = ({ connections: { api, perTenant, perRequest, wait } }: Config): ShareLimits => ({
  total: Math.max(1, api - connectionsWithoutTurn),
  perTenant,
  perRequest,
  waitMs: wait,
});

const localUrl = ({ host }: Config, port: number) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Whether this process may listen where it is to, before anything is opened for it. */
async function checkAddress(config: Config): Promise<void> {
  const probe = createServer();
  await listen(probe, config);
  await new Promise(resolve => probe.close(resolve));
}

function listen(http: Server, { host, port }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (cause: NodeJS.ErrnoException) => reject(refusedAddress(cause, host, port));
    http.once('error', refuse);
    http.listen(port, host, () => {
      http.off('error', refuse);
      resolve((http.address() as { port: number }).port);
    });
  });
}

function refusedAddress(cause: NodeJS.ErrnoException, host: string, port: number): LandfallError {
  if (cause.code === 'EADDRINUSE')
    return new LandfallError('ADDRESS_IN_USE', `Choose another PORT: ${host}:${port} is taken.`, { cause });
  if (cause.code === 'EACCES')
    return new LandfallError('ADDRESS_UNUSABLE', `Choose another PORT: this user may not listen on ${port}.`, { cause });
  return new LandfallError('ADDRESS_UNUSABLE', `Choose another HOST: ${host} is no address of this machine (${cause.code}).`, {
    cause,
  });
}

/** Lets requests in flight end, for 5 seconds at most. */
async function closeHttp(http: Server): Promise<void> {
  const closed = new Promise(resolve => http.close(resolve));
  http.closeIdleConnections();
  const timer = setTimeout(() => http.closeAllConnections(), 5_000);
  await closed;
  clearTimeout(timer);
}

/** Jobs alone. */
export function startWorker(config: Config, log: Logger): Promise<AsyncDisposable> {
  return opened(async opening => {
    const { jobsDatabase, wakeUps, secretBox, digests, checkWakeUps } = await openBasis(config, log, opening);
    const publicUrl = () => config.publicUrl ?? localUrl(config, config.port);
    const means = { wakeUps, ...platformOpeners(config, jobsDatabase.database, digests), secretBox, publicUrl };
    const { start } = await openJobs({ config, jobsDatabase, log }, means, opening);
    await start();
    const answers = () => Promise.all([jobsDatabase.database.query('SELECT 1'), checkWakeUps()]);
    if (config.aliveFile) opening.defer(touchWhileAlive(config.aliveFile, answers, log));
    return opening;
  });
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

/** The server, and then a partner that uses it; tells whether what it moved is balanced. */
export function startDemo(
  config: Config,
  log: Logger,
  options: Pick<DemoOptions, 'print' | 'isTerminal' | 'data' | 'tickets'>,
): Promise<AsyncDisposable & { balanced: boolean }> {
  return opened(async opening => {
    const server = opening.use(await startServer(config, log, () => {}));
    const key = generateApiKey();
    await server.tenancy.admit(key, 'demo');
    const { balanced, close } = await runDemo({ ...options, url: server.url, apiKey: key.reveal(), exampleQuery });
    opening.defer(close);
    return { balanced, [Symbol.asyncDispose]: () => opening.disposeAsync() };
  });
}

/** @returns whether one ran */
export function stopDatabase(config: Config): Promise<boolean> {
  return stopServer(config.dataDir, { onPurpose: true });
}
