import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { type InfosetSimulator, startInfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import { type IntercomSimulator, startIntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import { answerAgents, confirmProposal, connectDestination, provision, workspace } from '../support/destination.js';
import { textOf } from '../support/documents.js';
import { atEndOfFile } from '../support/end-of-file.js';
import { connectedProject, extract, issuesOf, type RunView, simulator, smallAccount } from '../support/extraction.js';
import { expectExactlyOnce, produce, type ReconciliationView, readyProject, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

const tickets = Number(process.env.LANDFALL_LOAD_TICKETS ?? 20);
// More than the 500 parts that Intercom shows.
const longThread = Number(process.env.LANDFALL_LONG_THREAD ?? 640);

let root: Partner;
// One account, loaded once; most tests read what arrived.
let infoset: InfosetSimulator;
let intercom: IntercomSimulator;
let projectId: string;
let run: RunView;
let result: ReconciliationView;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
  infoset = await startInfosetSimulator(smallAccount(tickets));
  atEndOfFile(() => infoset.close());
  intercom = await startIntercomSimulator({ limits: null });
  atEndOfFile(() => intercom.close());
  addThread(infoset);
  addCalls(infoset);
  projectId = await readyProject(root, infoset, intercom);
  run = await produce(root, projectId);
  result = await reconciliation(root, projectId);
});

/** Many messages of one ticket. */
function addThread({ account }: InfosetSimulator): void {
  const ticket = account.all('tickets')[0]!;
  const begun = Date.parse('2026-11-20T08:00:00Z');
  for (let number = 0; number < longThread; number++) {
    account.put('ticketlogs', {
      id: 900_000 + number,
      ticketId: ticket.id,
      type: number % 7 === 0 ? 'note' : 'chat',
      isAgent: number % 2 === 1,
      isInternal: number % 7 === 0,
      userId: number % 2 === 1 ? account.all('users')[number % 3]!.id : null,
      contactId: number % 2 === 0 ? ticket.contactId : null,
      isBot: false,
      content: `Message ${number} of many\nwith a second line & <b>markup</b>`,
      attachments: [],
      createdDate: new Date(begun + number * 1_000).toISOString(),
    });
  }
}

const facts = {
  direction: 'outbound',
  disposition: 'missed',
  startedDate: '2026-05-01T10:00:00Z',
  createdDate: '2026-05-01T10:00:00Z',
  hasRecording: false,
};

/** A call of a contact without a ticket, and one of nobody. */
function addCalls({ account }: InfosetSimulator): void {
  account.put('calls', {
    id: 990001,
    ticketId: null,
    contactId: account.all('contacts')[0]!.id,
    userId: account.all('users')[0]!.id,
    ivrPath: ['1', '3'],
    durationSeconds: 187,
    ...facts,
  });
  account.put('calls', { id: 990002, ticketId: null, contactId: null, userId: null, ...facts });
}

test('an account arrives completely, and is balanced', async () => {
  expect(result.differences.edges).toEqual([]);
  expect((await issuesOf(root, projectId)).filter(({ severity }) => severity === 'ERROR')).toEqual([]);
  expect(result.rows.filter(({ balanced }) => !balanced)).toEqual([]);
  expect(result.balanced).toBe(true);
  expect(run).toMatchObject({ state: 'SUCCEEDED', progress: { fraction: 1 } });
  expectExactlyOnce(intercom, infoset);
});

test(`a ticket of ${longThread} messages is one conversation, each part proved though only the newest 500 are shown`, async () => {
  const { account } = infoset;
  expect(result.rows.find(each => each.recordType === 'MESSAGE')!.verified).toBe(
    account.all('tickets').reduce((sum, { id }) => sum + account.logs(String(id)).length, 0),
  );
  const lookups = [0, 599, longThread - 1].map(number => `{ sourceType: MESSAGE, sourceId: "${900_000 + number}" }`).join(' ');
  const { data } = await root.ask(
    `{ crosswalk(projectId: "${projectId}", lookups: [${lookups}]) { entries { destinationId conversationId conversationUrl } } }`,
  );
  const ticketId = String(account.all('tickets')[0]!.id);
  const conversation = [...intercom.workspace.conversations.values()].find(
    each => String(each.custom_attributes.infoset_ticket_id) === ticketId,
  )!;
  expect(conversation.parts.length).toBeGreaterThan(600);
  const ids = data.crosswalk.map((match: { entries: { destinationId: string; conversationId: string }[] }) => match.entries[0]);
  for (const entry of ids) expect(entry.conversationId).toBe(conversation.id);
  expect(conversation.parts.find(part => part.id === ids[1].destinationId)!.body).toContain('Message 599 of many');
});

test('calls: a note in the conversation of their ticket, or a conversation of their contact; their facts can be read back', async () => {
  const { account } = infoset;
  const [ofTicket] = account.all('calls').filter(call => account.get('tickets', String(call.ticketId)));
  const calls = account.all('calls');
  const unheld = calls.filter(
    call => !account.get('tickets', String(call.ticketId)) && !account.get('contacts', String(call.contactId)),
  );
  expect(result.rows.find(each => each.recordType === 'CALL')).toMatchObject({
    staged: calls.length,
    skipped: unheld.length,
    loaded: calls.length - unheld.length,
    verified: calls.length - unheld.length,
  });
  const { data } = await root.ask(
    `{ crosswalk(projectId: "${projectId}", lookups: [{ sourceType: CALL, sourceId: "990001" } { sourceType: CALL, sourceId: "${ofTicket!.id}" }]) {
        entries { destinationType destinationId conversationId } } }`,
  );
  const own = data.crosswalk[0].entries.find((each: { destinationType: string }) => each.destinationType === 'CONVERSATION');
  const conversation = intercom.workspace.conversations.get(own.destinationId)!;
  expect(conversation).toMatchObject({
    state: 'closed',
    custom_attributes: { channel_source: 'call' },
    source: { body: '<p>Infoset call #990001</p>' },
  });
  const note = conversation.parts.find(part => part.part_type === 'note')!;
  expect(note.created_at).toBe(Date.parse(facts.startedDate) / 1000);
  expect(note.body).toContain('Duration: 3 min 7 s');
  const block = /<pre>(.*)<\/pre>/s
    .exec(note.body!)![1]!
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
  expect(JSON.parse(block).infoset_call).toMatchObject({ id: 990001, durationSeconds: 187, ivrPath: ['1', '3'] });
  const held = intercom.workspace.conversations.get(data.crosswalk[1].entries[0].conversationId)!;
  expect(String(held.custom_attributes.infoset_ticket_id)).toBe(String(ofTicket!.ticketId));
  expect(
    (await issuesOf(root, projectId)).filter(({ code }) => code === 'CALL_WITHOUT_CONTACT').map(({ sourceId }) => sourceId),
  ).toContain('990002');
});

test('look-ups: a thousand in one call, in both directions, by number and by address; more are refused', async () => {
  const query = `query ($projectId: ID!, $lookups: [CrosswalkLookup!]!) { crosswalk(projectId: $projectId, lookups: $lookups) {
    entries { sourceType sourceId destinationType destinationId origin state } } }`;
  const ticket = String(infoset.account.all('tickets')[0]!.id);
  const asked = [
    { sourceId: `#${ticket}` },
    { sourceId: `https://app.infoset.app/tickets/${ticket}` },
    { sourceType: 'TICKET', sourceId: ticket, destinationType: 'CONVERSATION' },
  ];
  const { data } = await root.ask(query, { projectId, lookups: asked });
  const [first] = data.crosswalk[2].entries;
  expect(first).toMatchObject({ sourceType: 'TICKET', sourceId: ticket, origin: 'CREATED', state: 'ACTIVE' });
  for (const { entries } of data.crosswalk) expect(entries).toContainEqual(first);
  const back = await root.ask(query, {
    projectId,
    lookups: [{ destinationType: 'CONVERSATION', destinationId: first.destinationId }],
  });
  expect(back.data.crosswalk[0].entries).toEqual([first]);
  const many = Array.from({ length: 1_000 }, (_, n) => ({ sourceType: 'MESSAGE', sourceId: String(n) }));
  expect((await root.ask(query, { projectId, lookups: many })).data.crosswalk).toHaveLength(1_000);
  expect((await root.ask(query, { projectId, lookups: [...many, many[0]] })).errors![0]!.extensions.code).toBe('INVALID_INPUT');
  expect((await root.ask(query, { projectId, lookups: [{}] })).errors![0]!.extensions.code).toBe('INVALID_INPUT');
});

test('a second run writes nothing', async () => {
  const writes = intercom.writes();
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(intercom.writes()).toBe(writes);
});

test('files: sent with their message, missing and oversized ones named; stored ones are not downloaded again', async () => {
  const infoset = await simulator(smallAccount(6));
  const { account } = infoset;
  const bytes = Buffer.alloc(6 * 1024 * 1024, 'x');
  account.put('files', { id: 880001, name: 'büyük ek.bin', contentType: 'application/octet-stream', size: bytes.length });
  account.blobs.files.set('880001', {
    contentType: 'application/octet-stream',
    size: bytes.length,
    status: 200,
    bytes: () => bytes,
  });
  const ticket = account.all('tickets').find(each => account.logs(String(each.id)).length > 0)!;
  const files = [
    { id: 880001, name: 'büyük ek.bin', contentType: 'application/octet-stream', url: `${infoset.url}/v1/files/880001` },
    { id: 880002, name: 'dead.pdf', contentType: 'application/pdf', url: '/v1/files/880002' },
    { id: 880003, name: 'elsewhere.txt', contentType: 'text/plain', url: 'http://127.0.0.1:9/elsewhere.txt' },
  ];
  const log = {
    id: 990100,
    ticketId: ticket.id,
    type: 'note',
    isAgent: true,
    isInternal: true,
    userId: account.all('users')[0]!.id,
    isBot: false,
  };
  account.put('ticketlogs', {
    ...log,
    contactId: null,
    content: 'See the files',
    attachments: files,
    createdDate: '2026-11-20T00:00:00Z',
  });
  const intercom = await workspace();
  const projectId = await connectedProject(root, infoset);
  const first = await extract(root, projectId);
  // No server listens there, and no other file shows that the host was only down for a while.
  const listing = first.listings.find(each => each.listing === 'files');
  expect(listing).toMatchObject({ state: 'SUCCEEDED', failed: 0 });
  expect(listing!.skipped).toBeGreaterThanOrEqual(2);
  account.put('ticketlogs', {
    ...log,
    contactId: null,
    content: 'See the files',
    attachments: files.slice(0, 2),
    createdDate: '2026-11-20T00:00:00Z',
  });
  const asked = infoset.server.calls['GET /v1/files/{id}']!;
  await extract(root, projectId);
  expect(infoset.server.calls['GET /v1/files/{id}']).toBe(asked);
  await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  await answerAgents(root, projectId);
  await provision(root, projectId);
  await produce(root, projectId);
  const part = [...intercom.workspace.conversations.values()]
    .flatMap(each => each.parts)
    .find(each => each.body?.includes('See the files'))!;
  expect(part.attachments).toMatchObject([
    { name: 'büyük ek.bin', filesize: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
  ]);
  expect(part.body).toContain('Attachment: dead.pdf');
  expect(
    (await issuesOf(root, projectId)).filter(({ code }) => code === 'FILE_UNAVAILABLE').map(({ sourceId }) => sourceId),
  ).toContain('880002');
  const listed = (await textOf(root, projectId, 'production/files.csv')).split('\r\n');
  expect(listed).toContainEqual(expect.stringMatching(/^880001,büyük ek\.bin,.*STORED,6291456,\w{64},,ATTACHMENT,\d+\/0,\d+$/));
  expect(listed).toContainEqual(expect.stringMatching(/^880002,dead\.pdf,.*MISSING,,,.+,,,$/));
  const { data } = await root.ask(
    `{ crosswalk(projectId: "${projectId}", lookups: [{ sourceType: ATTACHMENT, sourceId: "880001" }]) { entries { destinationType conversationId verifiedAt } } }`,
  );
  expect(data.crosswalk[0].entries).toMatchObject([
    { destinationType: 'ATTACHMENT', conversationId: expect.any(String), verifiedAt: expect.any(String) },
  ]);
});

test('a workspace without HTML in replies: plain text arrives, declared as lossy', async () => {
  const infoset = await simulator(smallAccount(12));
  const intercom = await workspace({ plainReplies: true });
  const projectId = await readyProject(root, infoset, intercom, { replyHtml: false });
  const run = await produce(root, projectId);
  const { balanced, fields, differences } = await reconciliation(root, projectId);
  expect(differences.edges).toEqual([]);
  expect(run.state).toBe('SUCCEEDED');
  expect(balanced).toBe(true);
  expect(fields.find(each => each.recordType === 'MESSAGE' && each.field === 'content')!.lossy).toBeGreaterThan(0);
  expectExactlyOnce(intercom, infoset);
});
