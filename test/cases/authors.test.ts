import { beforeAll, expect, test } from 'vitest';
import { accountOf, contact, log, ticket } from '../support/account.js';
import { Arrived } from '../support/arrived.js';
import { workspace } from '../support/destination.js';
import { simulator } from '../support/extraction.js';
import { expectBalanced, produce, readyProject } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

test('the text names the author if the author field cannot', async () => {
  const agent = { isAgent: true, contactId: null };
  const call = {
    id: 640,
    ticketId: 4_001,
    contactId: 1001,
    userId: 4022,
    direction: 'inbound',
    disposition: 'answered',
    startedDate: '2026-05-01T11:00:00Z',
    createdDate: '2026-05-01T11:00:00Z',
    hasRecording: false,
  };
  const tables = {
    contacts: [contact(1001)],
    tickets: [
      ticket(4_001),
      ticket(4_002, { contactId: 9_999, content: 'Siparişim nerede?' }),
      ticket(4_003, { contactId: null, content: 'Kimse' }),
    ],
    calls: [call, { ...call, id: 641, ticketId: null }, { ...call, id: 642, userId: 4021 }],
    ticketlogs: [
      log(40_001, 4_001, { content: 'müşteri' }),
      log(40_002, 4_001, { ...agent, userId: 4021, content: 'bilinen' }),
      log(40_003, 4_001, { ...agent, userId: 4022, content: 'yer tutucu' }),
      log(40_004, 4_001, { ...agent, userId: 4022, type: 'note', isInternal: true, content: 'iç not' }),
      log(40_005, 4_001, { ...agent, userId: 77, content: 'silinmiş' }),
      log(40_006, 4_001, { isBot: true, content: 'robot' }),
      log(40_007, 4_001, { contactId: 9_999, content: 'gitmiş' }),
      log(40_008, 4_001, { isInternal: true, content: 'iç' }),
    ],
  };
  const intercom = await workspace();
  const projectId = await readyProject(root, await simulator(accountOf(tables)), intercom);
  const run = await produce(root, projectId);
  const arrived = new Arrived(intercom);
  const messages = arrived.messages(4_001);
  expect(messages.slice(0, 8)).toEqual([
    'müşteri',
    'bilinen',
    'Ali Kaya (agent):\nyer tutucu',
    'Ali Kaya (agent):\niç not',
    'Agent 77:\nsilinmiş',
    'Bot:\nrobot',
    'Contact 9999:\ngitmiş',
    'Contact 1001:\niç',
  ]);
  expect(messages.find(each => each.includes('Call 640'))).toMatch(/^Ali Kaya \(agent\):\nCall 640/);
  expect(messages.find(each => each.includes('Call 642'))).toMatch(/^Call 642/);
  const alone = [...intercom.workspace.conversations.values()].find(each => each.source.body.includes('Infoset call #641'))!;
  expect(alone.parts.some(part => part.body?.includes('Ali Kaya (agent):'))).toBe(true);
  expect(arrived.messages(4_002)).toEqual(['Contact 9999:\nSiparişim nerede?']);
  expect(arrived.messages(4_003)).toEqual(['Kimse']);
  await expectBalanced(root, projectId, run.state);
});
