import { beforeAll, expect, test } from 'vitest';
import type { FaultOrder } from '../../src/simulators/faults.js';
import { accountOf, article, category, contact, email, log, ticket } from '../support/account.js';
import { delta, verification } from '../support/delta.js';
import { answerAgents, codes, confirmProposal, connectDestination, provision, workspace } from '../support/destination.js';
import { connectedProject, ended, extract, issuesOf, simulator, startRun } from '../support/extraction.js';
import { expectBalanced, produce, signOffDirectly } from '../support/load.js';
import { executePlan, makePlan } from '../support/rollback.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

const account = accountOf({
  contacts: [contact(1001, { customFields: { Segment: 'A' } }), contact(1002), contact(1003)],
  articlecategories: [category(10)],
  articles: [article(20, '<p>Metin</p>')],
  tickets: [1, 2, 3].map(id => ticket(id, { contactId: 1000 + id, logCount: 1 })),
  ticketlogs: [1, 2, 3].map(id =>
    log(id, id, { content: `Merhaba ${id}`, contactId: 1000 + id, ...(id === 1 ? { type: 'email', emailId: 7 } : {}) }),
  ),
  emails: [email(7, { textBody: 'Merhaba 1' })],
});

interface IssueNode {
  id: string;
  code: string;
  status: string;
  recordType: string | null;
  sourceId: string | null;
}

async function failures(projectId: string): Promise<IssueNode[]> {
  const { data } = await root.ask(
    `{ project(id: "${projectId}") { issues(severity: ERROR, order: OLDEST, first: 50) { edges { node { id code status recordType sourceId } } } } }`,
  );
  return data.project.issues.edges.map(({ node }: { node: IssueNode }) => node);
}
const openOnes = async (projectId: string) =>
  (await failures(projectId))
    .filter(({ status }) => status === 'OPEN')
    .map(({ code, recordType, sourceId }) => `${code} ${recordType ?? ''} ${sourceId ?? ''}`.trim())
    .sort();

const retry = (input: Record<string, unknown>) =>
  root.mutate('retryIssues', 'RetryIssuesInput', input, 'run { id kind loadPlan { retriedIssueIds retriedCode } }');

