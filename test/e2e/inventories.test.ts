import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { LocalBlobStore } from '../../src/files/local-blob-store.js';
import { verifyInventories } from '../../src/pipeline/verify/verify-documents.js';
import { createDataSource } from '../../src/store/data-source.js';
import type { RunWork } from '../../src/store/run-work.js';
import { transactionFor } from '../../src/store/transaction.js';
import {
  answerAgents,
  confirmMapping,
  connectDestination,
  fieldsOf,
  proposeMapping,
  provision,
  updateField,
  workspace,
} from '../support/destination.js';
import { textOf } from '../support/documents.js';
import { connectedProject, extract, simulator, smallAccount } from '../support/extraction.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
let database: { ownerUrl: string; serverUrl: string };
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'inventories-'));
  afterAll(() => rm(dataDir, { recursive: true, force: true }));
  ({ root, database } = await serverOfThisFile({ ...quickTimes, DATA_DIR: dataDir }));
});

test('the specification exists before a mapping is confirmed, and ignored fields are in no inventory', async () => {
  const infoset = await simulator(ownUrl => {
    const account = smallAccount(5)(ownUrl);
    account.put('chatwidgets', {
      id: 70,
      name: 'Mağaza',
      isActive: true,
      domains: ['magaza.example'],
      config: { color: '#123456', internalNote: 'tell nobody' },
    });
    return account;
  });
  const projectId = await connectedProject(root, infoset);
  await extract(root, projectId);
  await connectDestination(root, projectId, await workspace());
  const { mapping } = await proposeMapping(root, projectId);
  const proposed = await textOf(root, projectId, 'mapping-specification.md');
  expect(proposed).toContain('Version 1 is a draft that nobody has confirmed');
  expect(proposed).toContain(mapping.hash);
  expect(await textOf(root, projectId, 'messenger-inventory.md')).toContain('tell nobody');
  const field = (await fieldsOf(root, projectId)).find(each => each.sourcePath === 'config.internalNote')!;
  expect(field).toMatchObject({ recordType: 'CHAT_WIDGET', action: 'MAP', targetPath: 'document.inventory' });
  const edit = await updateField(root, { fieldMappingId: field.id, action: 'IGNORE', ignoreReason: 'For nobody to see.' });
  expect((await confirmMapping(root, mapping.id, edit.mapping.hash)).userErrors).toEqual([]);
  const confirmed = await textOf(root, projectId, 'mapping-specification.md');
  expect(confirmed).toMatch(/Version 1, confirmed by bootstrap on \d{4}-\d\d-\d\d\./);
  expect(confirmed).toContain('For nobody to see.');
  expect(confirmed).toContain(edit.mapping.hash);
  await answerAgents(root, projectId);
  await provision(root, projectId);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  for (const name of ['messenger-inventory.md', 'messenger-inventory.html', 'messenger-inventory-fields.csv']) {
    const text = await textOf(root, projectId, name);
    expect(text, name).not.toContain('tell nobody');
    expect(text, name).toContain('#123456'.replace('#', name.endsWith('.md') ? '\\#' : '#'));
  }
  const { balanced, fields } = await reconciliation(root, projectId);
  expect(balanced).toBe(true);
  const paths = fields.filter(({ recordType }) => recordType === 'CHAT_WIDGET').map(each => each.field);
  expect(paths).toContain('config.color');
  expect(paths).not.toContain('config.internalNote');
  await proposeMapping(root, projectId);
  expect(await textOf(root, projectId, 'mapping-specification.md')).toContain(
    'Version 2 is a draft that nobody has confirmed. Until it is confirmed, version 1, confirmed by bootstrap',
  );
});

test('a loss in an inventory is found when it is read back', async () => {
  const infoset = await simulator(smallAccount(5));
  const projectId = await readyProject(root, infoset, await workspace());
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const name = 'mail-routing-fields.csv';
  const whole = await textOf(root, projectId, name);
  const lines = whole.split('\r\n');
  const lost = lines.findIndex(line => line.includes(',address,'));
  const [id, , address] = lines[lost]!.split(',');
  const blobs = new LocalBlobStore(join(dataDir, 'files'));
  const spoilt = await blobs.put(bytesOf(lines.toSpliced(lost, 1).join('\r\n')), 1e6);
  const { work, scope } = await workOn(async client => {
    await client.query(
      'UPDATE landfall.documents SET sha256 = $1 WHERE name = $2 AND project_id = (SELECT project_id FROM landfall.runs ORDER BY created_at DESC LIMIT 1)',
      [spoilt.sha256, name],
    );
  });
  await verifyInventories({ work, scope, blobs, fields: [] });
  const found = await reconciliation(root, projectId);
  expect(found.balanced).toBe(false);
  expect(found.differences.edges.map(({ node }) => node)).toEqual([
    { recordType: 'MAIL_ACCOUNT', sourceId: id, field: 'address', expected: address, actual: null },
  ]);
  // The next run writes it again, and finds it complete.
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(await textOf(root, projectId, name)).toBe(whole);
  expect((await reconciliation(root, projectId)).balanced).toBe(true);
});

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

/** The newest run of this file's database, as a stage works on it. */
async function workOn(before: (client: pg.Client) => Promise<void>) {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await before(client);
  const { rows } = await client.query(
    'SELECT id AS "runId", project_id AS "projectId", organization_id AS "organizationId", kind FROM landfall.runs ORDER BY created_at DESC LIMIT 1',
  );
  await client.end();
  const lease = { ...rows[0], epoch: 1 };
  const dataSource = await createDataSource(database.serverUrl).initialize();
  onTestFinished(() => dataSource.destroy());
  const transaction: RunWork['transaction'] = async within =>
    (await transactionFor(dataSource, lease.organizationId, within)).result;
  const work: RunWork = { lease, transaction, fencedTransaction: transaction, checkHalt() {}, checkLease() {} };
  return { work, scope: { ...lease, environment: 'PRODUCTION' as const } };
}
