import { beforeAll, expect, test, vi } from 'vitest';
import type { RunKind } from '../../src/domain/model/run.js';
import { edit } from '../support/delta.js';
import { answerAgents, codes, confirmMapping, fieldsOf, named, proposeMapping, updateField } from '../support/destination.js';
import { ended, setConnection } from '../support/extraction.js';
import type { UpdateFieldMappingInput } from '../support/generated/graphql.js';
import { expectExactlyOnce, reconciliation } from '../support/load.js';
import { planOf, seen } from '../support/rollback.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';
import { connect, newWalk, refused, resume, run, start, typeOfChecklist, type Walk, withoutWrites } from '../support/walk.js';

vi.setConfig({ testTimeout: 900_000 });

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

const inSandbox = { environment: 'SANDBOX' };
const inProduction = { environment: 'PRODUCTION' };

const mutate = ({ partner, projectId }: Walk, name: string, input: object = {}) =>
  partner.mutate(name, `${name[0]!.toUpperCase()}${name.slice(1)}Input`, { projectId, ...input }, 'project { stage }');
const stageOf = async ({ partner, projectId }: Walk): Promise<string> =>
  (await partner.ask(`{ project(id: "${projectId}") { stage } }`)).data.project.stage;

async function emptyProject(walk: Walk): Promise<void> {
  const noWorkspace = ['DESTINATION_NOT_CONNECTED', 'MAPPING_NOT_CONFIRMED'];
  const notReady = [...noWorkspace, 'PLACEHOLDER_MISSING', 'NOT_PROVISIONED'];
  await refused(walk, [
    ['DISCOVERY', {}, ['SOURCE_NOT_CONNECTED']],
    ['EXTRACTION', {}, ['SOURCE_NOT_CONNECTED']],
    ['PROVISIONING', {}, ['ENVIRONMENT_REQUIRED']],
    ['PROVISIONING', inProduction, noWorkspace],
    ['SANDBOX', inSandbox, notReady],
    ['SANDBOX', inProduction, ['INVALID_INPUT']],
    ['PRODUCTION', inProduction, [...notReady, 'SIGN_OFF_REQUIRED']],
    ['DELTA', inProduction, ['SOURCE_NOT_CONNECTED']],
    ['VERIFICATION', inProduction, ['DESTINATION_NOT_CONNECTED']],
    ['ROLLBACK', { ...inProduction, dryRun: true }, ['DESTINATION_NOT_CONNECTED']],
  ]);
  expect(codes(await proposeMapping(walk.partner, walk.projectId))).toEqual(['NOTHING_EXTRACTED']);
  expect(codes(await mutate(walk, 'beginCutover'))).toContain('SOURCE_NOT_CONNECTED');
  expect(codes(await mutate(walk, 'closeProject', { reason: 'early' }))).toEqual(['CUTOVER_NOT_READY']);
}

async function readSource(walk: Walk): Promise<void> {
  const { url, settings } = walk.infoset;
  const { connection } = await setConnection(walk.partner, walk.projectId, {
    baseUrl: url,
    secret: settings.credentials.apiKey,
  });
  expect(connection.status).toBe('OK');
  expect((await run(walk, 'DISCOVERY')).state).toBe('SUCCEEDED');
  const extraction = await start(walk, 'EXTRACTION');
  expect(codes(await start(walk, 'EXTRACTION'))).toEqual(['RUN_ALREADY_ACTIVE']);
  expect((await ended(walk.partner, extraction.run.id)).state).toBe('SUCCEEDED');
}

async function decideMapping({ partner, projectId, ...walk }: Walk): Promise<void> {
  const { mapping } = await proposeMapping(partner, projectId);
  const fields = await fieldsOf(partner, projectId);
  const priority = named(fields, 'TICKET', 'priority');
  const taken = fields.find(
    each => each.recordType === 'TICKET' && each.targetPath?.includes('custom_attributes') && each !== priority,
  )!;
  const tryEdit = async (input: Omit<UpdateFieldMappingInput, 'fieldMappingId'>) =>
    codes(await updateField(partner, { fieldMappingId: priority.id, ...input }));
  const importance = { action: 'MAP' as const, targetPath: 'conversation.custom_attributes.importance' };
  for (const [input, code] of [
    [{ action: 'MAP' }, 'MAPPING_CONTRADICTION'],
    [{ action: 'IGNORE' }, 'MAPPING_CONTRADICTION'],
    [{ action: 'IGNORE', ignoreReason: 'x', targetPath: importance.targetPath }, 'MAPPING_CONTRADICTION'],
    [{ ...importance, ignoreReason: 'x' }, 'MAPPING_CONTRADICTION'],
    [{ ...importance, targetPath: taken.targetPath }, 'TARGET_TAKEN'],
    [{ ...importance, targetPath: 'contact.custom_attributes.importance' }, 'TARGET_UNKNOWN'],
    [{ ...importance, expectedHash: 'stale' }, 'STALE_MAPPING'],
  ] as const)
    expect(await tryEdit(input), JSON.stringify(input)).toEqual([code]);
  // None of them has changed the version.
  expect((await partner.ask(`{ project(id: "${projectId}") { mapping { hash } } }`)).data.project.mapping.hash).toBe(
    mapping.hash,
  );
  const edited = await updateField(partner, { fieldMappingId: priority.id, expectedHash: mapping.hash, ...importance });
  expect(codes(await confirmMapping(partner, mapping.id, mapping.hash))).toEqual(['STALE_MAPPING']);
  await refused({ partner, projectId, ...walk }, [
    ['PROVISIONING', inProduction, ['DESTINATION_NOT_CONNECTED', 'MAPPING_NOT_CONFIRMED']],
  ]);
  expect(codes(await confirmMapping(partner, mapping.id, edited.mapping.hash))).toEqual([]);
  expect(await tryEdit({ action: 'IGNORE', ignoreReason: 'late' })).toEqual(['MAPPING_FROZEN']);
}

