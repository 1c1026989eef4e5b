import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storedAccount } from '../../src/simulators/infoset/stored-account.js';
import { connectedProject, ended, expectWhole, extract, issuesOf, simulator, stagedOf, startRun } from '../support/extraction.js';
import { serverOfThisFile } from '../support/server.js';

// A directory with an account in files, and expected.json beside them.
const directory = process.env.LANDFALL_ACCOUNT_DIR;
if (!directory) console.warn('NOT TESTED: a stored account. Name its directory in LANDFALL_ACCOUNT_DIR.');

test.runIf(directory && existsSync(directory))('a stored account is read whole, its traps as issues', async () => {
  const { root, database } = await serverOfThisFile();
  const infoset = await simulator(ownUrl => storedAccount(directory!, ownUrl));
  const projectId = await connectedProject(root, infoset);
  const discovery = await startRun(root, { projectId, kind: 'DISCOVERY' });
  expect((await ended(root, discovery.run.id)).state).toBe('SUCCEEDED');
  const run = await extract(root, projectId);
  expect(run.listings.filter(each => each.state !== 'SUCCEEDED')).toEqual([]);
  expect(run.state).toBe('SUCCEEDED');
  const staged = await stagedOf(database.ownerUrl, projectId);
  expectWhole(staged, infoset.account);

  const expected = JSON.parse(readFileSync(join(directory!, 'expected.json'), 'utf8'));
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
  // Of the eight broken references, those that are no file, recording or e-mail.
  expect(ids('DANGLING_REFERENCE')).toEqual(['8837696', '9071', '92', '978']);
  expect(issues.filter(issue => issue.severity === 'ERROR')).toEqual([]);
});
