import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Log } from '../../src/domain/ports/log.js';
import { watchRetention } from '../../src/jobs/watch-retention.js';
import { createDataSource, type Database } from '../../src/store/data-source.js';
import { firstPassesOf } from '../../src/store/discovery-facts.js';
import { checkRetention } from '../../src/store/retention-issues.js';
import { type Tx, transactionFor } from '../../src/store/transaction.js';
import { freshDatabase } from '../support/database.js';
import { discovery } from '../support/discovery-facts.js';

const dayMs = 86_400_000;
const failures: unknown[] = [];
const log: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: (...what) => void failures.push(what) };
const close: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of close.reverse()) await end();
});

const organizationId = randomUUID();
let owner: Database;
let server: Database;
const transact = async <T>(each: (tx: Tx) => Promise<T>) => (await transactionFor(server, organizationId, each)).result;

beforeAll(async () => {
  const database = await freshDatabase('template_landfall', end => close.push(end));
  owner = await createDataSource(database.ownerUrl).initialize();
  close.push(() => (owner as unknown as { destroy(): Promise<void> }).destroy());
  server = await createDataSource(database.serverUrl).initialize();
  close.push(() => (server as unknown as { destroy(): Promise<void> }).destroy());
  await owner.query(`INSERT INTO landfall.organizations (id, name, kind) VALUES ($1, 'One', 'PARTNER')`, [organizationId]);
});

/** A project whose source deletes chats in so many days. */
async function projectWith(days: number, stage = 'EXTRACTION'): Promise<string> {
  const id = randomUUID();
  await owner.query(`INSERT INTO landfall.projects (id, organization_id, name, stage) VALUES ($1, $2, 'One', $3)`, [
    id,
    organizationId,
    stage,
  ]);
  await setDeadline(id, days);
  return id;
}

async function setDeadline(projectId: string, days: number): Promise<void> {
  const content = discovery({ TICKET: 10 });
  const deadline = new Date(Date.now() + days * dayMs).toISOString();
  content.retention = { ...content.retention, windowDays: 90, deadline, atRisk: 7 };
  await owner.query(
    `INSERT INTO landfall.discoveries (project_id, organization_id, content) VALUES ($1, $2, $3)
     ON CONFLICT (project_id) DO UPDATE SET content = excluded.content`,
    [projectId, organizationId, content],
  );
}

async function insertRun(
  projectId: string,
  kind: string,
  state: string,
  phases: [state: string, recordType: string | null, staged: number][],
) {
  const runId = randomUUID();
  await owner.query(
    `INSERT INTO landfall.runs (id, project_id, organization_id, kind, environment, state, started_at, finished_at)
     VALUES ($1, $2, $3, $4, CASE WHEN $4 = 'PRODUCTION' THEN 'PRODUCTION' END, $5, now() - interval '100 seconds', now())`,
    [runId, projectId, organizationId, kind, state],
  );
  for (const [position, [phase, recordType, staged]] of phases.entries())
    await owner.query(
      `INSERT INTO landfall.run_phases (run_id, organization_id, name, position, state, record_type, staged, api_calls) VALUES ($1, $2, $3, $4, $5, $6, $7, 40)`,
      [runId, organizationId, `phase ${position}`, position, phase, recordType, staged],
    );
}

const check = (projectId: string) => transact(tx => checkRetention(tx, { projectId, organizationId, runId: null }, new Date()));
const issuesOf = (projectId: string) =>
  owner.query('SELECT status, severity, message FROM landfall.issues WHERE project_id = $1', [projectId]) as Promise<
    { status: string; severity: string; message: string }[]
  >;
const eventsOf = async (projectId: string) =>
  (
    (await owner.query('SELECT type FROM landfall.project_events WHERE project_id = $1 ORDER BY seq', [projectId])) as {
      type: string;
    }[]
  ).map(({ type }) => type);

test('one issue and one event for all checks; a higher severity is a new event; an extraction resolves it', async () => {
  const projectId = await projectWith(5);
  await Promise.all([check(projectId), check(projectId), check(projectId)]);
  expect(await issuesOf(projectId)).toMatchObject([{ status: 'OPEN', severity: 'WARNING' }]);
  await owner.query(`UPDATE landfall.issues SET status = 'ACKNOWLEDGED' WHERE project_id = $1`, [projectId]);
  await setDeadline(projectId, 3);
  await check(projectId);
  expect(await issuesOf(projectId)).toMatchObject([{ status: 'ACKNOWLEDGED', message: expect.stringMatching(/in [23] days/) }]);
  expect(await eventsOf(projectId)).toEqual(['RETENTION_WARNING']);
  await setDeadline(projectId, 0);
  await check(projectId);
  expect(await issuesOf(projectId)).toMatchObject([{ status: 'OPEN', severity: 'ERROR' }]);
  // An incomplete extraction does not have all chats.
  await insertRun(projectId, 'EXTRACTION', 'INCOMPLETE', [
    ['SUCCEEDED', 'TICKET', 10],
    ['INCOMPLETE', 'MESSAGE', 3],
  ]);
  await check(projectId);
  expect(await issuesOf(projectId)).toMatchObject([{ status: 'OPEN', severity: 'ERROR' }]);
  await insertRun(projectId, 'EXTRACTION', 'SUCCEEDED', [
    ['SUCCEEDED', 'TICKET', 10],
    ['SUCCEEDED', 'MESSAGE', 80],
  ]);
  await check(projectId);
  await check(projectId);
  expect(await issuesOf(projectId)).toMatchObject([{ status: 'RESOLVED' }]);
  expect(await eventsOf(projectId)).toEqual(['RETENTION_WARNING', 'RETENTION_WARNING', 'ISSUE_UPDATED']);
});

test('the hourly check finds close deadlines, but not those of projects that were handed over', async () => {
  const [near, far, over] = [await projectWith(5), await projectWith(60), await projectWith(5, 'HYPERCARE')];
  const told: string[] = [];
  await watchRetention(server, { publish: topic => void told.push(topic) }, log);
  await watchRetention(server, { publish: topic => void told.push(topic) }, log);
  expect(failures).toEqual([]);
  expect(await issuesOf(near)).toMatchObject([{ status: 'OPEN', severity: 'WARNING' }]);
  expect(await eventsOf(near)).toEqual(['RETENTION_WARNING']);
  expect(told).toContain(near);
  expect([...(await issuesOf(far)), ...(await issuesOf(over))]).toEqual([]);
});

test('the first pass includes the attempts before it and no runs after it', async () => {
  const projectId = await projectWith(60);
  await insertRun(projectId, 'EXTRACTION', 'FAILED', [['FAILED', 'TICKET', 2]]);
  await insertRun(projectId, 'EXTRACTION', 'INCOMPLETE', [
    ['SUCCEEDED', 'TICKET', 10],
    ['SUCCEEDED', null, 500],
  ]);
  await insertRun(projectId, 'EXTRACTION', 'SUCCEEDED', [['SUCCEEDED', 'TICKET', 10]]);
  await insertRun(projectId, 'PRODUCTION', 'SUCCEEDED', [
    ['SUCCEEDED', 'CONTACT', 4],
    ['SUCCEEDED', 'AUTOMATION', 9],
  ]);
  const passes = (await transact(tx => firstPassesOf(tx, [projectId]))).get(projectId)!;
  expect(passes.EXTRACTION).toMatchObject({ apiCalls: 120, records: 10 });
  expect(Math.round(passes.EXTRACTION!.seconds)).toBe(200);
  expect(passes.PRODUCTION).toMatchObject({ apiCalls: 80, records: 4 });
});
