import pg from 'pg';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { LocalWakeUps } from '../../src/events/wake-ups.js';
import { WakeUpListener } from '../../src/store/wake-up-listener.js';
import { freshDatabase } from '../support/database.js';
import { connectedProject, ended, simulator, smallAccount, startRun } from '../support/extraction.js';
import { until } from '../support/processes.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

test('twenty subscribers of one run print no warning, and all see its end', async () => {
  const warnings: string[] = [];
  const warn = ({ name, message }: Error) => warnings.push(`${name}: ${message}`);
  process.on('warning', warn);
  onTestFinished(() => void process.off('warning', warn));
  const projectId = await connectedProject(root, await simulator(smallAccount(5), { latencyMs: 20 }));
  const { run } = await startRun(root, { projectId, kind: 'EXTRACTION' });
  const client = root.webSocket();
  const states = await Promise.all(
    Array.from({ length: 20 }, async () => {
      let last: unknown;
      const query = `subscription { runProgress(runId: "${run.id}") { state } }`;
      for await (const { data } of client.iterate<{ runProgress: { state: string } }>({ query })) last = data?.runProgress.state;
      return last;
    }),
  );
  expect(states).toEqual(Array(20).fill('SUCCEEDED'));
  expect((await ended(root, run.id)).state).toBe('SUCCEEDED');
  await client.dispose();
  expect(warnings).toEqual([]);
});

test('a listener that throws is reported, and the others still get the wake-up', () => {
  const reported: string[] = [];
  const heard: number[] = [];
  const wakeUps = new LocalWakeUps(message => reported.push(message));
  const stop = wakeUps.listen('run', () => {
    stop();
    throw new Error('made for a test');
  });
  for (const n of [1, 2, 3]) wakeUps.listen('run', () => heard.push(n));
  wakeUps.publish('run');
  wakeUps.publishAll();
  expect(heard).toEqual([1, 2, 3, 1, 2, 3]);
  expect(reported).toEqual(['A listener failed: made for a test']);
});

test('a notification by LISTEN ends no process, and the next one arrives after its connection broke', async () => {
  const { serverUrl, ownerUrl } = await freshDatabase();
  const heard: string[] = [];
  const reported: string[] = [];
  let gaps = 0;
  const listener = new WakeUpListener(
    serverUrl,
    topic => {
      heard.push(topic);
      throw new Error('made for a test');
    },
    () => {
      gaps++;
      throw new Error('made for a test');
    },
    message => reported.push(message),
  );
  await listener.start();
  onTestFinished(() => listener.close());
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  onTestFinished(() => owner.end());
  const tell = (topic: string) => owner.query('SELECT pg_notify($1, $2)', ['landfall_wake', topic]);
  await tell('one');
  await until('the first', () => heard.includes('one'));
  await owner.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'landfall listen' AND datname = current_database()`,
  );
  await until('the connection to come back', () => gaps === 1);
  await tell('two');
  await until('the second', () => heard.includes('two'));
  expect(reported.length).toBeGreaterThanOrEqual(3);
});

test('thirty subscribers of one run, on one socket and on several, print no warning', async () => {
  const warnings: string[] = [];
  const note = (warning: Error) => warnings.push(`${warning.name} ${warning.message}`);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  const { project } = await root.createProject({ name: 'Watched' });
  const query = `subscription { projectEvents(projectId: "${project.id}", afterSeq: 0) { seq } }`;
  const seen = new Set<number>();
  const clients = Array.from({ length: 3 }, () => root.webSocket());
  for (let each = 0; each < 30; each++) {
    clients[each % 3]!.subscribe({ query }, { next: () => seen.add(each), error: () => {}, complete: () => {} });
  }
  await until('all to hear the first event', () => seen.size === 30);
  for (const client of clients) await client.dispose();
  // Warnings are reported in a later tick.
  await new Promise(resolve => setImmediate(resolve));
  expect(warnings.filter(warning => !warning.includes('DEP'))).toEqual([]);
});
