import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { BlobStore } from '../../src/domain/ports/blob-store.js';
import { type Purging, purgeProject } from '../../src/pipeline/purge-project.js';
import { createDataSource } from '../../src/store/data-source.js';
import { transactionFor } from '../../src/store/transaction.js';
import { freshDatabase } from '../support/database.js';

async function connect(url: string) {
  const source = await createDataSource(url).initialize();
  onTestFinished(() => (source as unknown as { destroy(): Promise<void> }).destroy());
  return source;
}

/** Takes the certificate and nothing else. */
const blobs = {
  put: async () => ({ sha256: 'a'.repeat(64), byteSize: 1 }),
  remove: async () => false,
} as unknown as BlobStore;

/** A closed project with staged records and a purge that was requested. */
async function projectToPurge(rows: number) {
  const { ownerUrl, serverUrl } = await freshDatabase();
  const [owner, server] = [await connect(ownerUrl), await connect(serverUrl)];
  const [organizationId, projectId] = [randomUUID(), randomUUID()];
  await owner.query(`INSERT INTO landfall.organizations (id, name, kind) VALUES ($1, 'One', 'PARTNER')`, [organizationId]);
  await owner.query(`INSERT INTO landfall.projects (id, organization_id, name, stage) VALUES ($1, $2, 'One', 'CLOSED')`, [
    projectId,
    organizationId,
  ]);
  await owner.query(
    `INSERT INTO landfall.staged_records (project_id, listing, source_id, organization_id, raw, hash, seen_run, seen_sweep)
     SELECT $1, 'tickets', n::text, $2, '{}', '\\x00', $1, 1 FROM generate_series(1, $3) n`,
    [projectId, organizationId, rows],
  );
  await owner.query(
    `INSERT INTO landfall.purges (project_id, organization_id, requested_by, reconciliations) VALUES ($1, $2, 'test', '{}')`,
    [projectId, organizationId],
  );
  const purging: Purging = {
    projectId,
    organizationId,
    blobs,
    transaction: async work => (await transactionFor(server, organizationId, work)).result,
  };
  const expectPurged = async () => {
    const [{ left }] = await owner.query(`SELECT count(*)::int AS left FROM landfall.staged_records WHERE project_id = $1`, [
      projectId,
    ]);
    const [{ counts, isFinished }] = await owner.query(
      `SELECT counts, finished_at IS NOT NULL AS "isFinished" FROM landfall.purges WHERE project_id = $1`,
      [projectId],
    );
    expect(left).toBe(0);
    expect([counts.staged_records, isFinished]).toEqual([rows, true]);
    const events = await owner.query(`SELECT type FROM landfall.project_events WHERE project_id = $1`, [projectId]);
    expect(events).toEqual([{ type: 'PURGE_FINISHED' }]);
  };
  return { purging, expectPurged };
}

test('three processes that purge a project at once delete all of it, and the certificate counts each row once', async () => {
  const { purging, expectPurged } = await projectToPurge(9_000);
  await Promise.all([purgeProject(purging), purgeProject(purging), purgeProject(purging)]);
  await expectPurged();
});

test('a purge that stops after or in any of its transactions continues, and counts each row once', async () => {
  const { purging, expectPurged } = await projectToPurge(5_000);
  const stopped = new Error('The process was killed.');
  let stops = 0;
  for (let calls = 1; ; calls++) {
    let left = calls;
    const transaction: Purging['transaction'] = async work => {
      // Odd: in the transaction, before its commit. Even: after it.
      const isLast = --left === 0;
      const result = await purging.transaction(async tx => {
        const done = await work(tx);
        if (isLast && calls % 2 === 1) throw stopped;
        return done;
      });
      if (isLast) throw stopped;
      return result;
    };
    try {
      await purgeProject({ ...purging, transaction });
      break;
    } catch (error) {
      if (error !== stopped) throw error;
      stops++;
    }
  }
  expect(stops).toBeGreaterThan(10);
  await purgeProject(purging);
  await expectPurged();
});
