import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type InfosetSimulator, startInfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import { storedAccount } from '../../src/simulators/infoset/stored-account.js';
import { type IntercomSimulator, startIntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import {
  answerAgents,
  attributePaths,
  confirmProposal,
  connectDestination,
  fieldsOf,
  isOwn,
  named,
} from '../support/destination.js';
import { textOf } from '../support/documents.js';
import { atEndOfFile } from '../support/end-of-file.js';
import { connectedProject, ended, expectWhole, extract, issuesOf, stagedOf, startRun } from '../support/extraction.js';
import { expectExactlyOnce, produce, provisionWithDealType, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

// A directory with an account in files, and expected.json beside them. Where none is named, vitest.config.ts leaves this file out.
const directory = process.env.LANDFALL_ACCOUNT_DIR!;

// One project, from the extraction to its documents: each test is the next step.
let root: Partner;
let ownerUrl: string;
let infoset: InfosetSimulator;
let intercom: IntercomSimulator;
let projectId: string;
beforeAll(async () => {
  const file = await serverOfThisFile(quickTimes);
  root = file.root;
  ownerUrl = file.database.ownerUrl;
  infoset = await startInfosetSimulator(ownUrl => storedAccount(directory, ownUrl));
  atEndOfFile(() => infoset.close());
  intercom = await startIntercomSimulator({ limits: null });
  atEndOfFile(() => intercom.close());
  projectId = await connectedProject(root, infoset);
});

test('it is read completely, its traps are reported as issues', async () => {
  const discovery = await startRun(root, { projectId, kind: 'DISCOVERY' });
  expect((await ended(root, discovery.run.id)).state).toBe('SUCCEEDED');
  const run = await extract(root, projectId);
  expect(run.listings.filter(each => each.state !== 'SUCCEEDED')).toEqual([]);
  expect(run.state).toBe('SUCCEEDED');
  const staged = await stagedOf(ownerUrl, projectId);
  expectWhole(staged, infoset.account);

  const expected = JSON.parse(readFileSync(join(directory, 'expected.json'), 'utf8'));
  for (const [listing, count] of Object.entries(expected.counts)) {
    if (listing === 'files' || listing === 'recordings') continue;
    const held = [...staged]
      .filter(([name]) => name === listing || name.startsWith(`${listing}:`))
      .reduce((sum, [, rows]) => sum + rows.size, 0);
    expect(held, listing).toBe(count);
  }
  const issues = await issuesOf(root, projectId);
  const ids = (code: string) =>
    issues
      .filter(issue => issue.code === code)
      .map(issue => issue.sourceId)
      .sort();
  expect(ids('CUSTOM_FIELDS_UNREADABLE')).toEqual(expected.traps.contactCustomFieldsNotJson.map(String));
  expect(ids('DETAIL_MISSING')).toEqual(['537']);
  // Of the eight broken references, those that are not a file, recording or e-mail.
  expect(ids('DANGLING_REFERENCE')).toEqual(['8837696', '9071', '92', '978']);
  expect(issues.filter(issue => issue.severity === 'ERROR')).toEqual([]);
});

test('every field of every record is mapped, and the workspace gets exactly what the mapping names', async () => {
  await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  const fields = await fieldsOf(root, projectId);
  expect(fields.filter(({ action, ignoreReason, targetPath }) => (action === 'IGNORE' ? !ignoreReason : !targetPath))).toEqual(
    [],
  );
  const seen = new Set<string>();
  for (const line of readFileSync(join(directory, 'contacts.jsonl'), 'utf8').trim().split('\n'))
    for (const name of Object.keys(JSON.parse(line))) seen.add(name);
  for (const name of seen) {
    if (name !== 'customFields') expect(named(fields, 'CONTACT', name), name).toBeDefined();
  }
  const twins = fields.filter(({ sourcePath }) => /customFields\["[İi]lçe"\]/.test(sourcePath));
  expect(new Set(twins.map(({ targetPath }) => targetPath)).size).toBe(twins.length);
  expect(twins.length).toBe(2);
  await answerAgents(root, projectId);
  expect((await provisionWithDealType(root, projectId, intercom)).state).toBe('SUCCEEDED');
  const mapped = fields.flatMap(({ targetPath }) =>
    /^(?!deal).*\.custom_attributes\./.test(targetPath ?? '') ? [targetPath!] : [],
  );
  const made = attributePaths(intercom.workspace.attributes);
  expect(made.filter(path => !isOwn(path))).toEqual(mapped.filter(path => !isOwn(path)).sort());
  expect(intercom.server.answers[400] ?? 0).toBe(0);
});

test('it arrives completely and is balanced, and a second run writes nothing', async () => {
  const run = await produce(root, projectId);
  const result = await reconciliation(root, projectId);
  expect(result.differences.edges).toEqual([]);
  expect((await issuesOf(root, projectId)).filter(({ severity }) => severity === 'ERROR')).toEqual([]);
  expect(result.rows.filter(({ balanced }) => !balanced)).toEqual([]);
  expect(run.state).toBe('SUCCEEDED');
  expectExactlyOnce(intercom, infoset);
  const writes = intercom.writes();
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(intercom.writes()).toBe(writes);
});

test('its documents name every automation and mail account', async () => {
  const inventory = await textOf(root, projectId, 'automation-inventory.md');
  for (const { name } of infoset.account.all('automations')) expect(inventory).toContain(name);
  expect(inventory).not.toContain('is unknown');
  for (const { address } of infoset.account.all('emailaccounts'))
    expect(await textOf(root, projectId, 'mail-routing.csv')).toContain(address);
});
