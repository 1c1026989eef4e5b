import { beforeAll, expect, test } from 'vitest';
import { workspace } from '../support/destination.js';
import { textOf } from '../support/documents.js';
import { simulator, smallAccount } from '../support/extraction.js';
import { produce, readyProject } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

/** Of the conversations that are read by a call of their own: one of about twenty. */
const sampledShare = 0.2;

test('a conversation of P messages takes its creation, P-1 replies, one update, and a call for each tag, assignee and end', async () => {
  const infoset = await simulator(smallAccount(25));
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  const before = { ...intercom.server.calls };
  const run = await produce(root, projectId);
  expect(run.state).toBe('SUCCEEDED');
  const calls = (pattern: RegExp) =>
    Object.entries(intercom.server.calls)
      .filter(([name]) => pattern.test(name))
      .reduce((sum, [name, count]) => sum + count - (before[name] ?? 0), 0);
  const all = [...intercom.workspace.conversations.values()];
  const count = (of: (conversation: (typeof all)[number]) => number) => all.reduce((sum, each) => sum + of(each), 0);
  const messages = count(
    ({ parts }) => parts.filter(part => part.body !== null && ['comment', 'note'].includes(part.part_type)).length,
  );
  expect(calls(/^POST \/conversations$/)).toBe(all.length);
  expect(calls(/^POST \/conversations\/\{id\}\/reply$/)).toBe(messages);
  expect(calls(/^PUT \/conversations\/\{id\}$/)).toBe(all.length);
  expect(calls(/^POST \/conversations\/\{id\}\/tags$/)).toBe(count(({ tags }) => tags.size));
  expect(calls(/^POST \/conversations\/\{id\}\/parts$/)).toBe(
    count(each => Number(each.admin_assignee_id !== 0) + Number(each.team_assignee_id !== 0) + Number(each.state !== 'open')),
  );
  // The answer to the last write shows the conversation. It is read only if the last write was a tag, or as a sample.
  const endsWithTag = count(each =>
    Number(each.tags.size > 0 && !each.admin_assignee_id && !each.team_assignee_id && each.state === 'open'),
  );
  expect(calls(/^GET \/conversations\/\{id\}$/)).toBeLessThanOrEqual(endsWithTag + Math.ceil(all.length * sampledShare));
  // A company and a contact: looked up or created, at most one update, tags and links, and read back once.
  expect(calls(/^GET \/contacts\/\{id\}$/)).toBeGreaterThan(0);

  const report = await textOf(root, projectId, 'production/reconciliation.html');
  expect(report).toContain('calls per record');

  const { data } = await root.ask(
    `query ($id: ID!) { run(id: $id) { progress { sourceAnsweredAt destinationAnsweredAt heartbeatAt stall { cause } phases { recordType apiCalls callsPerRecord counts { loaded } } } } }`,
    { id: run.id },
  );
  const { phases, ...contacts } = data.run.progress;
  const told = Object.fromEntries(
    phases.map((phase: { recordType: string; apiCalls: number; callsPerRecord: number | null }) => [phase.recordType, phase]),
  );
  expect(told.TICKET.apiCalls + told.CALL.apiCalls).toBe(calls(/\/conversations/));
  expect(told.TICKET.callsPerRecord).toBeCloseTo(told.TICKET.apiCalls / told.TICKET.counts.loaded);
  expect(told.MESSAGE.callsPerRecord).toBeNull();
  expect(contacts).toMatchObject({ sourceAnsweredAt: null, stall: null });
  expect(Date.parse(contacts.destinationAnsweredAt)).toBeLessThanOrEqual(Date.now());
  expect(Date.parse(contacts.heartbeatAt)).toBeGreaterThanOrEqual(Date.parse(contacts.destinationAnsweredAt) - 5_000);
});