async function provisionBoth(walk: Walk): Promise<void> {
  await connect(walk, walk.production, 'DESTINATION');
  const { url, settings } = walk.production;
  const same = await setConnection(walk.partner, walk.projectId, { side: 'SANDBOX', baseUrl: url, secret: settings.token });
  expect(same.connection.status).toBe('FAILED');
  await connect(walk, walk.sandbox, 'SANDBOX');
  await refused(walk, [['SANDBOX', inSandbox, ['AGENTS_NOT_RESOLVED', 'NOT_PROVISIONED']]]);
  await answerAgents(walk.partner, walk.projectId);
  for (const [environment, { workspace }] of [
    ['SANDBOX', walk.sandbox],
    ['PRODUCTION', walk.production],
  ] as const) {
    const blocked = await run(walk, 'PROVISIONING', { environment });
    expect(blocked).toMatchObject({ state: 'BLOCKED', blockedBy: [{ code: 'DEAL_TYPE_MISSING' }] });
    workspace.objectTypes = [await typeOfChecklist(walk, environment)];
    expect((await resume(walk, blocked)).state).toBe('SUCCEEDED');
  }
}

const signOff = ({ partner }: Walk, runId: string, mappingHash: string) =>
  partner.mutate('signOff', 'SignOffInput', { runId, mappingHash }, 'run { id }');

async function passSandbox(walk: Walk): Promise<void> {
  const { data } = await walk.partner.ask(`{ project(id: "${walk.projectId}") { mapping { hash } } }`);
  const { hash } = data.project.mapping;
  const early: [RunKind, object, string[]] = ['PRODUCTION', inProduction, ['SIGN_OFF_REQUIRED']];
  await refused(walk, [early, ['DELTA', inProduction, ['PRODUCTION_NOT_RUN', 'SIGN_OFF_REQUIRED']]]);
  walk.sandbox.server.faults.add({ kind: 'REFUSED', method: 'POST', path: '/companies', times: 1 });
  const failed = await run(walk, 'SANDBOX', inSandbox);
  expect(failed.state).toBe('INCOMPLETE');
  expect(codes(await signOff(walk, failed.id, hash))).toEqual(['SANDBOX_NOT_PASSED']);
  await refused(walk, [early]);
  const passed = await run(walk, 'SANDBOX', inSandbox);
  expect(passed.state).toBe('SUCCEEDED');
  const review = await walk.partner.ask(
    `{ project(id: "${walk.projectId}") { sampleReview(recordType: TICKET, first: 100) { edges { node { sourceId } } } } }`,
  );
  expect(review.data.project.sampleReview.edges.length).toBe(walk.infoset.account.all('tickets').length);
  expect(codes(await signOff(walk, failed.id, hash))).toEqual(['SIGN_OFF_STALE']);
  expect(codes(await signOff(walk, passed.id, 'stale'))).toEqual(['STALE_MAPPING']);
  await refused(walk, [early]);
  expect(codes(await signOff(walk, passed.id, hash))).toEqual([]);
  expect(walk.sandbox.workspace.notifications.avoidable).toBe(0);
}

async function load(walk: Walk): Promise<void> {
  const { app } = walk.production.workspace;
  const own = app.id_code;
  app.id_code = 'swapped';
  const plan = { ...inProduction, dryRun: true };
  const swapped = await withoutWrites(walk, () => run(walk, 'PRODUCTION', inProduction));
  expect(swapped).toMatchObject({ state: 'BLOCKED', blockedBy: [{ code: 'WORKSPACE_CHANGED' }] });
  await refused(walk, [
    ['PRODUCTION', inProduction, ['WORKSPACE_BUSY']],
    ['ROLLBACK', plan, ['WORKSPACE_BUSY']],
    ['ROLLBACK', { ...inProduction, planHash: 'a'.repeat(64) }, ['PLAN_STALE']],
  ]);
  const reset = await connectAgain(walk);
  expect(reset).toMatchObject({ status: 'FAILED', detail: expect.stringContaining('swapped') });
  app.id_code = own;
  expect((await connectAgain(walk)).status).toBe('OK');
  expect((await resume(walk, swapped)).state).toBe('SUCCEEDED');
  expect((await reconciliation(walk.partner, walk.projectId)).balanced).toBe(true);
  expectExactlyOnce(walk.production, walk.infoset);
}