test('a run of each kind that leaves something out is INCOMPLETE with an issue, and SUCCEEDED once nothing is left; issues are retried alone', async () => {
  const infoset = await simulator(account);
  const intercom = await workspace();
  const refuse = (
    { server }: { server: { faults: { add(order: FaultOrder): void } } },
    path: string,
    method: string,
    times = 1,
  ) => server.faults.add({ kind: 'REFUSED', path, method, times });
  const projectId = await connectedProject(root, infoset);

  refuse(infoset, '/email/7', 'GET');
  expect((await extract(root, projectId)).state).toBe('INCOMPLETE');
  expect((await issuesOf(root, projectId)).map(({ code }) => code)).toContain('DETAIL_FAILED');
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');

  await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  await answerAgents(root, projectId);
  refuse(intercom, '/data_attributes', 'POST');
  expect((await provision(root, projectId)).state).toBe('INCOMPLETE');
  expect(await openOnes(projectId)).toContainEqual(expect.stringContaining('ATTRIBUTE_REFUSED'));
  expect((await provision(root, projectId)).state).toBe('SUCCEEDED');

  refuse(intercom, '/conversations', 'POST', 2);
  expect((await produce(root, projectId)).state).toBe('INCOMPLETE');
  const failed = (await failures(projectId)).filter(({ code }) => code === 'LOAD_FAILED');
  expect(failed.map(({ recordType, status }) => [recordType, status])).toEqual([
    ['TICKET', 'OPEN'],
    ['TICKET', 'OPEN'],
  ]);
  const [first, second] = failed as [IssueNode, IssueNode];

  // Alone: the other one is not even tried.
  const inProduction = { projectId, environment: 'PRODUCTION' };
  const alone = await retry({ ...inProduction, issueIds: [first.id] });
  expect(alone).toMatchObject({
    run: { kind: 'PRODUCTION', loadPlan: { retriedIssueIds: [first.id], retriedCode: null } },
    userErrors: [],
  });
  expect((await ended(root, alone.run.id)).state).toBe('INCOMPLETE');
  expect((await failures(projectId)).filter(({ code }) => code === 'LOAD_FAILED').map(({ status }) => status)).toEqual([
    'RESOLVED',
    'OPEN',
  ]);
  const isThere = (id: string) =>
    [...intercom.workspace.conversations.values()].some(each => each.custom_attributes.infoset_ticket_id === id);
  expect([first, second].map(({ sourceId }) => isThere(sourceId!))).toEqual([true, false]);

  // By code; and each wrong question.
  expect(codes(await retry({ ...inProduction }))).toEqual(['INVALID_INPUT']);
  expect(codes(await retry({ ...inProduction, code: 'DETAIL_FAILED' }))).toEqual(['INVALID_INPUT']);
  expect(codes(await retry({ ...inProduction, code: 'CONTACT_LOCKED' }))).toEqual(['NOT_FOUND']);
  expect(codes(await retry({ ...inProduction, issueIds: [projectId] }))).toEqual(['NOT_FOUND']);
  expect(codes(await retry({ ...inProduction, issueIds: ['nonsense'] }))).toEqual(['MALFORMED_ID']);
  expect(codes(await retry({ ...inProduction, issueIds: [second.id], code: 'LOAD_FAILED' }))).toEqual(['INVALID_INPUT']);
  const detail = (await failures(projectId)).find(({ code }) => code === 'DETAIL_FAILED')!;
  expect(codes(await retry({ ...inProduction, issueIds: [detail.id] }))).toEqual(['INVALID_INPUT']);
  const stranger = await root.below('CUSTOMER');
  expect(
    codes(await stranger.mutate('retryIssues', 'RetryIssuesInput', { ...inProduction, issueIds: [second.id] }, 'run { id }')),
  ).toEqual(['NOT_FOUND']);
  const byCode = await retry({ ...inProduction, code: 'LOAD_FAILED' });
  expect(byCode.userErrors).toEqual([]);
  await expectBalanced(root, projectId, (await ended(root, byCode.run.id)).state);

  // What a person deletes is found by a verification, and put right by a retry of its issue.
  const [lost] = [...intercom.workspace.conversations.values()].filter(each => each.custom_attributes.infoset_ticket_id === '2');
  intercom.workspace.conversations.delete(lost!.id);
  expect((await verification(root, projectId)).state).toBe('INCOMPLETE');
  expect(await openOnes(projectId)).toEqual(['VERIFICATION_DIFFERS TICKET 2']);
  const writes = intercom.writes();
  const again = await retry({ ...inProduction, code: 'VERIFICATION_DIFFERS' });
  await expectBalanced(root, projectId, (await ended(root, again.run.id)).state);
  expect(intercom.writes() - writes).toBeLessThan(8);

  const updatedDate = '2026-11-24T23:00:00Z';
  infoset.account.put('tickets', { ...infoset.account.get('tickets', '3')!, updatedDate, logCount: 2 });
  infoset.account.put('ticketlogs', log(33, 3, { content: 'Bir de bu', contactId: 1003, createdDate: updatedDate }));
  refuse(intercom, '/reply', 'POST');
  expect((await delta(root, projectId)).state).toBe('INCOMPLETE');
  expect(await openOnes(projectId)).toEqual(['LOAD_FAILED TICKET 3']);
  await expectBalanced(root, projectId, (await delta(root, projectId)).state);

  const { planHash } = await makePlan(root, projectId);
  refuse(intercom, '/conversations/', 'DELETE');
  expect((await executePlan(root, projectId, planHash!)).state).toBe('INCOMPLETE');
  expect((await openOnes(projectId)).map(each => each.split(' ')[0])).toContain('ROLLBACK_FAILED');
  expect(intercom.workspace.conversations.size).toBe(1);
  const next = await makePlan(root, projectId);
  expect((await executePlan(root, projectId, next.planHash!)).state).toBe('SUCCEEDED');
  expect(intercom.workspace.conversations.size).toBe(0);
  expect(await openOnes(projectId)).toEqual([]);
});

test('a SANDBOX run that leaves something out is INCOMPLETE, and its issues are retried there', async () => {
  const infoset = await simulator(account);
  const [intercom, sandbox] = [await workspace(), await workspace()];
  const projectId = await connectedProject(root, infoset);
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  await connectDestination(root, projectId, intercom);
  await connectDestination(root, projectId, sandbox, 'SANDBOX');
  await confirmProposal(root, projectId);
  await answerAgents(root, projectId);
  expect((await provision(root, projectId, 'SANDBOX')).state).toBe('SUCCEEDED');
  sandbox.server.faults.add({ kind: 'REFUSED', path: '/conversations', method: 'POST', times: 1 });
  const { run } = await startRun(root, { projectId, kind: 'SANDBOX', environment: 'SANDBOX' });
  expect((await ended(root, run.id)).state).toBe('INCOMPLETE');
  const inSandbox = { projectId, environment: 'SANDBOX', code: 'LOAD_FAILED' };
  const again = await retry(inSandbox);
  expect(again).toMatchObject({ run: { kind: 'SANDBOX', loadPlan: { retriedCode: 'LOAD_FAILED' } }, userErrors: [] });
  expect((await ended(root, again.run.id)).state).toBe('SUCCEEDED');
  // Its failures are not those of production.
  await signOffDirectly(projectId);
  expect(codes(await retry({ ...inSandbox, environment: 'PRODUCTION' }))).toEqual(['NOT_FOUND']);
});
