import { beforeAll, expect, test } from 'vitest';
import {
  agentsOf,
  attributePaths,
  blockersOf,
  codes,
  confirmProposal,
  connectDestination,
  fieldsOf,
  isOwn,
  named,
  placeholder,
  provision,
  resolveAgent,
  workspace,
} from '../support/destination.js';
import {
  connectedProject,
  ended,
  extractedProject,
  issuesOf,
  setConnection,
  simulator,
  smallAccount,
  startRun,
} from '../support/extraction.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile({ ...quickTimes, REQUEST_TIMEOUT_MS: '1000' }));
});

const extracted = (account = smallAccount(60)) => extractedProject(root, account);

const blockers = (projectId: string) => blockersOf(root, projectId);

test('provisioning finds or creates exactly what the mapping names, and nothing a second time', async () => {
  const intercom = await workspace();
  const before = {
    id: 77,
    name: 'musteri_tipi',
    model: 'contact' as const,
    data_type: 'string',
    options: ['Bireysel', 'Other'],
    archived: false,
  };
  intercom.workspace.attributes.push(before);
  intercom.workspace.tags.set('5', { id: '5', name: 'vip' });
  const projectId = await extracted();
  await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  expect(await provision(root, projectId)).toMatchObject({ state: 'SUCCEEDED', progress: { fraction: 1 } });
  const fields = await fieldsOf(root, projectId);
  // The attributes of the Deal type are made by hand.
  const mapped = fields.flatMap(({ targetPath }) =>
    /^(?!deal).*\.custom_attributes\./.test(targetPath ?? '') ? [targetPath!] : [],
  );
  const made = attributePaths(intercom.workspace.attributes);
  expect(made.filter(path => !isOwn(path))).toEqual(mapped.filter(path => !isOwn(path)).sort());
  expect(mapped.filter(path => !made.includes(path))).toEqual([]);
  expect(before.options).toEqual(expect.arrayContaining(['Bireysel', 'Kurumsal', 'Other']));
  const tags = named(fields, 'TAG', 'name').values.map(({ to }) => to!.toLowerCase());
  expect([...intercom.workspace.tags.values()].map(({ name }) => name.toLowerCase()).sort()).toEqual([...new Set(tags)].sort());
  const { data } = await root.ask(
    `{ project(id: "${projectId}") { stage provisionedObjects { kind name origin destinationId } } }`,
  );
  expect(data.project.stage).toBe('SANDBOX');
  expect(data.project.provisionedObjects).toContainEqual({
    kind: 'CONTACT_ATTRIBUTE',
    name: 'musteri_tipi',
    origin: 'FOUND',
    destinationId: '77',
  });
  expect(data.project.provisionedObjects).toContainEqual(expect.objectContaining({ name: 'channel_source', origin: 'CREATED' }));
  const writes = intercom.writes();
  expect((await provision(root, projectId)).state).toBe('SUCCEEDED');
  expect(intercom.writes()).toBe(writes);
  const again = await root.ask(`{ project(id: "${projectId}") { provisionedObjects { kind name origin destinationId } } }`);
  expect(again.data.project.provisionedObjects).toEqual(data.project.provisionedObjects);
});

test('each refusal of the workspace is an issue, the others are created; after the correction the run succeeds', async () => {
  const intercom = await workspace();
  const standing = { options: [], archived: false };
  intercom.workspace.attributes.push(
    { id: 78, name: 'infoset_csat_score', model: 'conversation', data_type: 'string', ...standing },
    { id: 79, name: 'infoset_updated_at', model: 'contact', data_type: 'string', ...standing },
    // Answers show it as they show a datetime: that is no conflict.
    { id: 80, name: 'infoset_company_updated_at', model: 'company', data_type: 'date', ...standing },
  );
  const projectId = await extracted();
  await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  expect((await provision(root, projectId)).state).toBe('INCOMPLETE');
  const conflicts = (await issuesOf(root, projectId)).filter(({ code }) => code === 'ATTRIBUTE_CONFLICT');
  expect(conflicts.map(({ severity, message }) => [severity, /\w+ is needed/.exec(message)?.[0]]).sort()).toEqual([
    ['ERROR', 'date is needed'],
    ['ERROR', 'integer is needed'],
  ]);
  expect(await blockers(projectId)).toContain('NOT_PROVISIONED');
  expect(intercom.workspace.attributes.length).toBeGreaterThan(10);
  intercom.workspace.attributes.splice(0, 2);
  expect((await provision(root, projectId)).state).toBe('SUCCEEDED');
});

