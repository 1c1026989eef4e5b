import { beforeAll, expect, test } from 'vitest';
import type { InfosetAccount } from '../../src/simulators/infoset/account.js';
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
  typeFromBlocker,
  updateField,
  workspace,
} from '../support/destination.js';
import { documentNamed } from '../support/documents.js';
import {
  connectedProject,
  ended,
  extract,
  issuesOf,
  type RunView,
  simulator,
  smallAccount,
  startRun,
} from '../support/extraction.js';
import { provisionWithDealType, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

const signOff = (runId: string, mappingHash: string) =>
  root.mutate(
    'signOff',
    'SignOffInput',
    { runId, mappingHash, note: 'seen' },
    'run { id signOff { signedBy mappingHash sampleDigest note } }',
  );
const sandboxInput = (projectId: string) => ({ projectId, kind: 'SANDBOX', environment: 'SANDBOX' }) as const;
const productionInput = (projectId: string) => ({ projectId, kind: 'PRODUCTION', environment: 'PRODUCTION' }) as const;
const mappingHash = async (projectId: string): Promise<string> =>
  (await root.ask(`{ project(id: "${projectId}") { mapping { hash } } }`)).data.project.mapping.hash;

async function provisionSandbox(projectId: string, intercom: Awaited<ReturnType<typeof workspace>>): Promise<RunView> {
  intercom.workspace.objectTypes = [];
  const run = await provision(root, projectId, 'SANDBOX');
  if (run.state !== 'BLOCKED') return run;
  intercom.workspace.objectTypes = [typeFromBlocker(run.blockedBy[0]!.message)];
  await root.mutate('resumeRun', 'RunActionInput', { runId: run.id }, 'run { id }');
  return ended(root, run.id);
}

async function sandboxProject(tickets: number, change: (account: InfosetAccount) => void = () => {}) {
  const infoset = await simulator(smallAccount(tickets));
  change(infoset.account);
  const [sandbox, production] = [await workspace(), await workspace()];
  sandbox.workspace.app.id_code = 'sandbox1';
  const projectId = await connectedProject(root, infoset);
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  await connectDestination(root, projectId, production);
  await connectDestination(root, projectId, sandbox, 'SANDBOX');
  await confirmProposal(root, projectId);
  await answerAgents(root, projectId);
  expect((await provisionSandbox(projectId, sandbox)).state).toBe('SUCCEEDED');
  expect((await provisionWithDealType(root, projectId, production)).state).toBe('SUCCEEDED');
  return { projectId, infoset, sandbox, production };
}

interface Issues {
  edges: { node: { id: string; severity: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

async function runSandbox(projectId: string): Promise<RunView> {
  const { run, userErrors } = await startRun(root, sandboxInput(projectId));
  expect(userErrors).toEqual([]);
  return ended(root, run.id, 600_000);
}

/** The totals of the tickets that a run shows while it loads them. */
async function ticketTotals(runId: string): Promise<Set<number | null>> {
  type Phase = { recordType: string; state: string; counts: { source: number | null } };
  const client = root.webSocket();
  const query = `subscription { runProgress(runId: "${runId}") { phases { recordType state counts { source } } } }`;
  const totals = new Set<number | null>();
  for await (const { data } of client.iterate<{ runProgress: { phases: Phase[] } }>({ query }))
    for (const { recordType, state, counts } of data!.runProgress.phases)
      if (recordType === 'TICKET' && state === 'RUNNING') totals.add(counts.source);
  await client.dispose();
  return totals;
}

test('a sample of a larger account: its sizes, what it shows, and that production needs its sign-off', async () => {
  const { projectId, infoset, sandbox, production } = await sandboxProject(80, held => {
    const [merged, into] = held.all('tickets').slice(-2);
    held.put('tickets', { ...merged!, mergedIntoId: into!.id });
  });
  expect(await blockersOf(root, projectId)).toContain('SIGN_OFF_REQUIRED');
  expect(codes(await startRun(root, productionInput(projectId)))).toEqual(['SIGN_OFF_REQUIRED']);
  expect(codes(await startRun(root, { ...sandboxInput(projectId), environment: 'PRODUCTION' }))).toEqual(['INVALID_INPUT']);
  const started = (await startRun(root, sandboxInput(projectId))).run;
  const totals = await ticketTotals(started.id);
  const run = await ended(root, started.id);
  expect((await issuesOf(root, projectId)).filter(({ severity }) => severity === 'ERROR')).toEqual([]);
  expect(run.state).toBe('SUCCEEDED');

  const { account } = infoset;
  const held = sandbox.workspace;
  const ids = [...held.conversations.values()]
    .map(each => each.custom_attributes.infoset_ticket_id)
    .filter(Boolean)
    .map(String);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...totals]).toEqual([ids.length]);
  expect(ids.length).toBeGreaterThanOrEqual(50);
  expect(ids.length).toBeLessThan(80);
  const tickets = ids.map(id => account.get('tickets', id)!);
  const channels = new Set(account.all('tickets').map(each => each.channel));
  expect(new Set(tickets.map(each => each.channel))).toEqual(channels);
  const longest = Math.max(...account.all('tickets').map(({ id }) => account.logs(String(id)).length));
  expect(Math.max(...ids.map(id => account.logs(id).length))).toBe(longest);
  expect(tickets.some(each => each.mergedIntoId)).toBe(true);
  const contacts = [...held.contacts.values()].filter(each => !each.external_id?.endsWith('placeholder'));
  expect(contacts.length).toBeGreaterThanOrEqual(50);
  expect(held.companies.size).toBeGreaterThanOrEqual(10);
  expect(held.articles.size).toBeGreaterThanOrEqual(5);
  expect(held.articles.size).toBeLessThanOrEqual(10);
  expect(production.workspace.conversations.size).toBe(0);

  const { data } = await root.ask(`{ project(id: "${projectId}") { stage signOffState
    sandbox: reconciliation(environment: SANDBOX) { balanced rows { recordType source staged loaded verified } }
    sampleReview(recordType: TICKET, first: 100) { edges { node { sourceId destinationId reason lines { field source destination } } } pageInfo { hasNextPage } } } }`);
  expect(data.project).toMatchObject({ stage: 'SANDBOX', signOffState: 'MISSING', sandbox: { balanced: true } });
  const rowOf = (type: string) => data.project.sandbox.rows.find((each: { recordType: string }) => each.recordType === type);
  expect(rowOf('TICKET')).toMatchObject({ source: null, staged: ids.length, loaded: ids.length, verified: ids.length });
  const reviews = data.project.sampleReview.edges.map((edge: { node: { sourceId: string } }) => edge.node);
  expect(reviews.map((each: { sourceId: string }) => each.sourceId).sort()).toEqual(ids.sort());
  for (const { lines } of reviews) expect(lines.length).toBeGreaterThan(3);
  expect(await documentNamed(root, projectId, 'sandbox/sample-review.html')).toBeTruthy();

  const hash = await mappingHash(projectId);
  expect(codes(await signOff(run.id, 'another'))).toEqual(['STALE_MAPPING']);
  const { data: signed } = await root.ask(`{ run(id: "${run.id}") { sampleDigest signOff { note } } }`);
  expect(signed.run.signOff).toBeNull();
  expect(await signOff(run.id, hash)).toMatchObject({
    userErrors: [],
    run: { signOff: { mappingHash: hash, sampleDigest: signed.run.sampleDigest, note: 'seen' } },
  });
  expect(await blockersOf(root, projectId)).toEqual([]);
});

test('a small account moves completely; failures must be waived before the sign-off, which a later run or mapping makes stale', async () => {
  const { projectId, infoset, sandbox } = await sandboxProject(15);
  sandbox.server.faults.add({ kind: 'REFUSED', method: 'POST', path: '/companies', times: 1 });
  const run = await runSandbox(projectId);
  expect(run.state).toBe('INCOMPLETE');
  const tickets = [...sandbox.workspace.conversations.values()].filter(each => each.custom_attributes.infoset_ticket_id);
  expect(tickets.length).toBe(infoset.account.all('tickets').length);
  const hash = await mappingHash(projectId);
  expect(codes(await signOff(run.id, hash))).toEqual(['SANDBOX_NOT_PASSED']);
  for (let after: string | null = null; ; ) {
    const { data }: { data: { project: { issues: Issues } } } = await root.ask(
      `query ($id: ID!, $after: String) { project(id: $id) { issues(first: 100, after: $after) { edges { node { id severity } } pageInfo { hasNextPage endCursor } } } }`,
      { id: projectId, after },
    );
    const { edges, pageInfo } = data.project.issues;
    for (const { node } of edges.filter(each => each.node.severity === 'ERROR'))
      await root.mutate(
        'updateIssue',
        'UpdateIssueInput',
        { issueId: node.id, status: 'WAIVED', note: 'known' },
        'issue { status }',
      );
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  const { data: sandboxed } = await root.ask(
    `{ project(id: "${projectId}") { reconciliation(environment: SANDBOX) { balanced rows { recordType staged loaded verified skipped failed balanced } } } }`,
  );
  expect(sandboxed.project.reconciliation.rows.filter((each: { balanced: boolean }) => !each.balanced)).toEqual([]);
  expect(await signOff(run.id, hash)).toMatchObject({ userErrors: [] });
  // A run of another kind, and one that does not exist.
  const { data: runs } = await root.ask(
    `{ project(id: "${projectId}") { runs(kind: EXTRACTION, first: 1) { edges { node { id } } } } }`,
  );
  expect(codes(await signOff(runs.project.runs.edges[0].node.id, hash))).toEqual(['SANDBOX_NOT_PASSED']);
  expect((await reconciliation(root, projectId)).balanced).toBe(false);

  // A newer SANDBOX run loads what was refused, and makes the sign-off stale.
  expect(await blockersOf(root, projectId)).toEqual([]);
  const repaired = await runSandbox(projectId);
  expect(repaired.state).toBe('SUCCEEDED');
  expect(codes(await startRun(root, productionInput(projectId)))).toEqual(['SIGN_OFF_STALE']);
  expect(codes(await signOff(run.id, hash))).toEqual(['SIGN_OFF_STALE']);
  // One more writes nothing.
  const writes = sandbox.writes();
  const again = await runSandbox(projectId);
  expect([again.state, sandbox.writes()]).toEqual(['SUCCEEDED', writes]);
  expect(codes(await signOff(repaired.id, hash))).toEqual(['SIGN_OFF_STALE']);
  expect((await signOff(again.id, hash)).userErrors).toEqual([]);

  // So does another mapping; a later extraction does not.
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  expect(await blockersOf(root, projectId)).toEqual([]);
  const { mapping } = await proposeMapping(root, projectId);
  const priority = named(await fieldsOf(root, projectId), 'TICKET', 'priority');
  const edited = await updateField(root, {
    fieldMappingId: priority.id,
    action: 'MAP',
    targetPath: 'conversation.custom_attributes.importance',
  });
  expect(edited.userErrors).toEqual([]);
  await confirmMapping(root, mapping.id, edited.mapping.hash);
  expect(await blockersOf(root, projectId)).toContain('SIGN_OFF_STALE');
  expect(codes(await signOff(again.id, hash))).toEqual(['STALE_MAPPING']);
});
