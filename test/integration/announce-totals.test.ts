import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect, test } from 'vitest';
import { announceTotals } from '../../src/pipeline/announce-totals.js';
import { createDataSource } from '../../src/store/data-source.js';
import { phasesOf } from '../../src/store/run-phases.js';
import type { RunWork } from '../../src/store/run-work.js';
import { type Tx, transactionFor } from '../../src/store/transaction.js';
import { freshDatabase } from '../support/database.js';

test('a load knows from its start how many records the source has, as the newest extraction has counted them', async () => {
  const { ownerUrl, serverUrl } = await freshDatabase();
  const [organizationId, projectId, runId] = [randomUUID(), randomUUID(), randomUUID()];
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(`INSERT INTO landfall.organizations (id, name, kind, path) VALUES ($1, 'A', 'PARTNER', ARRAY[$1::uuid])`, [
    organizationId,
  ]);
  await owner.query(`INSERT INTO landfall.projects (id, organization_id, name) VALUES ($1, $2, 'P')`, [
    projectId,
    organizationId,
  ]);
  const insertRun = async (id: string, kind: string, phases: [name: string, type: string, source: number | null][]) => {
    await owner.query(
      `INSERT INTO landfall.runs (id, project_id, organization_id, kind, state) VALUES ($1, $2, $3, $4, 'SUCCEEDED')`,
      [id, projectId, organizationId, kind],
    );
    for (const [position, [name, type, source]] of phases.entries())
      await owner.query(
        `INSERT INTO landfall.run_phases (run_id, organization_id, name, record_type, position, source) VALUES ($1, $2, $3, $4, $5, $6)`,
        [id, organizationId, name, type, position, source],
      );
  };
  await insertRun(randomUUID(), 'EXTRACTION', [
    ['tickets', 'TICKET', 12],
    ['contacts', 'CONTACT', 5],
    ['calls', 'CALL', null],
  ]);
  await insertRun(runId, 'PRODUCTION', [
    ['contacts', 'CONTACT', null],
    ['conversations', 'TICKET', null],
    ['calls', 'CALL', null],
  ]);
  await owner.end();
  const database = createDataSource(serverUrl, { poolSize: 1 });
  await database.initialize();
  try {
    const within = async <T>(work: (tx: Tx) => Promise<T>) => (await transactionFor(database, organizationId, work)).result;
    const work = {
      lease: { projectId, organizationId, runId },
      transaction: within,
      fencedTransaction: within,
    } as unknown as RunWork;
    const phases = await within(tx => phasesOf(tx, runId));
    await announceTotals(work, phases, 'PRODUCTION');
    const sources = (await within(tx => phasesOf(tx, runId))).map(({ name, source }) => [name, source]);
    expect(sources).toEqual([
      ['contacts', 5],
      ['conversations', 12],
      ['calls', null],
    ]);
  } finally {
    await database.destroy();
  }
});