test('answers lost after their effect, and late effects: each attribute exists once anyway', async () => {
  const intercom = await workspace();
  const projectId = await extracted(smallAccount(20));
  await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  for (const kind of ['RESET_AFTER', 'LATE', 'SERVER_ERROR', 'SERVER_ERROR_BEFORE'] as const) {
    intercom.server.faults.add({ kind, method: 'POST', times: 2, share: 0.4, delayMs: 100, seed: 5 });
  }
  expect((await provision(root, projectId)).state).toBe('SUCCEEDED');
  const made = attributePaths(intercom.workspace.attributes);
  expect(new Set(made).size).toBe(made.length);
  const { data } = await root.ask(`{ project(id: "${projectId}") { provisionedObjects { kind origin } } }`);
  const found = data.project.provisionedObjects.filter((each: { origin: string }) => each.origin !== 'CREATED');
  expect(found).toEqual([{ kind: 'OBJECT_TYPE', origin: 'FOUND' }]);
});

test('a token that is revoked in the middle: blocked with a code, and continued with a valid token', async () => {
  const intercom = await workspace({ latencyMs: 15 });
  const { token } = intercom.settings;
  const projectId = await extracted(smallAccount(20));
  await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  const { run } = await startRun(root, { projectId, kind: 'PROVISIONING', environment: 'PRODUCTION' });
  expect(codes(await startRun(root, { projectId, kind: 'PROVISIONING', environment: 'PRODUCTION' }))).toEqual(['WORKSPACE_BUSY']);
  while (intercom.workspace.attributes.length < 5) await new Promise(resolve => setTimeout(resolve, 5));
  intercom.settings.token = 'another';
  expect(await ended(root, run.id)).toMatchObject({ state: 'BLOCKED', blockedBy: [{ code: 'DESTINATION_UNAUTHORIZED' }] });
  intercom.settings.token = token;
  await root.mutate('resumeRun', 'RunActionInput', { runId: run.id }, 'run { id }');
  expect((await ended(root, run.id)).state).toBe('SUCCEEDED');
  const made = attributePaths(intercom.workspace.attributes);
  expect(new Set(made).size).toBe(made.length);
  // Another workspace behind the same address is not written to.
  intercom.workspace.app.id_code = 'other999';
  const writes = intercom.writes();
  const swapped = await startRun(root, { projectId, kind: 'PROVISIONING', environment: 'PRODUCTION' });
  expect(await ended(root, swapped.run.id)).toMatchObject({ state: 'BLOCKED', blockedBy: [{ code: 'WORKSPACE_CHANGED' }] });
  expect(intercom.writes()).toBe(writes);
});

