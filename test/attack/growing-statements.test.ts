import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ListedGroup } from '../../src/domain/duplicates/duplicate-group.js';
import { reportDanglingReferences } from '../../src/pipeline/extract/dangling-references.js';
import { responseTimes } from '../../src/pipeline/report/response-times.js';
import { createDataSource } from '../../src/store/data-source.js';
import { saveDuplicateGroups } from '../../src/store/duplicate-groups.js';
import { resolveEnded } from '../../src/store/ended-issues.js';
import { dropObjects } from '../../src/store/rollback-objects.js';
import { LeaseLost } from '../../src/store/run-leases.js';
import type { RunWork } from '../../src/store/run-work.js';
import { markChildrenOfGone, stage } from '../../src/store/staging.js';
import { type Tx, transactionFor } from '../../src/store/transaction.js';
import { freshDatabase } from '../support/database.js';

const tickets = 10_000;
const close: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of close.reverse()) await end();
});

let owner: DataSource;
let work: RunWork;
let stagedInMs: number;

/** A project of this size whose tables have no statistics, as right after an extraction. */
beforeAll(async () => {
  const database = await freshDatabase('template_landfall', end => close.push(end as () => Promise<unknown>));
  owner = await createDataSource(database.ownerUrl).initialize();
  close.push(() => owner.destroy());
  await owner.query('ALTER TABLE landfall.staged_records SET (autovacuum_enabled = false)');
  const [organizationId, projectId, runId] = [randomUUID(), randomUUID(), randomUUID()];
  await owner.query(`INSERT INTO landfall.organizations (id, name, kind) VALUES ($1, 'Large', 'PARTNER')`, [organizationId]);
  await owner.query(`INSERT INTO landfall.projects (id, organization_id, name) VALUES ($1, $2, 'Large')`, [
    projectId,
    organizationId,
  ]);
  await owner.query(
    `INSERT INTO landfall.runs (id, project_id, organization_id, kind, state) VALUES ($1, $2, $3, 'EXTRACTION', 'RUNNING')`,
    [runId, projectId, organizationId],
  );
  const server = await createDataSource(database.serverUrl).initialize();
  close.push(() => server.destroy());
  const transact = async <T>(each: (tx: Tx) => Promise<T>) => (await transactionFor(server, organizationId, each)).result;
  const lease = { runId, projectId, organizationId, kind: 'EXTRACTION' as const, epoch: 0 };
  work = { lease, transaction: transact, fencedTransaction: transact, checkHalt: () => {}, checkLease: () => {} };
  const record = (id: number, change: object) => ({
    id: String(id),
    parentId: null,
    raw: `{"id":${id},"isAgent":true}`,
    createdAt: new Date(1_700_000_000_000),
    updatedAt: null,
    channel: null,
    references: [] as string[],
    tags: [],
    problems: [],
    skipped: false,
    ...change,
  });
  const begun = performance.now();
  for (let from = 1; from <= tickets; from += 500) {
    const ids = Array.from({ length: 500 }, (_, n) => from + n);
    const seen = (listing: string) => ({ listing, sweep: 1 });
    await transact(async tx => {
      await stage(
        tx,
        lease,
        seen('contacts'),
        ids.map(id => record(id, {})),
      );
      // Every hundredth refers to nobody.
      await stage(
        tx,
        lease,
        seen('tickets'),
        ids.map(id => record(id, { references: [`contacts:${id % 100 === 0 ? `x${id}` : id}`] })),
      );
      const answer = { createdAt: new Date(1_700_000_600_000), references: ['users:7'] };
      await stage(
        tx,
        lease,
        seen('ticketlogs'),
        ids.map(id => record(id, { ...answer, parentId: String(id) })),
      );
    });
  }
  stagedInMs = performance.now() - begun;
});

/** Look-ups by key take less time than writing; comparing all pairs takes many times as long. */
async function expectQuick(look: () => Promise<void>): Promise<void> {
  const begun = performance.now();
  await look();
  expect(performance.now() - begun).toBeLessThan(2 * stagedInMs);
}

test('dangling references of a large project without statistics', async () => {
  const listings = ['contacts', 'tickets', 'ticketlogs'].map(name => ({ name, recordType: null }));
  await expectQuick(() => reportDanglingReferences(work, listings));
  const rows = await owner.query<{ source_id: string; about: string }[]>(
    `SELECT source_id, about FROM landfall.issues WHERE code = 'DANGLING_REFERENCE' ORDER BY source_id`,
  );
  expect(rows.length).toBe(tickets / 100);
  expect(rows).toContainEqual({ source_id: '300', about: 'contacts:x300' });
});

