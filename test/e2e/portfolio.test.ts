import { beforeAll, expect, test } from 'vitest';
import { extract, setConnection, simulator, smallAccount } from '../support/extraction.js';
import { until } from '../support/processes.js';
import { seeded } from '../support/seeded.js';
import { firstOf, Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

interface Followed {
  projectId: string;
  name: string;
  stage: string;
  archivedAt: string | null;
  isBlocked: boolean;
  openErrors: number;
  lastSeq: number;
  runs: { state: string; fraction: number; kind: string }[];
  events: { seq: number; type: string }[];
}

const query = `subscription ($organizationId: ID, $after: [PortfolioPosition!]) { portfolio(organizationId: $organizationId, after: $after) {
  remaining omitted projects { projectId name stage archivedAt isBlocked openErrors lastSeq runs { state fraction kind } events { seq type } } } }`;

/** The updates of a subscription as they come, until it is ended. */
function follow(partner: Partner, variables: Record<string, unknown> = {}) {
  const client = partner.webSocket();
  const projects: Followed[] = [];
  let failure: unknown = null;
  const read = async () => {
    for await (const { data, errors } of client.iterate<{ portfolio: { projects: Followed[] } }>({ query, variables })) {
      if (errors) throw errors[0];
      projects.push(...data!.portfolio.projects);
    }
  };
  const done = read().catch(error => {
    failure = error;
  });
  const end = async () => {
    await client.dispose();
    await done;
  };
  return { projects, end, failure: () => failure, last: (id: string) => projects.findLast(({ projectId }) => projectId === id) };
}

const newProject = async (partner: Partner, name: string) => (await partner.createProject({ name })).project.id as string;
const rename = (partner: Partner, projectId: string, name: string) =>
  partner.mutate('updateProject', 'UpdateProjectInput', { projectId, name }, 'project { id }');

test('each project in reach is shown once, then when it changes: new, renamed, running, archived; those of others never', async () => {
  const ours = await root.below('AGENCY');
  const customer = await ours.below('CUSTOMER');
  const theirs = await root.below('AGENCY');
  const [first, below, foreign] = [
    await newProject(ours, 'First'),
    await newProject(customer, 'Below'),
    await newProject(theirs, 'Foreign'),
  ];
  const limited = await ours.createApiKey({
    organizationId: ours.organizationId,
    name: 'k',
    role: 'VIEWER',
    projectIds: [first],
  });
  const { token } = await ours.mutate('createShareToken', 'CreateShareTokenInput', { projectId: first, name: 'g' }, 'token');
  const all = follow(ours);
  const own = follow(ours, { organizationId: ours.organizationId });
  const limitedOnes = [new Partner(root.url, limited.secret), new Partner(root.url, token)].map(partner => follow(partner));
  const followers = [all, own, ...limitedOnes];
  await until('the first updates', () => followers.every(({ last }) => last(first)) && all.last(below), 60_000);
  expect(all.projects.map(({ name }) => name).sort()).toEqual(['Below', 'First']);
  expect(all.last(first)).toMatchObject({
    stage: 'DISCOVERY',
    archivedAt: null,
    isBlocked: false,
    runs: [],
    events: [],
    lastSeq: 1,
  });

  const later = await newProject(customer, 'Later');
  await rename(theirs, foreign, 'Still foreign');
  await rename(ours, first, 'Renamed');
  const infoset = await simulator(smallAccount(5));
  const connected = { baseUrl: infoset.url, secret: infoset.settings.credentials.apiKey };
  expect((await setConnection(ours, below, connected)).connection.status).toBe('OK');
  expect((await extract(ours, below)).state).toBe('SUCCEEDED');
  await ours.mutate('archiveProject', 'ArchiveProjectInput', { projectId: later }, 'project { id }');
  const isUpToDate = () =>
    all.last(later)?.archivedAt &&
    all.last(below)?.stage === 'MAPPING' &&
    followers.every(({ last }) => last(first)?.name === 'Renamed');
  await until('the last updates', isUpToDate, 60_000);
  expect(all.last(below)!.runs).toEqual([{ kind: 'EXTRACTION', state: 'SUCCEEDED', fraction: 1 }]);
  const fractions = all.projects
    .filter(({ projectId }) => projectId === below)
    .flatMap(({ runs }) => runs.map(run => run.fraction));
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  // Its events begin with the subscription, and the project that came later begins with its first.
  const numbers = (id: string) =>
    all.projects.filter(({ projectId }) => projectId === id).flatMap(({ events }) => events.map(({ seq }) => seq));
  const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
  expect(numbers(below)).toEqual(upTo(2, all.last(below)!.lastSeq));
  expect(numbers(later)).toEqual(upTo(1, all.last(later)!.lastSeq));
  expect(all.projects.map(({ name }) => name)).not.toContain('Still foreign');
  expect(own.projects.map(({ name }) => name).sort()).toEqual(['First', 'Renamed']);
  for (const { projects } of limitedOnes) expect(projects.map(({ name }) => name).sort()).toEqual(['First', 'Renamed']);
  for (const { end, failure } of followers) {
    await end();
    expect(failure()).toBeNull();
  }
});

test('with random disconnects every event of every project arrives once, in order', async () => {
  const random = seeded(45);
  const ours = await root.below('AGENCY');
  const ids = [await newProject(ours, 'a'), await newProject(ours, 'b'), await newProject(ours, 'c')];
  const seen = new Map(ids.map(id => [id, [] as number[]]));
  const isComplete = () => ids.every(id => seen.get(id)!.length === 41);
  const write = async () => {
    for (let n = 0; n < 40; n++) for (const id of ids) await rename(ours, id, `name ${n}`);
  };
  const writing = write();
  for (let connections = 0; !isComplete(); connections++) {
    expect(connections).toBeLessThan(200);
    const after = ids.map(projectId => ({ projectId, afterSeq: seen.get(projectId)!.at(-1) ?? 0 }));
    const client = ours.webSocket();
    let updates = 1 + Math.floor(random.next() * 3);
    for await (const { data } of client.iterate<{ portfolio: { projects: Followed[] } }>({ query, variables: { after } })) {
      for (const { projectId, events } of data!.portfolio.projects) seen.get(projectId)!.push(...events.map(({ seq }) => seq));
      if (--updates === 0 || isComplete()) break;
    }
    await client.dispose();
  }
  await writing;
  for (const numbers of seen.values()) expect(numbers).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
});

test('wrong arguments are refused before the first update', async () => {
  const theirs = await root.below('AGENCY');
  const ours = await root.below('AGENCY');
  const refusal = async (variables: object) =>
    JSON.stringify(
      await firstOf(ours.webSocket(), { query, variables: variables as Record<string, unknown> }).catch(error => error),
    );
  expect(await refusal({ organizationId: theirs.organizationId })).toContain('NOT_FOUND');
  expect(await refusal({ organizationId: 'x' })).toContain('MALFORMED_ID');
  expect(await refusal({ after: [{ projectId: 'x', afterSeq: 0 }] })).toContain('MALFORMED_ID');
  const projectId = await newProject(ours, 'x');
  expect(await refusal({ after: [{ projectId, afterSeq: -1 }] })).toContain('INVALID_INPUT');
});
