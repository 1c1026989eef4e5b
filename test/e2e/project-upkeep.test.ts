import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { parseId } from '../../src/domain/model/ids.js';
import { codes, placeholder, workspace } from '../support/destination.js';
import { connectedProject, simulator, smallAccount } from '../support/extraction.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
let ownerUrl: string;
beforeAll(async () => {
  const { root: partner, database } = await serverOfThisFile(quickTimes);
  root = partner;
  ownerUrl = database.ownerUrl;
});

const asOwner = async (sql: string, parameters: unknown[]) => {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    return (await owner.query(sql, parameters)).rows;
  } finally {
    await owner.end();
  }
};

/** A run of the project in this state, without a worker. */
const addRun = (projectId: string, kind: string, state: string, environment: string | null = null) =>
  asOwner(
    `INSERT INTO landfall.runs (project_id, organization_id, kind, state, environment) SELECT id, organization_id, $2, $3, $4 FROM landfall.projects WHERE id = $1`,
    [parseId(projectId).uuid, kind, state, environment],
  );
const endRuns = (projectId: string) =>
  asOwner(`UPDATE landfall.runs SET state = 'FAILED' WHERE project_id = $1`, [parseId(projectId).uuid]);

const act = (mutation: string, projectId: string) =>
  root.mutate(mutation, 'ArchiveProjectInput', { projectId }, 'project { archivedAt allowedActions }');
const listed = async (args: string): Promise<string[]> => {
  const { data } = await root.ask(`{ projects(first: 100${args}) { edges { node { id } } } }`);
  return data.projects.edges.map(({ node }: { node: { id: string } }) => node.id);
};
const update = (projectId: string, input: object) =>
  root.mutate('updateProject', 'UpdateProjectInput', { projectId, ...input }, 'project { name timeZone }');

test('an archived project is hidden from lists and can only be read, until it is restored', async () => {
  const projectId = (await root.createProject({ name: 'Archive' })).project.id as string;
  await addRun(projectId, 'EXTRACTION', 'PAUSED');
  expect(await act('archiveProject', projectId)).toMatchObject({
    project: null,
    userErrors: [{ code: 'RUN_ALREADY_ACTIVE', retryable: true }],
  });
  await endRuns(projectId);
  const { project } = await act('archiveProject', projectId);
  expect(project).toEqual({ archivedAt: expect.any(String), allowedActions: ['unarchiveProject'] });
  // A repetition changes nothing.
  expect((await act('archiveProject', projectId)).project).toEqual(project);
  expect(await listed('')).not.toContain(projectId);
  expect(await listed(', archived: true')).toEqual([projectId]);
  expect(codes(await update(projectId, { name: 'Other' }))).toEqual(['PROJECT_ARCHIVED']);
  const started = await root.mutate('startRun', 'StartRunInput', { projectId, kind: 'DISCOVERY' }, 'run { id }');
  expect(codes(started)).toEqual(['PROJECT_ARCHIVED']);
  const { data } = await root.ask(
    `{ project(id: "${projectId}") { name availableRunKinds { reasons { code } } events { edges { node { type } } } } }`,
  );
  expect(new Set(data.project.availableRunKinds.map((kind: { reasons: { code: string }[] }) => kind.reasons[0]!.code))).toEqual(
    new Set(['PROJECT_ARCHIVED']),
  );
  expect((await act('unarchiveProject', projectId)).project.archivedAt).toBeNull();
  expect(await listed('')).toContain(projectId);
  expect((await update(projectId, { name: 'Other' })).project.name).toBe('Other');
  expect(data.project.events.edges.at(-1).node.type).toBe('PROJECT_ARCHIVED');
});

test('objects of an archived project cannot be changed', async () => {
  const projectId = (await root.createProject({ name: 'Archive' })).project.id as string;
  const [issue] = await asOwner(
    `INSERT INTO landfall.issues (project_id, organization_id, code, severity, message)
     SELECT id, organization_id, 'DETAIL_MISSING', 'WARNING', 'x' FROM landfall.projects WHERE id = $1 RETURNING 'iss_' || id AS id`,
    [parseId(projectId).uuid],
  );
  const [agent] = await asOwner(
    `INSERT INTO landfall.agents (project_id, organization_id, source_id, name)
     SELECT id, organization_id, '1', 'x' FROM landfall.projects WHERE id = $1 RETURNING 'agt_' || id AS id`,
    [parseId(projectId).uuid],
  );
  await act('archiveProject', projectId);
  const status = { issueId: issue.id, status: 'WAIVED' };
  const answer = { agentId: agent.id, usePlaceholder: true };
  const calls: [string, string, object][] = [
    ['updateIssue', 'UpdateIssueInput', status],
    ['updateIssues', 'UpdateIssuesInput', { items: [status] }],
    ['resolveAgent', 'ResolveAgentInput', answer],
    ['resolveAgents', 'ResolveAgentsInput', { items: [answer] }],
    ['removeConnection', 'RemoveConnectionInput', { projectId, side: 'SOURCE' }],
    ['closeProject', 'CloseProjectInput', { projectId }],
    ['proposeMapping', 'ProposeMappingInput', { projectId }],
  ];
  for (const [mutation, type, input] of calls)
    expect([mutation, codes(await root.mutate(mutation, type, input as Record<string, unknown>, '__typename'))]).toEqual([
      mutation,
      ['PROJECT_ARCHIVED'],
    ]);
});

