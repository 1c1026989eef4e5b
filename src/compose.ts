import type { Logger } from 'pino';
import { openBasis } from './compose/basis.js';
import { openPool } from './compose/database.js';
import { openJobs } from './compose/jobs.js';
import { platformOpeners, portalTokensOf, suggestionsOf } from './compose/platforms.js';
import { openAll, type Resources } from './compose/resources.js';
import { serveMetrics, traced } from './compose/telemetry.js';
import type { Config } from './config.js';
import { type DemoOptions, runDemo } from './demo/demo.js';
import type { Secret } from './domain/model/secret.js';
import { createApollo } from './graphql/apollo.js';
import { exampleQuery } from './graphql/graphiql/examples.js';
import { graphiqlRouter } from './graphql/graphiql/router.js';
import { graphqlRouter } from './graphql/http.js';
import { CostMeter } from './graphql/limits/cost-meter.js';
import { Documents } from './graphql/limits/documents.js';
import { createSchema } from './graphql/schema.js';
import { serveWebSocket } from './graphql/websocket.js';
import type { Services } from './operations/context.js';
import { notReady } from './operations/readiness.js';
import { generateApiKey } from './tenancy/api-key.js';
import { ConnectionShares, type ShareLimits } from './tenancy/connection-shares.js';
import { Tenancy } from './tenancy/tenancy.js';
import { createApp } from './web/app.js';
import { mayOpenSocket } from './web/browser-access.js';
import { downloadsRouter } from './web/downloads.js';
import { checkAddress, closeHttpServer, createHttpServer, listen, localUrl } from './web/http-server.js';

export { runMigrations, stopDatabase } from './compose/database.js';

export interface RunningServer extends AsyncDisposable {
  url: string;
  tenancy: Tenancy;
}

/** Starts the server: API, live updates and jobs. */
export function startServer(config: Config, log: Logger, showKey: (key: Secret) => void): Promise<RunningServer> {
  return openAll(resources => serve(config, log, showKey, resources));
}

async function serve(config: Config, log: Logger, showKey: (key: Secret) => void, resources: Resources): Promise<RunningServer> {
  await checkAddress(config);
  const basis = await openBasis(config, log, resources);
  const { jobsDatabase, telemetry, wakeUps, blobs, digests, checkWakeUps } = basis;
  const apiPool = { poolSize: config.connections.api, statementTimeoutMs: config.times.statement };
  const database = await openPool(jobsDatabase.url, apiPool, log, resources);
  const tenancy = new Tenancy(database, wakeUps, digests, log, new ConnectionShares(sharesOf(config)), portalTokensOf(config));
  if (config.bootstrapApiKey) {
    const isValid = await tenancy.admitKey(config.bootstrapApiKey, 'bootstrap');
    if (!isValid) log.warn({}, 'BOOTSTRAP_API_KEY was revoked and stays invalid: set another key or none');
  } else await tenancy.createFirstKey().then(key => key && showKey(key));
  let url = '';
  const dependencies = { ...platformOpeners(config, basis, log), publicUrl: () => url };
  const { jobs, runner, start } = await openJobs({ config, jobsDatabase, telemetry, log }, dependencies, resources);
  const suggestTargets = suggestionsOf(config, telemetry, log);
  const services: Services = {
    ...dependencies,
    suggestTargets,
    digests,
    tenancy,
    priceTable: config.priceTable,
    attachLeaseMs: Math.min(longestAttachLeaseMs, config.times.lease),
    wakeWorker: run => jobs.send('runs', run),
    wakePurge: purge => jobs.send('purges', purge),
  };
  const schema = await createSchema();
  const documents = new Documents(schema, config.graphql, config.introspection);
  const meter = new CostMeter(schema, config.graphql);
  const apollo = createApollo(documents, meter, log, telemetry?.operation);
  await apollo.start();
  resources.defer(() => apollo.stop());
  let draining = false;
  const notReadyBecause = async () => {
    if (draining) return ['The server is shutting down.'];
    return notReady({
      database,
      blobs,
      checkWakeUps,
      unwritten: runner.shortage,
    });
  };
  const routers = {
    '/graphql': traced(graphqlRouter(apollo, { documents, meter, services, log }), telemetry),
    ...(config.graphiql ? { '/graphiql': graphiqlRouter() } : {}),
    '/documents': downloadsRouter(services, 'documents'),
    '/recordings': downloadsRouter(services, 'recordings'),
    '/images': downloadsRouter(services, 'images'),
  };
  const { allowedOrigins, publicUrl } = config;
  const http = createHttpServer(createApp({ routers, allowedOrigins, publicUrl, notReadyBecause, log }), log);
  telemetry?.watch(http);
  await serveMetrics(config, telemetry, { api: database, jobs: jobsDatabase.database }, log, resources);
  const closeSockets = serveWebSocket(http, {
    documents,
    meter,
    limits: config.graphql,
    services,
    mayOpenSocket: mayOpenSocket(allowedOrigins, () => url),
    ...(telemetry ? { observe: telemetry.socketOperation } : {}),
    log,
  });
  const port = await listen(http, config);
  resources.defer(() => closeHttpServer(http));
  resources.defer(closeSockets);
  resources.defer(() => {
    draining = true;
  });
  url = config.publicUrl ?? localUrl({ ...config, port });
  await start();
  return { url, tenancy, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

/** Short, so that another call can soon continue an upload after a crash. */
const longestAttachLeaseMs = 20_000;

/** Connections for authentication and readiness. They are not shared by tenants. */
const reservedConnections = 2;

const sharesOf = ({ connections: { api, perTenant, perRequest, wait } }: Config): ShareLimits => ({
  total: Math.max(1, api - reservedConnections),
  perTenant,
  perRequest,
  waitMs: wait,
});

/** Starts the server and a demo client. `balanced` is the result of the migration. */
export function startDemo(
  config: Config,
  log: Logger,
  options: Pick<DemoOptions, 'print' | 'isTerminal' | 'data' | 'tickets'>,
): Promise<AsyncDisposable & { balanced: boolean }> {
  return openAll(async resources => {
    const server = resources.use(await startServer(config, log, () => {}));
    const key = generateApiKey();
    await server.tenancy.admitKey(key, 'demo');
    const { balanced, close } = await runDemo({ ...options, url: server.url, apiKey: key.reveal(), exampleQuery });
    resources.defer(close);
    return { balanced, [Symbol.asyncDispose]: () => resources.disposeAsync() };
  });
}
