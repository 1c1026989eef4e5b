import pg from 'pg';
import { expect, test } from 'vitest';
import { connectedProject, simulator, smallAccount, startRun } from '../support/extraction.js';
import { serverOfThisFile } from '../support/server.js';

test('a request does not wait for a worker that adds rows to the same project and run', async () => {
  const { root, database } = await serverOfThisFile({ STATEMENT_TIMEOUT_MS: '2000' });
  const projectId = await connectedProject(root, await simulator(smallAccount(3)));
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    // The lock that Postgres takes on the row that a new row refers to.
    await owner.query('BEGIN');
    await owner.query('SELECT FROM landfall.projects WHERE id = $1 FOR KEY SHARE', [projectId.replace('prj_', '')]);
    const { run, userErrors } = await startRun(root, { projectId, kind: 'EXTRACTION' });
    expect(userErrors).toEqual([]);
    await owner.query('SELECT FROM landfall.runs WHERE id = $1 FOR KEY SHARE', [run.id.replace('run_', '')]);
    const cancelled = await root.mutate('cancelRun', 'RunActionInput', { runId: run.id }, 'run { id }');
    expect(cancelled.userErrors).toEqual([]);
  } finally {
    await owner.end();
  }
});
