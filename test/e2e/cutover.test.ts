import { beforeAll, expect, test } from 'vitest';
import { accountOf, contact, log, ticket } from '../support/account.js';
import { codes, workspace } from '../support/destination.js';
import { documentNamed, textOf } from '../support/documents.js';
import { ended, simulator, smallAccount, startRun } from '../support/extraction.js';
import { produce, readyProject, signOffDirectly } from '../support/load.js';
import { parsedPage } from '../support/parsed-page.js';
import { Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

const cutover =
  'project { stage cutover { deltaRunId isReady gaps { code } completedBy figures { recordType loaded verified } hypercareUntil closeReason } }';
const begin = (projectId: string) => root.mutate('beginCutover', 'BeginCutoverInput', { projectId }, cutover);
const complete = (input: object) => root.mutate('completeCutover', 'CompleteCutoverInput', { ...input }, cutover);
const close = (input: object) => root.mutate('closeProject', 'CloseProjectInput', { ...input }, cutover);
const actions = async (projectId: string): Promise<string[]> =>
  (await root.ask(`{ project(id: "${projectId}") { allowedActions } }`)).data.project.allowedActions;

test('cutover, hypercare and end, each step also too early', async () => {
  const infoset = await simulator(smallAccount(12));
  const projectId = await readyProject(root, infoset, await workspace());
  await signOffDirectly(projectId);
  // Nothing is loaded yet.
  expect(codes(await begin(projectId))).toEqual(['PRODUCTION_NOT_RUN']);
  expect(codes(await complete({ projectId }))).toContain('CUTOVER_NOT_READY');
  expect(codes(await close({ projectId, reason: 'early' }))).toEqual(['CUTOVER_NOT_READY']);

  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(await actions(projectId)).toEqual(expect.arrayContaining(['beginCutover', 'completeCutover']));
  expect(codes(await complete({ projectId }))).toEqual(['CUTOVER_NOT_READY']);
  const later = new Date(Date.now() + 86_400_000).toISOString();
  const early = await root.mutate('beginCutover', 'BeginCutoverInput', { projectId, frozenAt: later }, cutover);
  expect(codes(early)).toEqual(['INVALID_INPUT']);
  const begun = await begin(projectId);
  expect(begun).toMatchObject({
    userErrors: [],
    project: { stage: 'CUTOVER', cutover: { isReady: false, gaps: [{ code: 'FINAL_DELTA_NOT_DONE' }] } },
  });
  // While the last delta runs, there is neither a second one nor an end.
  expect(codes(await begin(projectId)).length).toBe(1);
  expect(codes(await complete({ projectId })).length).toBeGreaterThan(0);
  expect((await ended(root, begun.project.cutover.deltaRunId)).state).toBe('SUCCEEDED');
  const { data } = await root.ask(`{ project(id: "${projectId}") { cutover { isReady gaps { code } } } }`);
  expect(data.project.cutover).toEqual({ isReady: true, gaps: [] });

  expect(codes(await complete({ projectId, hypercareDays: 1_000 }))).toEqual(['INVALID_INPUT']);
  const set = (hypercareDays: number) =>
    root.mutate('updateProject', 'UpdateProjectInput', { projectId, hypercareDays }, 'project { hypercareDays }');
  expect(codes(await set(91))).toEqual(['INVALID_INPUT']);
  expect((await root.ask(`{ project(id: "${projectId}") { hypercareDays } }`)).data.project).toEqual({ hypercareDays: 7 });
  expect(await set(10)).toMatchObject({ userErrors: [], project: { hypercareDays: 10 } });
  const completed = await complete({ projectId, note: 'all seen' });
  expect(completed).toMatchObject({ userErrors: [], project: { stage: 'HYPERCARE' } });
  const tickets = completed.project.cutover.figures.find((each: { recordType: string }) => each.recordType === 'TICKET');
  expect(tickets).toEqual({ recordType: 'TICKET', loaded: 12, verified: 12 });
  const days = (Date.parse(completed.project.cutover.hypercareUntil) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(10);

  const report = parsedPage(await textOf(root, projectId, 'production/final-report.html')).text;
  for (const words of ['bootstrap', 'Tickets 12 12 12 0 0', 'Fidelity of fields', 'What people must still do', 'all seen'])
    expect(report).toContain(words);

  // After the handover no load is possible; a VERIFICATION is.
  expect(codes(await complete({ projectId }))).toEqual(['CUTOVER_COMPLETED']);
  expect(codes(await begin(projectId))).toEqual(['CUTOVER_COMPLETED']);
  for (const kind of ['PRODUCTION', 'DELTA'] as const)
    expect(codes(await startRun(root, { projectId, kind, environment: 'PRODUCTION' }))).toEqual(['CUTOVER_COMPLETED']);
  const { run } = await startRun(root, { projectId, kind: 'VERIFICATION', environment: 'PRODUCTION' });
  expect(codes(await close({ projectId, reason: 'early' }))).toEqual(['RUN_ALREADY_ACTIVE']);
  expect((await ended(root, run.id)).state).toBe('SUCCEEDED');

  expect(await actions(projectId)).toContain('closeProject');
  expect(codes(await close({ projectId }))).toEqual(['HYPERCARE_ACTIVE']);
  expect(await close({ projectId, reason: 'no calls' })).toMatchObject({
    userErrors: [],
    project: { stage: 'CLOSED', cutover: { closeReason: 'no calls' } },
  });
  expect(await actions(projectId)).toEqual([]);
  for (const input of [
    { kind: 'EXTRACTION' },
    { kind: 'PRODUCTION', environment: 'PRODUCTION' },
    { kind: 'ROLLBACK', environment: 'PRODUCTION', dryRun: true },
  ] as const)
    expect(codes(await startRun(root, { projectId, ...input })), input.kind).toEqual(['PROJECT_CLOSED']);
  expect(codes(await close({ projectId }))).toEqual(['PROJECT_CLOSED']);
});

test('a purge of a closed project: counted, certified, repeatable; purged data answers with a code', async () => {
  const infoset = await simulator(smallAccount(6));
  const projectId = await readyProject(root, infoset, await workspace());
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const begun = await begin(projectId);
  expect((await ended(root, begun.project.cutover.deltaRunId)).state).toBe('SUCCEEDED');
  expect((await complete({ projectId })).userErrors).toEqual([]);
  const kept = async () => {
    const { data } = await root.ask(`{ project(id: "${projectId}") {
      reconciliation(environment: PRODUCTION) { balanced rows { recordType source staged loaded verified } fields { field compared equal } } } }`);
    return data.project;
  };
  const before = await kept();
  const unpurged = await root.ask(`{ project(id: "${projectId}") { sampleReview { purgedAt } } }`);
  expect(unpurged.data.project.sampleReview).toEqual({ purgedAt: null });
  const { data } = await root.ask('{ viewer { organization { id } } }');
  const { secret } = await root.createApiKey({ organizationId: data.viewer.organization.id, name: 'operator', role: 'OPERATOR' });
  const operator = new Partner(root.url, secret);
  const refused = await operator.mutate('closeProject', 'CloseProjectInput', { projectId, reason: 'x', purge: true }, cutover);
  expect(codes(refused)).toEqual(['ROLE_NOT_PERMITTED']);
  expect((await close({ projectId, reason: 'done', purge: true })).userErrors).toEqual([]);
  const purge = async () =>
    (await root.ask(`{ project(id: "${projectId}") { purge { requestedBy finishedAt counts { table count } } } }`)).data.project
      .purge;
  await expect.poll(async () => (await purge()).finishedAt, { timeout: 30_000 }).not.toBeNull();
  const done = await purge();
  const counts = Object.fromEntries(done.counts.map((each: { table: string; count: number }) => [each.table, each.count]));
  expect(counts).toMatchObject({ connection_secrets: 2 });
  for (const table of ['staged_records', 'stored_files', 'blobs', 'drafts', 'sample_values'])
    expect(counts[table]).toBeGreaterThan(0);
  const certificate = parsedPage(await textOf(root, projectId, 'purge-certificate.html')).text;
  expect(certificate).toContain(`staged_records ${counts.staged_records}`);
  expect(certificate).toContain('bootstrap');
  // The same request again changes nothing.
  expect((await close({ projectId, purge: true })).userErrors).toEqual([]);
  expect(await purge()).toEqual(done);
  const lists = `sampleReview { totalCount purgedAt } likelyDuplicates { purgedAt } reconciliation { differences { purgedAt } }`;
  const { data: purged } = await root.ask(`{ project(id: "${projectId}") { purge { requestedAt } ${lists} } }`);
  const purgedAt = purged.project.purge.requestedAt;
  expect(purgedAt).toEqual(expect.any(String));
  expect(purged.project).toMatchObject({
    sampleReview: { totalCount: 0, purgedAt },
    likelyDuplicates: { purgedAt },
    reconciliation: { differences: { purgedAt } },
  });
  const after = await kept();
  expect(after.reconciliation).toEqual(before.reconciliation);
  expect(codes(await startRun(root, { projectId, kind: 'EXTRACTION' }))).toEqual(['PROJECT_PURGED']);
  const { downloadUrl } = await documentNamed(root, projectId, 'production/recordings.zip');
  const answer = await fetch(downloadUrl);
  expect(answer.status).toBe(410);
  expect(await answer.text()).toContain('PROJECT_PURGED');
});

test('a rollback cancels the handover: production can be loaded and handed over again', async () => {
  const account = accountOf({ contacts: [contact(1001)], tickets: [ticket(1)], ticketlogs: [log(1, 1, { content: 'Merhaba' })] });
  const projectId = await readyProject(root, await simulator(account), await workspace());
  const handOver = async () => {
    expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
    const begun = await begin(projectId);
    expect((await ended(root, begun.project.cutover.deltaRunId)).state).toBe('SUCCEEDED');
    expect(await complete({ projectId })).toMatchObject({ userErrors: [], project: { stage: 'HYPERCARE' } });
  };
  await handOver();
  const about = { projectId, kind: 'ROLLBACK', environment: 'PRODUCTION' } as const;
  const plan = await startRun(root, { ...about, dryRun: true });
  expect((await ended(root, plan.run.id)).state).toBe('SUCCEEDED');
  const { data } = await root.ask(`{ run(id: "${plan.run.id}") { planHash } }`);
  const rollback = await startRun(root, { ...about, planHash: data.run.planHash });
  expect((await ended(root, rollback.run.id)).state).toBe('SUCCEEDED');
  const { data: back } = await root.ask(`{ project(id: "${projectId}") { stage cutover { completedBy } } }`);
  expect(back.project).toEqual({ stage: 'PRODUCTION', cutover: null });
  await handOver();
});