test('connections: problems of a workspace are reported', async () => {
  const projectId = await connectedProject(root, await simulator(smallAccount(3)));
  const intercom = await workspace();
  const connect = (input: object) =>
    setConnection(root, projectId, { side: 'DESTINATION', baseUrl: intercom.url, secret: intercom.settings.token, ...input });
  expect((await connect({})).connection).toMatchObject({
    side: 'DESTINATION',
    status: 'OK',
    detail: null,
    workspaceName: 'Ege Destek (EU)',
  });
  expect((await connect({ secret: 'wrong' })).connection).toMatchObject({
    status: 'FAILED',
    detail: expect.stringContaining('401'),
  });
  expect((await connect({ options: { region: 'US' } })).connection).toMatchObject({
    status: 'FAILED',
    detail: expect.stringContaining('region EU'),
  });
  expect(codes(await connect({ options: { colour: 'red' } }))).toEqual(['INVALID_INPUT']);
  intercom.settings.forbidden = ['/conversations'];
  expect((await connect({})).connection).toMatchObject({
    status: 'FAILED',
    detail: expect.stringContaining('Read conversations'),
  });
  intercom.settings.forbidden = [];
  expect((await connect({})).connection.status).toBe('OK');
  // A list that refuses the form of the request is not a missing permission, and addresses are only used for a comparison.
  const { faults } = intercom.server;
  faults.add({ kind: 'REFUSED', method: 'GET', path: '/companies', times: 1 });
  faults.add({ kind: 'REFUSED', method: 'GET', path: '/emails', times: 1 });
  expect((await connect({})).connection).toMatchObject({ status: 'OK', detail: null });
  faults.add({ kind: 'SERVER_ERROR_BEFORE', method: 'GET', path: '/emails', times: 2 });
  expect((await connect({})).connection).toMatchObject({ status: 'FAILED', detail: expect.stringContaining('502') });
  expect(faults.done).toMatchObject({ REFUSED: 2, SERVER_ERROR_BEFORE: 2 });
  expect((await connect({})).connection.status).toBe('OK');
  // The production workspace as sandbox.
  expect((await connect({ side: 'SANDBOX' })).connection).toMatchObject({
    status: 'FAILED',
    detail: expect.stringContaining('DESTINATION'),
  });
  const other = await workspace();
  other.workspace.app.id_code = 'zz99';
  expect((await connect({ side: 'SANDBOX', baseUrl: other.url })).connection.status).toBe('OK');
});

test('agents: matched by address without regard to case, the rest wait for an answer', async () => {
  const intercom = await workspace();
  const projectId = await extracted(smallAccount(20));
  expect((await agentsOf(root, projectId)).map(({ status }) => status)).toEqual(Array(12).fill('UNMATCHED'));
  const emails = (await agentsOf(root, projectId)).map(({ email }) => email!);
  intercom.workspace.admins = [
    { id: '1', name: 'A', email: emails[0]!.toUpperCase() },
    { id: '2', name: 'B', email: emails[1]!.replaceAll('i', 'İ') },
    { id: '3', name: 'Migration', email: placeholder },
  ];
  await connectDestination(root, projectId, intercom);
  const agents = await agentsOf(root, projectId);
  expect(
    agents
      .filter(({ status }) => status === 'MATCHED')
      .map(({ email }) => email)
      .sort(),
  ).toEqual([emails[0], emails[1]].sort());
  expect(agents.find(({ email }) => email === emails[0])!.teammates).toEqual([{ environment: 'PRODUCTION', teammateId: '1' }]);
  const waiting = agents.find(({ status }) => status === 'UNMATCHED')!;
  expect(codes(await resolveAgent(root, { agentId: waiting.id, teammateEmail: 'nobody@ege.example' }))).toEqual([
    'TEAMMATE_NOT_FOUND',
  ]);
  expect(codes(await resolveAgent(root, { agentId: waiting.id }))).toEqual(['INVALID_INPUT']);
  expect(codes(await resolveAgent(root, { agentId: waiting.id, teammateEmail: placeholder, usePlaceholder: true }))).toEqual([
    'INVALID_INPUT',
  ]);
  expect((await resolveAgent(root, { agentId: waiting.id, teammateEmail: placeholder.toUpperCase() })).agent).toMatchObject({
    status: 'MATCHED',
    teammateEmail: placeholder,
  });
  // A choice survives the next match; a team without a counterpart is reported.
  await connectDestination(root, projectId, intercom);
  expect((await agentsOf(root, projectId)).find(({ id }) => id === waiting.id)).toMatchObject({
    status: 'MATCHED',
    teammateEmail: placeholder,
  });
  const teams = (await issuesOf(root, projectId)).filter(({ code }) => code === 'TEAM_UNMATCHED');
  expect(teams.length).toBeGreaterThan(0);
  expect(teams.map(({ message }) => message)).not.toContainEqual(expect.stringContaining('“Destek”'));
});
