import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { storageFailure } from '../../src/files/storage-shortages.js';
import { connectedProject, ended, extract, issuesOf, runView, simulator, smallAccount, startRun } from '../support/extraction.js';
import { until } from '../support/processes.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

const dataDir = mkdtempSync(join(tmpdir(), 'landfall-shortage-'));
let root: Partner;
let owner: pg.Client;
beforeAll(async () => {
  const file = await serverOfThisFile({ ...quickTimes, DATA_DIR: dataDir });
  root = file.root;
  owner = new pg.Client({ connectionString: file.database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Writes to this table fail like this until the returned function is called. */
async function failing(table: string, sqlState: string, condition = 'true'): Promise<() => Promise<unknown>> {
  await owner.query(`
    CREATE FUNCTION landfall.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF ${condition} THEN RAISE EXCEPTION 'made for a test' USING ERRCODE = '${sqlState}'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON landfall.${table} FOR EACH ROW EXECUTE FUNCTION landfall.fail()`);
  const over = () => owner.query('DROP FUNCTION IF EXISTS landfall.fail CASCADE');
  onTestFinished(async () => void (await over()));
  return over;
}

async function readiness(): Promise<{ status: number; reasons: string[] }> {
  const response = await fetch(`${root.url}/readyz`);
  return { status: response.status, reasons: ((await response.json()) as { reasons: string[] }).reasons };
}

async function resumed(runId: string) {
  const { userErrors } = await root.mutate('resumeRun', 'RunActionInput', { runId }, 'run { state }');
  expect(userErrors).toEqual([]);
  return ended(root, runId);
}

test.each([
  ['53100', 'DATABASE_FULL'],
  ['53200', 'DATABASE_OUT_OF_MEMORY'],
  ['53300', 'DATABASE_CONNECTIONS_SPENT'],
])('SQLSTATE %s blocks a run with the reason, shows in /readyz, and the resumed run ends well', async (sqlState, code) => {
  const projectId = await connectedProject(root, await simulator(smallAccount(5)));
  const over = await failing('staged_records', sqlState, `NEW.listing = 'tickets'`);
  const run = await extract(root, projectId);
  expect(run).toMatchObject({ state: 'BLOCKED', blockedBy: [{ code }] });
  expect(run.blockedBy[0]!.message).toMatch(/resume the run/);
  expect(await readiness()).toMatchObject({ status: 503, reasons: [expect.stringContaining(code)] });
  await over();
  expect(await resumed(run.id)).toMatchObject({ state: 'SUCCEEDED', blockedBy: [] });
  expect(await readiness()).toEqual({ status: 200, reasons: [] });
});

test('a shortage that even prevents its own outcome from being stored is reported, and the outcome is stored later', async () => {
  const projectId = await connectedProject(root, await simulator(smallAccount(3)));
  const over = await failing('runs', '53100', 'NEW.fraction > 0');
  const { run } = await startRun(root, { projectId, kind: 'EXTRACTION' });
  await until('readiness to tell', async () => (await readiness()).reasons.some(reason => reason.includes('DATABASE_FULL')));
  expect((await runView(root, run.id)).state).not.toBe('FAILED');
  await over();
  const { state } = await ended(root, run.id);
  expect(state === 'BLOCKED' ? (await resumed(run.id)).state : state).toBe('SUCCEEDED');
  expect(await readiness()).toEqual({ status: 200, reasons: [] });
});

test('a DATA_DIR below a regular file blocks a run, shows in /readyz, and the resumed run ends well', async () => {
  const projectId = await connectedProject(root, await simulator(smallAccount(8)));
  const files = join(dataDir, 'files');
  renameSync(files, join(dataDir, 'aside'));
  writeFileSync(files, 'no folder');
  const run = await extract(root, projectId);
  expect(run).toMatchObject({ state: 'BLOCKED', blockedBy: [{ code: 'STORAGE_UNAVAILABLE' }] });
  expect(await readiness()).toMatchObject({ status: 503, reasons: [expect.stringContaining('STORAGE_UNAVAILABLE')] });
  rmSync(files);
  renameSync(join(dataDir, 'aside'), files);
  expect(await resumed(run.id)).toMatchObject({ state: 'SUCCEEDED' });
  expect(await readiness()).toEqual({ status: 200, reasons: [] });
});

test('a full disk is distinguished from any other failure', async () => {
  const full = await writeFile('/dev/full', 'x').catch(error => error);
  expect(storageFailure(full, true)).toMatchObject({ shortage: 'STORAGE_FULL', code: 'STORAGE_UNAVAILABLE' });
  const missing = Object.assign(new Error('no such file'), { code: 'ENOENT' });
  expect(storageFailure(missing)).toBe(missing);
});

test.each(['22003', '54000', '22021'])(
  'SQLSTATE %s of one record costs that record, and its neighbours are staged',
  async sqlState => {
    const infoset = await simulator(smallAccount(8));
    const projectId = await connectedProject(root, infoset);
    const odd = String(infoset.account.all('tickets')[4]!.id);
    const over = await failing('staged_records', sqlState, `NEW.listing = 'tickets' AND NEW.source_id = '${odd}'`);
    const run = await extract(root, projectId);
    await over();
    expect(run.state).toBe('SUCCEEDED');
    expect(run.listings.find(each => each.listing === 'tickets')).toMatchObject({ source: 8, staged: 7, skipped: 1 });
    expect((await issuesOf(root, projectId)).filter(({ code }) => code === 'RECORD_REFUSED')).toMatchObject([
      { recordType: 'TICKET', sourceId: odd, severity: 'WARNING' },
    ]);
    expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  },
);

test('a value that is refused elsewhere does not end a run permanently', async () => {
  const projectId = await connectedProject(root, await simulator(smallAccount(10)));
  const over = await failing('agents', '54000');
  const run = await extract(root, projectId);
  expect(run).toMatchObject({ state: 'BLOCKED', blockedBy: [{ code: 'VALUE_REFUSED' }] });
  await over();
  expect((await resumed(run.id)).state).toBe('SUCCEEDED');
});

test('a missing resource of the server is a coded answer', async () => {
  const over = await failing('projects', '53100');
  const mutation = `mutation { createProject(input: { name: "Full", idempotencyKey: "full" }) { project { id } userErrors { code } } }`;
  const { status, errors } = await root.ask(mutation);
  expect(status).toBe(503);
  expect(errors).toMatchObject([{ extensions: { code: 'DATABASE_UNAVAILABLE', retryable: true } }]);
  await over();
  expect((await root.ask(mutation)).data.createProject.userErrors).toEqual([]);
});
