import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startIntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import { dealType } from '../support/destination.js';
import { simulator, smallAccount } from '../support/extraction.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { quickTimes, serverOfThisFile } from '../support/server.js';

const directory = mkdtempSync(join(tmpdir(), 'lost-files-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const [files, away] = [join(directory, 'files'), join(directory, 'away')];

/** Every blob, by its path. */
const blobs = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap(each =>
    each.isFile() ? [join(each.parentPath, each.name)] : [],
  );

test('files that are gone or changed are reported by a code and cost only their own record', async () => {
  const { root } = await serverOfThisFile({ ...quickTimes, DATA_DIR: directory });
  const infoset = await simulator(smallAccount(20));
  const intercom = await startIntercomSimulator({ limits: null });
  afterAll(() => intercom.close());
  intercom.workspace.objectTypes = [dealType()];
  const projectId = await readyProject(root, infoset, intercom);
  expect(blobs(files).map(path => statSync(path).mode & 0o777)).toEqual(blobs(files).map(() => 0o600));

  renameSync(files, away);
  const first = await produce(root, projectId);
  expect(first.state).toBe('INCOMPLETE');
  const { data } = await root.ask(
    `{ project(id: "${projectId}") { issues(first: 100) { edges { node { code message hint } } } } }`,
  );
  const lost = data.project.issues.edges.filter(({ node }: { node: { code: string } }) => node.code === 'LOAD_FAILED');
  expect(lost.length).toBeGreaterThan(0);
  for (const { node } of lost)
    expect(node).toMatchObject({ message: expect.stringContaining('is missing'), hint: expect.stringContaining('DATA_DIR') });
  const { balanced, rows } = await reconciliation(root, projectId);
  expect(balanced).toBe(false);
  expect(rows.find(({ recordType }) => recordType === 'TICKET')!.loaded).toBeGreaterThan(0);

  for (const path of blobs(files)) rmSync(path);
  rmSync(files, { recursive: true, force: true });
  renameSync(away, files);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect((await reconciliation(root, projectId)).balanced).toBe(true);

  const handed = await root.ask(
    `{ project(id: "${projectId}") { documents { name downloadUrl } } callRecordings(projectId: "${projectId}", first: 100) { edges { node { id availability downloadUrl } } } }`,
  );
  const recordings = handed.data.callRecordings.edges
    .map(({ node }: { node: object }) => node)
    .filter(({ availability }: { availability: string }) => availability === 'DOWNLOADED');
  expect(recordings.length).toBeGreaterThan(0);
  const links: string[] = [...handed.data.project.documents, ...recordings].map(({ downloadUrl }) => downloadUrl);
  const answers = async (init?: RequestInit) => {
    const codes = new Set<string>();
    for (const link of links) {
      const response = await fetch(link, init);
      const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
      codes.add(`${response.status} ${errors[0]!.extensions.code}`);
    }
    return [...codes];
  };
  expect((await fetch(links[0]!)).status).toBe(200);
  for (const path of blobs(files)) writeFileSync(path, 'changed');
  expect(await answers()).toEqual(['404 FILE_CHANGED']);
  expect(await answers({ headers: { range: 'bytes=0-3' } })).toEqual(['404 FILE_CHANGED']);
  renameSync(files, away);
  expect(await answers()).toEqual(['404 FILE_MISSING']);
  const attached = await root.mutate(
    'attachCallRecording',
    'CallRecordingActionInput',
    { callRecordingId: recordings[0].id },
    'callRecording { id }',
  );
  expect(attached.userErrors).toMatchObject([{ code: 'RECORDING_NOT_AVAILABLE', path: ['input', 'callRecordingId'] }]);
  expect((await root.ask('{ viewer { name } }')).status).toBe(200);
});
