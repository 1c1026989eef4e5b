import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportDanglingReferences } from '../../src/pipeline/extract/dangling-references.js';
import { responseTimes } from '../../src/pipeline/report/response-times.js';
import { createDataSource } from '../../src/store/data-source.js';
import type { RunWork } from '../../src/store/run-work.js';
import { stage } from '../../src/store/staging.js';
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
