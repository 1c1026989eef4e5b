import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../src/compose.js';
import { loadConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { chatEndpointOfTest, completion } from '../support/chat-endpoint.js';
import { freshDatabase } from '../support/database.js';
import { answerAgents, confirmProposal, connectDestination, placeholder, provision, workspace } from '../support/destination.js';
import { documents } from '../support/documents.js';
import { collector, Emitted, Watched } from '../support/emitted.js';
import { connectedProject, ended, extract, setConnection, simulator, smallAccount, startRun } from '../support/extraction.js';
import { startPortal } from '../support/portal.js';
import { until } from '../support/processes.js';
import { hasRedis, startRedis } from '../support/redis.js';
import { startS3Server } from '../support/s3-server.js';
import { quickTimes } from '../support/server.js';
import { webhookReceiver } from '../support/webhook-receiver.js';

const random = () => randomBytes(9).toString('hex');

/** The environment of a server with every kind of secret, the secrets by name, and what ends early. */
async function everything(emitted: Emitted) {
  const database = await freshDatabase();
  const storage = await startS3Server();
  onTestFinished(() => storage.close());
  const model = await chatEndpointOfTest((_, response) => void response.end(completion({ suggestions: [] })));
  const portal = await startPortal();
  const password = `planted-redis-${random()}`;
  const redis = hasRedis ? await startRedis(password) : null;
  const { bucket, endpoint, region, keys } = storage.options;
  const secrets = {
    bootstrapKey: `planted-key-${random()}`,
    secretsKey: randomBytes(32).toString('base64'),
    databasePassword: new URL(database.serverUrl).password,
    ownerPassword: new URL(database.ownerUrl).password,
    redisPassword: redis ? password : '',
    modelKey: `planted-model-${random()}`,
    collectorToken: `planted-collector-${random()}`,
    storageKey: keys!.secret.reveal(),
    portalToken: await portal.token({ landfall_role: 'VIEWER' }),
  };
  const environment = {
    ...quickTimes,
    ...portal.environment,
    PORT: '0',
    DATABASE_URL: database.serverUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    SECRETS_KEY: secrets.secretsKey,
    BOOTSTRAP_API_KEY: secrets.bootstrapKey,
    LOG_LEVEL: 'trace',
    METRICS_PORT: '0',
    WEBHOOK_RETRY_MS: '20',
    MAPPING_LLM_URL: model.url,
    MAPPING_LLM_MODEL: 'tiny',
    MAPPING_LLM_KEY: secrets.modelKey,
    OTEL_EXPORTER_OTLP_ENDPOINT: await collector(emitted),
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=${secrets.collectorToken}`,
    S3_BUCKET: bucket,
    S3_ENDPOINT: endpoint!,
    S3_REGION: region,
    S3_PATH_STYLE: '1',
    S3_ACCESS_KEY_ID: keys!.id.reveal(),
    S3_SECRET_ACCESS_KEY: secrets.storageKey,
    ...(redis ? { REDIS_URL: redis.url } : {}),
  };
  return { environment, secrets, database, portal, redis };
}

const open = (environment: Record<string, string>, emitted: Emitted) => {
  const config = loadConfig({ allowPrivateHosts: true }, environment);
  const log = createLog(config, { write: line => void emitted.take('log', line) });
  return { log, server: startServer(config, log, () => {}) };
};

/** Starts that are refused, each for a secret that is wrong. */
async function refusedStarts(environment: Record<string, string>, emitted: Emitted): Promise<string> {
  const wrong = `planted-wrong-${random()}`;
  const changed = (name: string, url: string) => ({ [name]: url });
  const faults = [
    changed('DATABASE_URL', `postgres://landfall:${wrong}@127.0.0.1:1/landfall`),
    changed('DATABASE_OWNER_URL', `postgres://owner:${wrong}@127.0.0.1:1/landfall`),
    changed('REDIS_URL', `redis://:${wrong}@127.0.0.1:1`),
    changed('S3_SECRET_ACCESS_KEY', wrong),
    changed('REDIS_URL', `http://:${wrong}@127.0.0.1:1`),
  ];
  for (const fault of faults) {
    try {
      await open({ ...environment, ...fault }, emitted).server;
      expect.fail(`A start with another ${Object.keys(fault)} was not refused.`);
    } catch (error) {
      for (let each = error as Error | undefined; each; each = each.cause as Error | undefined)
        emitted.take('refused starts', `${each.name} ${each.message} ${each.stack} ${JSON.stringify(each)}`);
    }
  }
  return wrong;
}

test('metrics and traces tell what happened, and nothing that the server emits or stores holds a planted secret', async () => {
  const emitted = new Emitted();
  const { environment, secrets, database, portal, redis } = await everything(emitted);
  const planted: Record<string, string> = { ...secrets, wrongStart: await refusedStarts(environment, emitted) };
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const { log, server: starting } = open(environment, emitted);
  const server = await starting;
  const partner = (key: string) => new Watched(server.url, key, emitted);
  const traceparents = new Set<unknown>();
  try {
    await owner.query(portal.organizationSql);
    const root = partner(secrets.bootstrapKey);
    const infoset = await simulator(smallAccount(15), {
      credentials: {
        apiKey: `planted-source-${random()}`,
        email: 'a@ege.example',
        password: `planted-password-${random()}`,
        tokenSeconds: 3600,
      },
    });
    const intercom = await workspace({ token: `planted-destination-${random()}` });
    infoset.server.onCall = ({ headers }) => traceparents.add(headers.traceparent);
    planted.source = infoset.settings.credentials.apiKey;
    planted.password = infoset.settings.credentials.password;
    planted.destination = intercom.settings.token;
    planted.wrong = `planted-wrong-secret-${random()}`;

    // A migration up to its mapping, with failures.
    const projectId = await connectedProject(root, infoset);
    infoset.server.faults.add({ kind: 'SERVER_ERROR', times: 2 });
    infoset.server.faults.add({ kind: 'RATE_LIMITED', times: 1 });
    await extract(root, projectId);
    await connectDestination(root, projectId, intercom);
    await confirmProposal(root, projectId);
    await answerAgents(root, projectId);
    intercom.settings.token = 'another';
    expect((await provision(root, projectId)).state).toBe('BLOCKED');
    infoset.settings.credentials.apiKey = 'another';
    const { run } = await startRun(root, { projectId, kind: 'DISCOVERY' });
    expect((await ended(root, run.id)).state).toBe('BLOCKED');

    // Secrets that are refused, or stand where they do not belong.
    const { wrong, password } = planted;
    const source = { baseUrl: infoset.url, secret: wrong };
    for (const input of [
      source,
      { ...source, options: { email: 'a@ege.example' } },
      { ...source, secret: password, options: { email: 'nobody@ege.example' } },
      { ...source, baseUrl: `no address ${wrong}` },
      {
        ...source,
        side: 'DESTINATION' as const,
        baseUrl: 'http://127.0.0.1:1',
        options: { placeholderTeammateEmail: placeholder },
      },
      { ...source, side: 'DESTINATION' as const, baseUrl: intercom.url, options: { placeholderTeammateEmail: placeholder } },
    ])
      await setConnection(root, projectId, input);
    await partner(`${wrong}-as-a-key`).ask('{ viewer { name } }');

    // Credentials of a portal, and a webhook whose first calls fail.
    const agency = await root.below('AGENCY');
    planted.portalKey = agency.key;
    const { token } = await root.mutate('createShareToken', 'CreateShareTokenInput', { projectId, name: 'guest' }, 'token');
    planted.shareToken = token;
    const receiver = await webhookReceiver((_, times) => (times < 2 ? 500 : 204));
    const hook = await root.mutate(
      'createWebhook',
      'CreateWebhookInput',
      { url: `${receiver.url}/hook` },
      'secret webhook { id }',
    );
    planted.webhook = hook.secret;
    const rotated = await root.mutate(
      'rotateWebhookSecret',
      'RotateWebhookSecretInput',
      { webhookId: hook.webhook.id },
      'secret',
    );
    planted.nextWebhook = rotated.secret;
    await root.mutate('updateProject', 'UpdateProjectInput', { projectId, name: 'Planted' }, 'project { id }');
    await until('the webhook to arrive', () => receiver.received.length >= 2, 60_000);
    for (const each of receiver.received) emitted.take('webhooks', JSON.stringify([each.body, each.headers]));
    for (const key of [secrets.bootstrapKey, secrets.portalToken, agency.key, token]) {
      const reader = partner(key);
      await reader.ask(everythingShown(projectId));
      await reader.follow(`subscription { projectEvents(projectId: "${projectId}", afterSeq: 0) { seq type message data } }`);
    }
    const addresses = `{ project(id: "${projectId}") { teammates { edges { node { email } } } agents { edges { node { email teammateEmail } } } } }`;
    const [seen, seenByGuest] = [await root.ask(addresses), await partner(token).ask(addresses)].map(({ data }) =>
      JSON.stringify(data),
    );
    expect(seen).toContain('@ege.example');
    expect(seenByGuest).toContain('teammateEmail');
    expect(seenByGuest).not.toContain('@');
    await root.ask(
      `{ auditEntries(first: 100) { edges { node { operation before after actorName } } } webhooks { edges { node { url status lastError } } }
         apiKeys(first: 100) { edges { node { name prefix } } } project(id: "${projectId}") { shareTokens { edges { node { name prefix } } } } }`,
    );
    for (const { downloadUrl } of await documents(root, projectId)) {
      const answer = await fetch(downloadUrl);
      emitted.take('documents', `${JSON.stringify([...answer.headers])} ${await answer.text()}`);
    }
    if (redis) {
      redis.process.child.kill('SIGKILL');
      await until('the log to say that Redis is away', () => /redis/i.test(emitted.of('log')), 60_000);
    }
    const ready = await fetch(`${server.url}/readyz`);
    emitted.take('readiness', await ready.text());
    const port = /"port":(\d+),"msg":"metrics ready"/.exec(emitted.of('log'))?.[1];
    emitted.take('metrics', await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
    log.warn({ err: new Error('the log is written') }, 'end of the test');
    await storedTexts(owner, emitted);
  } finally {
    await server[Symbol.asyncDispose]();
    await owner.end();
  }
  for (const expected of expectedMetrics) expect(emitted.of('metrics')).toMatch(expected);
  for (const expected of [
    'graphql mutation setConnection',
    'graphql subscription projectEvents',
    'run EXTRACTION',
    'GET infoset',
  ])
    expect(emitted.of('traces')).toContain(expected);
  // Nothing of the account is in metrics and traces, and platforms get no trace context.
  expect(emitted.of('traces') + emitted.of('metrics')).not.toMatch(/ege\.example|prj_/);
  expect([...traceparents]).toEqual([undefined]);
  expect(emitted.ways).toEqual(
    ['GraphQL', 'WebSocket', 'documents', 'log', 'metrics', 'readiness', 'refused starts', 'rows', 'traces', 'webhooks'].sort(),
  );
  expect(emitted.of('log')).toContain('a run is blocked');
  expect(emitted.placesOf('end of the test')).toHaveLength(1);
  for (const [name, secret] of Object.entries(planted)) if (secret) expect(emitted.placesOf(secret), name).toEqual([]);
});

const everythingShown = (projectId: string) => `{
  viewer { name kind role } organizations { edges { node { name } } }
  project(id: "${projectId}") {
    id name blockedBy { code message details { __typename } } connections { side baseUrl status detail options }
    issues(first: 50) { edges { node { code message hint } } } documents { name downloadUrl }
    events(first: 100) { edges { node { type message data } } } runs(first: 10) { edges { node { blockedBy { code message } } } } } }`;

/** All rows, as text. What is sealed or hashed is not readable there either. */
async function storedTexts(owner: pg.Client, emitted: Emitted): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('landfall', 'pgboss')`,
  );
  for (const { name } of rows) {
    const { rows: found } = await owner.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    if (found.length > 0) emitted.take('rows', found.map(({ row }) => `${name} ${row}`).join('\n'));
  }
}

const expectedMetrics = [
  /landfall_graphql_operation_seconds_count\{operation="mutation setConnection",result="ok"\} [1-9]/,
  /landfall_graphql_operation_seconds_count\{operation="subscription projectEvents",result="ok"\} [1-9]/,
  /landfall_outgoing_call_seconds_count\{vendor="infoset",status="2xx"\} [1-9]/,
  /landfall_outgoing_call_seconds_count\{vendor="infoset",status="429"\} 1/,
  /landfall_outgoing_call_seconds_count\{vendor="infoset",status="5xx"\} 2/,
  /landfall_outgoing_call_seconds_count\{vendor="intercom",status="4xx"\} [1-9]/,
  /landfall_outgoing_call_seconds_count\{vendor="model",status="2xx"\} [1-9]/,
  /landfall_outgoing_call_seconds_count\{vendor="webhook",status="[A-Z0-9x]+"\} [1-9]/i,
  /landfall_outgoing_retries_total\{failure="SERVER_ERROR"\} 2/,
  /landfall_rate_limit_wait_seconds_count\{vendor="infoset"\} [1-9]/,
  /landfall_runs_ended_total\{kind="EXTRACTION",state="SUCCEEDED"\} 1/,
  /landfall_runs_ended_total\{kind="DISCOVERY",state="BLOCKED"\} 1/,
  /landfall_run_queue_wait_seconds_count\{kind="EXTRACTION"\} 1/,
  /landfall_http_request_seconds_count\{route="graphql",status="2xx"\} [1-9]/,
  /landfall_database_connections\{pool="jobs"\} [1-9]/,
  /landfall_websocket_connections \d/,
  /landfall_runs_waiting\{state="QUEUED"\} 0/,
  /nodejs_eventloop_lag_seconds/,
  /nodejs_heap_size_used_bytes/,
];