const connectionFields = 'id side options';
const connect = (projectId: string, input: Record<string, unknown>) =>
  root.mutate('setConnection', 'SetConnectionInput', { projectId, ...input }, `connection { ${connectionFields} status }`);
const remove = (projectId: string, side: string) =>
  root.mutate('removeConnection', 'RemoveConnectionInput', { projectId, side }, 'project { connections { side } }');

test('a connection is a node, takes typed options, and is removed as long as no run has used it', async () => {
  const projectId = await connectedProject(root, await simulator(smallAccount(5)));
  const { url: baseUrl, settings } = await workspace();
  const access = { side: 'DESTINATION', baseUrl, secret: settings.token };
  const typed = { placeholderTeammateEmail: placeholder, dealsAs: 'CONTACT_ATTRIBUTES', seats: 4, region: null };
  const { connection } = await connect(projectId, { ...access, destinationOptions: typed });
  expect(connection).toMatchObject({
    id: expect.stringMatching(/^con_/),
    status: 'OK',
    options: { placeholderTeammateEmail: placeholder, dealsAs: 'CONTACT_ATTRIBUTES', seats: 4 },
  });
  const { data } = await root.ask(`{ node(id: "${connection.id}") { id ... on PlatformConnection { side options } } }`);
  expect(data.node).toEqual({ id: connection.id, side: 'DESTINATION', options: connection.options });
  const wrong = await connect(projectId, { ...access, options: {}, destinationOptions: { seats: -1 }, sourceOptions: {} });
  expect(wrong.userErrors.map(({ path }: { path: string[] }) => path.slice(1).join('.'))).toEqual([
    'sourceOptions',
    'options',
    'destinationOptions.seats',
  ]);
  const nobody = await connect(projectId, { ...access, destinationOptions: { placeholderTeammateEmail: 'nobody@x.example' } });
  expect(nobody.userErrors[0]).toMatchObject({
    code: 'TEAMMATE_NOT_FOUND',
    path: ['input', 'destinationOptions', 'placeholderTeammateEmail'],
  });
  // Set again, it stays the same node.
  expect((await connect(projectId, { ...access, destinationOptions: typed })).connection.id).toBe(connection.id);

  await addRun(projectId, 'DISCOVERY', 'PAUSED');
  expect(codes(await remove(projectId, 'DESTINATION'))).toEqual(['RUN_ALREADY_ACTIVE']);
  await endRuns(projectId);
  expect((await remove(projectId, 'DESTINATION')).project.connections).toEqual([{ side: 'SOURCE' }]);
  expect(codes(await remove(projectId, 'DESTINATION'))).toEqual(['NOT_FOUND']);
  const { data: after } = await root.ask(
    `{ node(id: "${connection.id}") { id } project(id: "${projectId}") { teammates { totalCount } } }`,
  );
  expect(after).toEqual({ node: null, project: { teammates: { totalCount: 0 } } });
  await addRun(projectId, 'EXTRACTION', 'FAILED');
  expect(codes(await remove(projectId, 'SOURCE'))).toEqual(['CONNECTION_IN_USE']);
});

test('the time zone of a project becomes an option of its source, unless the connection names one', async () => {
  const { url: baseUrl, settings } = await simulator(smallAccount(5));
  const access = { side: 'SOURCE', baseUrl, secret: settings.credentials.apiKey };
  expect(codes(await root.createProject({ name: 'Zone', timeZone: 'Mars/Base' }))).toEqual(['INVALID_INPUT']);
  const projectId = (await root.createProject({ name: 'Zone', timeZone: 'Europe/Berlin' })).project.id as string;
  expect((await connect(projectId, access)).connection.options).toEqual({ timeZone: 'Europe/Berlin' });
  expect((await connect(projectId, { ...access, sourceOptions: { timeZone: 'Asia/Baku' } })).connection.options).toEqual({
    timeZone: 'Asia/Baku',
  });
  expect((await update(projectId, { timeZone: 'Europe/Paris' })).project.timeZone).toBe('Europe/Paris');
  expect((await connect(projectId, access)).connection.options).toEqual({ timeZone: 'Europe/Paris' });
});