test('response times of a large project without statistics', async () => {
  await expectQuick(async () => {
    const { byAgent, responses } = await responseTimes(work);
    expect([...byAgent]).toEqual([['7', tickets]]);
    expect(responses).toEqual([{ month: '2023-11-01', tickets, median: 10, p90: 10 }]);
  });
});

/** Counts the transactions that lock the row of the run, and dies in the one with this number. */
function counted(dieAt = Number.POSITIVE_INFINITY) {
  const locks = { count: 0 };
  const fencedTransaction: RunWork['fencedTransaction'] = each => {
    if (++locks.count === dieAt) throw new LeaseLost(work.lease.runId);
    return work.fencedTransaction(each);
  };
  return { locks, work: { ...work, fencedTransaction } };
}

const count = async (sql: string) => (await owner.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM ${sql}`))[0]!.n;

/** A change of this many rows takes transactions of 500 rows; a worker that dies leaves the others to the next one. */
async function expectBatches(rows: number, change: (work: RunWork) => Promise<void>, left: () => Promise<number>): Promise<void> {
  expect(await left()).toBe(rows);
  const killed = counted(3);
  await expect(change(killed.work)).rejects.toThrow(LeaseLost);
  expect(await left()).toBe(rows - 1_000);
  const next = counted();
  await change(next.work);
  expect(await left()).toBe(0);
  expect(next.locks.count).toBe(Math.ceil((rows - 1_000) / 500));
}

test('records of deleted parents are marked in batches', async () => {
  await owner.query(`UPDATE landfall.staged_records SET gone_at = now() WHERE listing = 'tickets'`);
  await expectBatches(
    tickets,
    each => markChildrenOfGone(each, { parents: 'tickets', children: 'ticketlogs' }),
    () => count(`landfall.staged_records WHERE listing = 'ticketlogs' AND gone_at IS NULL`),
  );
});

test('issues that have ended are resolved in batches', async () => {
  const { projectId, organizationId, runId } = work.lease;
  await owner.query(
    `INSERT INTO landfall.issues (project_id, organization_id, run_id, code, severity, listing, source_id, about, message)
     SELECT $1, $2, $3, 'DETAIL_FAILED', 'ERROR', 'tickets', n::text, '', 'x' FROM generate_series(1, 1700) AS n`,
    [projectId, organizationId, runId],
  );
  await expectBatches(
    1_700,
    each => resolveEnded(each, ['DETAIL_FAILED'], { listings: ['tickets'] }),
    () => count(`landfall.issues WHERE code = 'DETAIL_FAILED' AND status <> 'RESOLVED'`),
  );
});

test('the objects of a plan that was not finished are deleted in batches', async () => {
  const { projectId, organizationId, runId } = work.lease;
  await owner.query(
    `INSERT INTO landfall.rollback_plans (run_id, organization_id, project_id, environment, dry_run, plan_run_id) VALUES ($1, $2, $3, 'PRODUCTION', true, $1)`,
    [runId, organizationId, projectId],
  );
  await owner.query(
    `INSERT INTO landfall.rollback_objects (run_id, destination_type, destination_id, organization_id, place, source_ids, action, reason, label, change, state)
     SELECT $1, 'TAG', n::text, $2, 1, '{}', 'KEEP', 'OUTDATED', 'x', '{}', 'PLANNED' FROM generate_series(1, 1700) AS n`,
    [runId, organizationId],
  );
  await expectBatches(1_700, dropObjects, () => count('landfall.rollback_objects'));
});

test('groups of duplicates are replaced in batches', async () => {
  const groups = (size: number, label: string) =>
    Array.from(
      { length: size },
      (_, index): ListedGroup => ({
        position: index + 1,
        recordType: 'CONTACT',
        outcome: 'LOOKS_ALIKE',
        reason: 'SAME_NAME_AND_PHONE',
        size: 2,
        sourceIds: ['1', '2'],
        labels: [label, label],
      }),
    );
  const [first, second] = [counted(), counted()];
  await saveDuplicateGroups(first.work, groups(1_700, 'old'));
  await saveDuplicateGroups(second.work, groups(600, 'new'));
  expect([first.locks.count, second.locks.count]).toEqual([4, 2 + 3]);
  expect(await count(`landfall.duplicate_groups WHERE labels[1] = 'new'`)).toBe(600);
  expect(await count('landfall.duplicate_groups')).toBe(600);
});
