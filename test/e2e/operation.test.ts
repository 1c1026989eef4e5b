import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { Writable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../src/compose.js';
import { loadConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import type { InfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import { freshDatabase } from '../support/database.js';
import {
  connectedProject,
  ended,
  extract,
  runView,
  setConnection,
  simulator,
  smallAccount,
  startRun,
} from '../support/extraction.js';
import { until } from '../support/processes.js';
import { firstOf, Partner, quickTimes, serverOfThisFile } from '../support/server.js';

const running = serverOfThisFile(quickTimes);
/** Simulators share their defaults. */
const ownCredentials = () => ({
  credentials: { apiKey: 'the first key of this account', email: 'admin@ege.example', password: 'parola-1', tokenSeconds: 3600 },
});
const fewCalls = { calls: 5, windowMs: 300 };

/** An extraction that is in the middle of its work, because the source allows only few calls. */
async function extracting(root: Partner, infoset: InfosetSimulator): Promise<{ projectId: string; runId: string }> {
  const projectId = await connectedProject(root, infoset);
  infoset.settings.limit = fewCalls;
  const before = callsOf(infoset);
  const { run } = await startRun(root, { projectId, kind: 'EXTRACTION' });
  await until('some calls', async () => callsOf(infoset) > before + 8);
  return { projectId, runId: run.id };
}

const callsOf = ({ server }: InfosetSimulator) => Object.values(server.calls).reduce((sum, count) => sum + count, 0);

test('a secret that is replaced in the middle of a run: the run continues with the new one when the old one is refused', async () => {
  const { root } = await running;
  const infoset = await simulator(smallAccount(20), ownCredentials());
  const { credentials } = infoset.settings;
  const [former, next] = [credentials.apiKey, 'the next key of this account'];
  const { projectId, runId } = await extracting(root, infoset);
  // For a while both are valid.
  infoset.server.onCall = ({ headers }) => {
    const given = headers['x-api-key'];
    if (given === former || given === next) credentials.apiKey = given;
  };
  const { connection } = await setConnection(root, projectId, { baseUrl: infoset.url, secret: next });
  expect(connection).toMatchObject({ status: 'OK' });
  expect((await runView(root, runId)).state).toBe('RUNNING');
  const used = new Set<unknown>();
  infoset.server.onCall = ({ headers }) => used.add(headers['x-api-key']);
  infoset.settings.limit = null;
  credentials.apiKey = next;
  expect(await ended(root, runId)).toMatchObject({ state: 'SUCCEEDED', blockedBy: [] });
  expect([...used].at(-1)).toBe(next);
});

test('a secret that is revoked in the middle of a run blocks it, and the run goes on with another one', async () => {
  const { root } = await running;
  const infoset = await simulator(smallAccount(20), ownCredentials());
  const { projectId, runId } = await extracting(root, infoset);
  infoset.settings.credentials.apiKey = 'the next key of this account';
  infoset.settings.limit = null;
  expect(await ended(root, runId)).toMatchObject({ state: 'BLOCKED', blockedBy: [{ code: 'SOURCE_UNAUTHORIZED' }] });
  const { connection } = await setConnection(root, projectId, { baseUrl: infoset.url, secret: 'the next key of this account' });
  expect(connection).toMatchObject({ status: 'OK' });
  await root.mutate('resumeRun', 'RunActionInput', { runId }, 'run { state }');
  expect(await ended(root, runId)).toMatchObject({ state: 'SUCCEEDED', blockedBy: [] });
});

/** A collector of traces: the texts that it received. */
async function collector(): Promise<{ port: number; received: string[] }> {
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push(Buffer.concat(chunks).toString('utf8'));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as { port: number }).port, received };
}

test('metrics and traces tell what happened, and nothing that the server emits holds a secret', async () => {
  const emitted: string[] = [];
  const take = (text: string) => {
    emitted.push(text);
    return text;
  };
  const database = await freshDatabase();
  const traces = await collector();
  const planted = {
    apiKey: `planted-api-key-${randomBytes(9).toString('hex')}`,
    source: 'planted source secret',
    wrong: 'planted wrong secret',
    collector: 'planted-collector-token',
    secretsKey: randomBytes(32).toString('base64'),
    password: new URL(database.serverUrl).password,
  };
  const config = loadConfig(
    { allowPrivateHosts: true },
    {
      ...quickTimes,
      PORT: '0',
      DATABASE_URL: database.serverUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      SECRETS_KEY: planted.secretsKey,
      BOOTSTRAP_API_KEY: planted.apiKey,
      LOG_LEVEL: 'trace',
      METRICS_PORT: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${traces.port}`,
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=${planted.collector}`,
    },
  );
  const sink = new Writable({
    write(chunk, _, done) {
      take(String(chunk));
      done();
    },
  });
  const server = await startServer(config, createLog(config, sink as never), () => {});
  const root = new Partner(server.url, planted.apiKey);
  const ask = async (query: string, variables = {}) => {
    const answer = await root.ask(query, variables);
    take(JSON.stringify({ ...answer, headers: [...answer.headers] }));
    return answer;
  };
  try {
    const infoset = await simulator(smallAccount(15), ownCredentials());
    const traceparents = new Set<unknown>();
    infoset.server.onCall = ({ headers }) => traceparents.add(headers.traceparent);
    infoset.settings.credentials.apiKey = planted.source;
    const projectId = await connectedProject(root, infoset);
    infoset.server.faults.add({ kind: 'SERVER_ERROR', times: 2 });
    infoset.server.faults.add({ kind: 'RATE_LIMITED', times: 1 });
    await extract(root, projectId);
    infoset.settings.credentials.apiKey = 'another key';
    const { run } = await startRun(root, { projectId, kind: 'DISCOVERY' });
    expect((await ended(root, run.id)).state).toBe('BLOCKED');
    take(JSON.stringify(await setConnection(root, projectId, { baseUrl: infoset.url, secret: planted.wrong })));
    // Requests that are refused, with secrets in them.
    await ask('{ project(id: "prj_1") { id } }');
    await ask(
      'mutation ($input: SetConnectionInput!) { setConnection(input: $input) { connection { id } userErrors { message path } } }',
      {
        input: { projectId, side: 'SOURCE', baseUrl: 'no address', secret: planted.wrong },
      },
    );
    await ask(
      'mutation ($input: SetConnectionInput!) { setConnection(input: $input) { connection { status detail } userErrors { message } } }',
      {
        input: { projectId, side: 'DESTINATION', baseUrl: 'http://127.0.0.1:1', secret: planted.wrong },
      },
    );
    await ask(`{ project(id: "${projectId}") { id name blockedBy { code message } connections { side baseUrl status detail }
      issues(first: 50) { edges { node { code message hint } } } documents { name downloadUrl } } }`);
    const client = root.webSocket();
    take(
      JSON.stringify(
        await firstOf(client, {
          query: `subscription { projectEvents(projectId: "${projectId}", afterSeq: 0) { seq type message } }`,
        }),
      ),
    );
    await client.dispose();
    const port = emitted.map(line => /"port":(\d+),"msg":"metrics ready"/.exec(line)?.[1]).find(Boolean);
    const metrics = take(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
    for (const expected of [
      /landfall_graphql_operation_seconds_count\{operation="mutation setConnection",result="ok"\} [1-9]/,
      /landfall_outgoing_call_seconds_count\{vendor="infoset",status="2xx"\} [1-9]/,
      /landfall_outgoing_call_seconds_count\{vendor="infoset",status="429"\} 1/,
      /landfall_outgoing_call_seconds_count\{vendor="infoset",status="5xx"\} 2/,
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
    ])
      expect(metrics).toMatch(expected);
    expect((await fetch(`${root.url}/metrics`)).status).toBe(404);
    expect([...traceparents]).toEqual([undefined]);
  } finally {
    await server[Symbol.asyncDispose]();
  }
  const spans = traces.received.join();
  take(spans);
  for (const expected of ['graphql mutation setConnection', 'run EXTRACTION', 'GET infoset']) expect(spans).toContain(expected);
  expect(emitted.join()).toContain('a run is blocked');
  for (const [name, secret] of Object.entries(planted)) {
    if (secret !== '')
      expect(
        emitted.filter(text => text.includes(secret)).map(text => text.slice(0, 300)),
        name,
      ).toEqual([]);
  }
  // Nothing of the account is in metrics and traces.
  expect(spans).not.toMatch(/ege\.example|prj_/);
});