const connectAgain = async ({ partner, projectId, production: { url, settings } }: Walk) =>
  (
    await setConnection(partner, projectId, {
      side: 'DESTINATION',
      baseUrl: url,
      secret: settings.token,
      options: { placeholderTeammateEmail: 'migration@ege.example' },
    })
  ).connection;

async function followChanges(walk: Walk): Promise<void> {
  expect((await withoutWrites(walk, () => run(walk, 'DELTA', inProduction))).state).toBe('SUCCEEDED');
  const dry = await run(walk, 'ROLLBACK', { ...inProduction, dryRun: true });
  const { planHash } = await planOf(walk.partner, dry.id);
  const [contact] = walk.infoset.account.all('contacts').filter(each => each.email);
  edit(walk.infoset, 'contacts', contact!, { fullName: 'Yeni Ad', firstName: 'Yeni', lastName: 'Ad' });
  expect((await run(walk, 'DELTA', inProduction)).state).toBe('SUCCEEDED');
  expect([...walk.production.workspace.contacts.values()].map(({ name }) => name)).toContain('Yeni Ad');
  await refused(walk, [
    ['ROLLBACK', inProduction, ['PLAN_REQUIRED']],
    ['ROLLBACK', { ...inProduction, planHash }, ['PLAN_STALE']],
  ]);
  expect((await withoutWrites(walk, () => run(walk, 'VERIFICATION', inProduction))).state).toBe('SUCCEEDED');
}

/** The sandbox is as before: people see the same. */
async function emptySandbox(walk: Walk, before: object): Promise<void> {
  const dry = await withoutWrites(walk, () => run(walk, 'ROLLBACK', { ...inSandbox, dryRun: true }));
  const { planHash } = await planOf(walk.partner, dry.id);
  const writes = walk.production.writes();
  expect((await run(walk, 'ROLLBACK', { ...inSandbox, planHash })).state).toBe('SUCCEEDED');
  expect(walk.production.writes()).toBe(writes);
  expect(seen(walk.sandbox)).toEqual(before);
}

async function handOver(walk: Walk): Promise<void> {
  expect(codes(await mutate(walk, 'completeCutover'))).toEqual(['CUTOVER_NOT_READY']);
  expect(codes(await mutate(walk, 'beginCutover'))).toEqual([]);
  expect(codes(await mutate(walk, 'closeProject', { reason: 'early' }))).toEqual(['CUTOVER_NOT_READY']);
  const { data } = await walk.partner.ask(`{ project(id: "${walk.projectId}") { cutover { deltaRunId } } }`);
  expect((await ended(walk.partner, data.project.cutover.deltaRunId)).state).toBe('SUCCEEDED');
  expect(await mutate(walk, 'completeCutover')).toMatchObject({ userErrors: [], project: { stage: 'HYPERCARE' } });
  await refused(walk, [
    ['PRODUCTION', inProduction, ['CUTOVER_COMPLETED']],
    ['DELTA', inProduction, ['CUTOVER_COMPLETED']],
  ]);
  expect(codes(await mutate(walk, 'closeProject'))).toEqual(['HYPERCARE_ACTIVE']);
  expect(codes(await mutate(walk, 'closeProject', { reason: 'quiet' }))).toEqual([]);
  const all: RunKind[] = [
    'DISCOVERY',
    'EXTRACTION',
    'PROVISIONING',
    'SANDBOX',
    'PRODUCTION',
    'DELTA',
    'VERIFICATION',
    'ROLLBACK',
  ];
  await refused(
    walk,
    all.map(kind => [kind, kind === 'SANDBOX' ? inSandbox : inProduction, ['PROJECT_CLOSED']] as const),
  );
}

async function walkThrough(walk: Walk): Promise<void> {
  await emptyProject(walk);
  await readSource(walk);
  await decideMapping(walk);
  const before = seen(walk.sandbox);
  await provisionBoth(walk);
  expect(await stageOf(walk)).toBe('SANDBOX');
  await passSandbox(walk);
  await load(walk);
  expect(await stageOf(walk)).toBe('CUTOVER');
  await followChanges(walk);
  await emptySandbox(walk, before);
  await handOver(walk);
  expect(await stageOf(walk)).toBe('CLOSED');
}

test('two tenants do all six steps at the same time, and each gate is closed before its step', async () => {
  const walks = [
    await newWalk(await root.below('CUSTOMER'), 'first', 7),
    await newWalk(await root.below('CUSTOMER'), 'second', 11),
  ] as const;
  await Promise.all(walks.map(walkThrough));
  const [first, second] = walks;
  // Neither reaches the other's project.
  await refused({ ...first, projectId: second.projectId }, [['DISCOVERY', {}, ['NOT_FOUND']]]);
  for (const { production, infoset } of walks) expectExactlyOnce(production, infoset);
});
