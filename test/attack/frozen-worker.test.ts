import { expect, onTestFinished, test } from 'vitest';
import { reply } from '../../src/simulators/intercom/conversations.js';
import type { IntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import type { Conversation, Part } from '../../src/simulators/intercom/workspace.js';
import { workspace } from '../support/destination.js';
import { ended, issuesOf, runView, simulator, smallAccount } from '../support/extraction.js';
import { expectExactlyOnce, isMessage, produce, readyProject, reconciliation, startProduction } from '../support/load.js';
import { until } from '../support/processes.js';
import { RestartableServer } from '../support/restartable-server.js';
import { type Partner, serverOfThisFile } from '../support/server.js';

const times = { LEASE_MS: '5000', REQUEST_TIMEOUT_MS: '3000', SETTLE_MS: '300', RATE_LIMIT_WAIT_MS: '300' };
const tickets = 16;

test('a worker is frozen past its lease, another one takes over, and the first one continues: nothing exists twice', async () => {
  const infoset = await simulator(smallAccount(tickets));
  const intercom = await workspace({ latencyMs: 3, searchLagMs: 100 });
  const server = await RestartableServer.start(times);
  const projectId = await readyProject(server.partner, infoset, intercom);
  // So few calls a window that a writer waits for the limit at nearly any moment.
  intercom.settings.limits = { app: 500, workspace: 4_166, windowMs: 10_000 };
  const runId = await startProduction(server.partner, projectId);
  await until('conversations', () => intercom.workspace.conversations.size >= 3, 240_000);
  process.kill(server.pid, 'SIGSTOP');
  onTestFinished(() => wake(server.pid));
  const held = intercom.writes();
  await server.worker().says('worker ready');
  await until('another worker to write', () => intercom.writes() > held + 3, 240_000);
  // It continues in the middle of its work, and notices before it sends anything.
  wake(server.pid);
  await until('the frozen worker to give up', () => server.output.includes('a run was left to the next worker'), 120_000);
  const run = await until(
    'the end of the run',
    async () => {
      const view = await runView(server.partner, runId);
      return view.isTerminal && view;
    },
    300_000,
  );
  const result = await reconciliation(server.partner, projectId);
  expect(result.differences.edges).toEqual([]);
  expect(run.state).toBe('SUCCEEDED');
  expect(result.balanced).toBe(true);
  expectExactlyOnce(intercom, infoset);
  expectNoCopies(intercom);
}, 900_000);

test('messages and conversations that were written twice are found and corrected; those that people have touched stay and are reported', async () => {
  const { root } = await serverOfThisFile({ ...times, REQUEST_TIMEOUT_MS: '3000' });
  const infoset = await simulator(smallAccount(24));
  const intercom = await workspace({ latencyMs: 4 });
  const { workspace: w } = intercom;
  const projectId = await readyProject(root, infoset, intercom);
  const runId = await startProduction(root, projectId);
  await until('conversations', () => spoken(intercom).length >= 8);
  await root.mutate('pauseRun', 'RunActionInput', { runId }, 'run { id }');
  await until('the pause', async () => (await runView(root, runId)).state === 'PAUSED');
  const [one, two, three, four, theirs, redacted] = spoken(intercom);
  // One copy of each kind of author; of one conversation several.
  for (const conversation of [one!, two!, three!]) await copyMessage(intercom, conversation);
  await copyMessage(intercom, three!, -1);
  // Opened again, with two more messages.
  const again: Conversation = {
    ...four!,
    id: '999001',
    tags: new Set(),
    contacts: new Set(four!.contacts),
    custom_attributes: {},
  };
  again.parts = four!.parts
    .filter(isMessage)
    .slice(0, 2)
    .map((part, place) => ({ ...part, id: `99900${place + 2}` }));
  w.conversations.set(again.id, again);
  const names: string[] = [];
  for (const conversation of [theirs!, redacted!]) {
    names.push((await copyMessage(intercom, conversation)).id);
    const admin_id = w.admins[0]!.id;
    await reply(w, conversation.id, {
      type: 'admin',
      message_type: 'note',
      admin_id,
      body: 'A person looks into it',
      skip_notifications: true,
    });
  }
  // Another worker continues, and the run is cancelled before it has looked for duplicates: the next run does.
  intercom.settings.latencyMs = 300;
  await root.mutate('resumeRun', 'RunActionInput', { runId }, 'run { id }');
  await until('the next worker', async () => (await runView(root, runId)).state === 'RUNNING');
  await root.mutate('cancelRun', 'RunActionInput', { runId }, 'run { id }');
  expect((await ended(root, runId)).state).toBe('CANCELLED');
  intercom.settings.latencyMs = 4;
  expect((await produce(root, projectId)).state).toBe('INCOMPLETE');

  for (const { id } of [one!, two!, three!, again]) expect(w.conversations.has(id), id).toBe(false);
  expect(w.deletedConversations.filter(each => each.metrics_retained)).toEqual([]);
  const issues = await issuesOf(root, projectId);
  expect(issues.filter(({ code }) => code === 'DUPLICATE_REMOVED')).toHaveLength(4);
  const differing = issues.filter(({ code }) => code === 'VERIFICATION_DIFFERS');
  for (const name of names) expect(differing.some(({ message, hint }) => message.includes(`part ${name}`) && hint)).toBe(true);
  for (const { id } of [theirs!, redacted!]) expect(w.conversations.get(id)!.parts.at(-1)!.body).toContain('A person looks');
  expect((await reconciliation(root, projectId)).balanced).toBe(false);

  // A person deletes one copy in the inbox; the other one is waived.
  w.conversations.get(redacted!.id)!.parts.find(part => part.id === names[1])!.body = null;
  await produce(root, projectId);
  await waive(root, projectId, names[0]!);
  const { differences, rows } = await reconciliation(root, projectId);
  expect(differences.edges.filter(({ node }) => node.field === 'surplus')).toHaveLength(1);
  expect(rows.filter(({ recordType, balanced }) => recordType === 'MESSAGE' && !balanced)).toEqual([]);
  for (const id of [theirs!.id, redacted!.id]) w.conversations.delete(id);
  expectNoCopies(intercom);
}, 600_000);

function wake(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Conversations with at least three messages, as they are. */
const spoken = ({ workspace: w }: IntercomSimulator) =>
  [...w.conversations.values()].filter(
    each => each.parts.filter(isMessage).length >= 3 && each.custom_attributes.infoset_ticket_id,
  );

/** Writes a message of a conversation again, like a worker that wakes up late. */
async function copyMessage({ workspace: w }: IntercomSimulator, conversation: Conversation, place = 0): Promise<Part> {
  const { author, body, created_at, part_type } = conversation.parts.filter(isMessage).at(place)!;
  const by =
    author.type === 'admin'
      ? { type: 'admin', admin_id: author.id, skip_notifications: true }
      : { type: 'user', intercom_user_id: author.id };
  await reply(w, conversation.id, { ...by, message_type: part_type === 'note' ? 'note' : 'comment', body, created_at });
  return conversation.parts.at(-1)!;
}

/** No two messages of one conversation are the same. */
function expectNoCopies({ workspace: w }: IntercomSimulator): void {
  for (const { id, parts } of w.conversations.values()) {
    const said = parts.filter(isMessage).map(part => `${part.author.id} ${part.created_at} ${part.body}`);
    expect(said.length, id).toBe(new Set(said).size);
  }
}

async function waive(partner: Partner, projectId: string, part: string): Promise<void> {
  const { data } = await partner.ask(
    `{ project(id: "${projectId}") { issues(first: 100, status: OPEN) { edges { node { id code message } } } } }`,
  );
  const named = data.project.issues.edges.filter(({ node }: { node: { message: string } }) => node.message.includes(part));
  expect(named).toHaveLength(1);
  const input = { issueId: named[0].node.id, status: 'WAIVED', note: 'known' };
  expect((await partner.mutate('updateIssue', 'UpdateIssueInput', input, 'issue { status }')).userErrors).toEqual([]);
}
