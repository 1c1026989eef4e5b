import { beforeAll, expect, test } from 'vitest';
import {
  answerAgents,
  blockersOf,
  codes,
  confirmMapping,
  confirmProposal,
  connectDestination,
  fieldsOf,
  named,
  proposeMapping,
  provision,
  updateField,
  workspace,
} from '../support/destination.js';
import {
  connectedProject,
  extract,
  extractedProject,
  setConnection,
  simulator,
  smallAccount,
  startRun,
} from '../support/extraction.js';
import type { StartRunInput, UpdateFieldMappingInput } from '../support/generated/graphql.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile({ ...quickTimes, REQUEST_TIMEOUT_MS: '1000' }));
});

const extracted = (account = smallAccount(60)) => extractedProject(root, account);

const blockers = (projectId: string) => blockersOf(root, projectId);
const startProduction = (projectId: string) => startRun(root, { projectId, kind: 'PRODUCTION', environment: 'PRODUCTION' });

test('a proposal maps or ignores every field, and names the attributes to create', async () => {
  const projectId = await extracted();
  const { mapping, userErrors } = await proposeMapping(root, projectId);
  expect(userErrors).toEqual([]);
  expect(mapping).toMatchObject({ version: 1, status: 'DRAFT', hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const fields = await fieldsOf(root, projectId);
  for (const { action, targetPath, ignoreReason } of fields) {
    expect(action).not.toBe('UNDECIDED');
    if (action === 'IGNORE') expect(ignoreReason).toBeTruthy();
    else expect(targetPath).toBeTruthy();
  }
  expect(named(fields, 'COMPANY', 'sector')).toMatchObject({ action: 'MAP', targetPath: 'company.industry' });
  expect(named(fields, 'CONTACT', 'createdDate')).toMatchObject({
    targetPath: 'contact.signed_up_at',
    profile: { dataType: 'datetime' },
  });
  expect(named(fields, 'TICKET', 'channelType')).toMatchObject({ targetPath: 'conversation.custom_attributes.channel_source' });
  expect(named(fields, 'TICKET', 'id')).toMatchObject({ targetPath: 'conversation.custom_attributes.infoset_ticket_id' });
  expect(named(fields, 'CONTACT', 'customFields["Müşteri Tipi"]')).toMatchObject({
    action: 'CREATE_ATTRIBUTE',
    targetPath: 'contact.custom_attributes.musteri_tipi',
    attributeType: 'options',
  });
  const targets = fields.flatMap(({ targetPath }) =>
    targetPath?.includes('.custom_attributes.') ? [targetPath.toLowerCase()] : [],
  );
  expect(new Set(targets).size).toBe(targets.length);
});

/** Every kind that may not start is refused for the reasons that were announced; the others are not tried. */
async function sameReasons(projectId: string): Promise<void> {
  const { data } = await root.ask(
    `{ project(id: "${projectId}") { availableRunKinds { kind environment mayStart reasons { code message path retryable } } } }`,
  );
  const all = data.project.availableRunKinds as (StartRunInput & { mayStart: boolean; reasons: unknown[] })[];
  expect(all).toHaveLength(11);
  expect(all.filter(({ mayStart }) => mayStart).map(({ kind }) => kind)).toContain('EXTRACTION');
  const refused = all.filter(({ mayStart }) => !mayStart);
  expect(refused.length).toBeGreaterThan(5);
  for (const { kind, environment, reasons } of refused)
    expect((await startRun(root, { projectId, kind, environment: environment ?? null })).userErrors).toEqual(reasons);
}

test('gates: each one refuses a call that comes too early', async () => {
  const intercom = await workspace();
  const projectId = await connectedProject(root, await simulator(smallAccount(20)));
  expect(codes(await proposeMapping(root, projectId))).toEqual(['NOTHING_EXTRACTED']);
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  expect(await blockers(projectId)).toEqual([
    'DESTINATION_NOT_CONNECTED',
    'MAPPING_NOT_CONFIRMED',
    'AGENTS_NOT_RESOLVED',
    'PLACEHOLDER_MISSING',
    'NOT_PROVISIONED',
    'SIGN_OFF_REQUIRED',
  ]);
  expect(codes(await startProduction(projectId))).toEqual(await blockers(projectId));
  expect(codes(await startRun(root, { projectId, kind: 'PROVISIONING', environment: 'PRODUCTION' }))).toEqual([
    'DESTINATION_NOT_CONNECTED',
    'MAPPING_NOT_CONFIRMED',
  ]);
  await sameReasons(projectId);
  const workspaceOf = (options: Record<string, unknown>) =>
    setConnection(root, projectId, { side: 'DESTINATION', baseUrl: intercom.url, secret: intercom.settings.token, options });
  const refused = await workspaceOf({ placeholderTeammateEmail: 'nobody@ege.example' });
  expect(refused.userErrors).toMatchObject([
    {
      code: 'TEAMMATE_NOT_FOUND',
      path: ['input', 'options', 'placeholderTeammateEmail'],
      message: expect.stringContaining('nobody@ege.example'),
    },
  ]);
  expect((await blockers(projectId))[0]).toBe('DESTINATION_NOT_CONNECTED');
  expect(codes(await workspaceOf({}))).toEqual([]);
  expect(await blockers(projectId)).toEqual([
    'MAPPING_NOT_CONFIRMED',
    'AGENTS_NOT_RESOLVED',
    'PLACEHOLDER_MISSING',
    'NOT_PROVISIONED',
    'SIGN_OFF_REQUIRED',
  ]);
  await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  expect(await blockers(projectId)).toEqual(['AGENTS_NOT_RESOLVED', 'NOT_PROVISIONED', 'SIGN_OFF_REQUIRED']);
  await sameReasons(projectId);
  expect((await provision(root, projectId)).state).toBe('SUCCEEDED');
  expect(await blockers(projectId)).toEqual(['AGENTS_NOT_RESOLVED', 'SIGN_OFF_REQUIRED']);
  await answerAgents(root, projectId);
  expect(await blockers(projectId)).toEqual(['SIGN_OFF_REQUIRED']);
  // Another mapping needs another provisioning.
  await confirmProposal(root, projectId);
  expect(await blockers(projectId)).toEqual(['NOT_PROVISIONED', 'SIGN_OFF_REQUIRED']);
});

test('edits: stale, contradictory and impossible ones are refused, and all edits of a frozen version', async () => {
  const projectId = await extracted();
  const { mapping } = await proposeMapping(root, projectId);
  const fields = await fieldsOf(root, projectId);
  const edit = (recordType: string, path: string, input: Omit<UpdateFieldMappingInput, 'fieldMappingId'>) =>
    updateField(root, { fieldMappingId: named(fields, recordType, path).id, ...input });
  const type = 'customFields["Müşteri Tipi"]';
  expect(codes(await edit('CONTACT', 'status', { action: 'IGNORE' }))).toEqual(['MAPPING_CONTRADICTION']);
  expect(codes(await edit('CONTACT', 'status', { action: 'IGNORE', ignoreReason: 'x', targetPath: 'contact.name' }))).toEqual([
    'MAPPING_CONTRADICTION',
  ]);
  expect(codes(await edit('CONTACT', 'status', { action: 'MAP' }))).toEqual(['MAPPING_CONTRADICTION']);
  expect(codes(await edit('CONTACT', 'status', { action: 'MAP', targetPath: 'contact.shoe_size' }))).toEqual(['TARGET_UNKNOWN']);
  expect(codes(await edit('CONTACT', 'status', { action: 'MAP', targetPath: 'contact.email' }))).toEqual(['TARGET_TAKEN']);
  expect(codes(await edit('CONTACT', 'status', { action: 'MAP', targetPath: 'company.custom_attributes.x' }))).toEqual([
    'TARGET_UNKNOWN',
  ]);
  expect(
    codes(await edit('CONTACT', type, { action: 'CREATE_ATTRIBUTE', targetPath: 'contact.custom_attributes.a.b$' })),
  ).toEqual(['ATTRIBUTE_NAME_ILLEGAL']);
  expect(
    codes(await edit('CONTACT', type, { action: 'CREATE_ATTRIBUTE', targetPath: 'contact.custom_attributes.company_city' })),
  ).toEqual(['TARGET_TAKEN']);
  expect(
    codes(await edit('CONTACT', type, { action: 'CREATE_ATTRIBUTE', targetPath: 'contact.custom_attributes.infoset_phone' })),
  ).toEqual(['TARGET_TAKEN']);
  expect(codes(await edit('CONTACT', 'id', { action: 'IGNORE', ignoreReason: 'no' }))).toEqual(['FIELD_REQUIRED']);
  expect(codes(await edit('MESSAGE', 'content', { action: 'CREATE_ATTRIBUTE' }))).toEqual(['MAPPING_CONTRADICTION']);
  expect((await root.ask(`{ project(id: "${projectId}") { mapping { hash } } }`)).data.project.mapping.hash).toBe(mapping.hash);

  const ignored = await edit('CONTACT', type, {
    action: 'IGNORE',
    ignoreReason: 'Not used any more.',
    expectedHash: mapping.hash,
  });
  expect(ignored.userErrors).toEqual([]);
  expect(ignored.mapping.hash).not.toBe(mapping.hash);
  const stale = await edit('CONTACT', 'status', { action: 'IGNORE', ignoreReason: 'x', expectedHash: mapping.hash });
  expect(stale).toMatchObject({ mapping: { hash: ignored.mapping.hash }, userErrors: [{ code: 'STALE_MAPPING' }] });
  const undecided = await edit('CONTACT', type, { action: 'UNDECIDED' });
  expect(codes(await confirmMapping(root, mapping.id, undecided.mapping.hash))).toEqual(['MAPPING_UNDECIDED']);
  // Without a path it uses the proposed name, so everything is as before.
  const back = await edit('CONTACT', type, { action: 'CREATE_ATTRIBUTE' });
  expect(back.mapping.hash).toBe(mapping.hash);
  const renamed = await edit('CONTACT', type, {
    action: 'CREATE_ATTRIBUTE',
    targetPath: 'contact.custom_attributes.kind of customer',
  });
  expect(codes(await confirmMapping(root, mapping.id, mapping.hash))).toEqual(['STALE_MAPPING']);
  const confirmed = await confirmMapping(root, mapping.id, renamed.mapping.hash);
  expect(confirmed).toMatchObject({ userErrors: [], mapping: { status: 'CONFIRMED', confirmedBy: 'bootstrap' } });
  expect(codes(await edit('CONTACT', 'status', { action: 'IGNORE', ignoreReason: 'x' }))).toEqual(['MAPPING_FROZEN']);
  // A new proposal keeps decisions.
  const next = await proposeMapping(root, projectId);
  expect(next.mapping).toMatchObject({ version: 2, status: 'DRAFT', hash: renamed.mapping.hash });
});

test('a field that appears later prevents the confirmation of an old draft', async () => {
  const infoset = await simulator(smallAccount(20));
  const projectId = await connectedProject(root, infoset);
  await extract(root, projectId);
  const { mapping } = await proposeMapping(root, projectId);
  const contact = infoset.account.all('contacts')[0]!;
  infoset.account.put('contacts', { ...contact, loyalty: 'gold', updatedDate: '2026-11-24T00:00:00Z' });
  await extract(root, projectId);
  const refused = await confirmMapping(root, mapping.id, mapping.hash);
  expect(refused.userErrors).toMatchObject([{ code: 'MAPPING_INCOMPLETE', message: expect.stringContaining('CONTACT loyalty') }]);
  await confirmProposal(root, projectId);
  expect(named(await fieldsOf(root, projectId), 'CONTACT', 'loyalty')).toMatchObject({
    action: 'CREATE_ATTRIBUTE',
    targetPath: 'contact.custom_attributes.loyalty',
  });
});
