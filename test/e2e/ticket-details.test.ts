import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { Conversation } from '../../src/simulators/intercom/workspace.js';
import { workspace } from '../support/destination.js';
import { documentNamed, textOf } from '../support/documents.js';
import { simulator, smallAccount } from '../support/extraction.js';
import { expectExactlyOnce, produce, readyProject, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile({ ...quickTimes, REQUEST_TIMEOUT_MS: '5000' }));
});

test('data without a field of a conversation: many and large files, images in texts, headers, a rating, breaches, merged tickets', async () => {
  const infoset = await simulator(smallAccount(12));
  const { account } = infoset;
  const addFile = (id: number, bytes: Buffer) => {
    account.put('files', { id, name: `ek ${id}.bin`, contentType: 'application/octet-stream', size: bytes.length });
    account.blobs.files.set(String(id), {
      contentType: 'application/octet-stream',
      size: bytes.length,
      status: 200,
      bytes: () => bytes,
    });
    return { id, name: `ek ${id}.bin`, contentType: 'application/octet-stream', size: bytes.length, url: `/v1/files/${id}` };
  };
  const small = Array.from({ length: 23 }, (_, n) => addFile(880_000 + n, Buffer.alloc(100 + n, 'f')));
  const largeBytes = Buffer.alloc(11 * 1024 * 1024, 'L');
  const large = addFile(880_100, largeBytes);
  const image = Buffer.alloc(500, 'i');
  addFile(880_101, image);
  const [ticket, other] = account.all('tickets').filter(each => each.contactId && account.logs(String(each.id)).length > 1);
  const contact = account.all('contacts')[0]!;
  Object.assign(ticket!, {
    mergedIntoId: null,
    csat: { score: 2, comment: 'Çok geç <b>geldi</b> https://api.infoset.app/v1/files/5', createdDate: '2026-11-01T10:00:00Z' },
  });
  Object.assign(other!, { mergedIntoId: ticket!.id });
  account.put('slabreaches', {
    id: 9001,
    linkedType: 'ticket',
    linkedId: ticket!.id,
    policy: 'İlk yanıt',
    breachedDate: '2026-11-01T12:00:00Z',
  });
  const log = {
    ticketId: ticket!.id,
    isAgent: false,
    isInternal: false,
    userId: null,
    contactId: contact.id,
    isBot: false,
    callId: null,
    network: null,
  };
  account.put('ticketlogs', {
    ...log,
    id: 990_001,
    type: 'chat',
    content: 'Many files',
    attachments: [...small, large],
    createdDate: '2026-11-20T10:00:00Z',
  });
  account.put('ticketlogs', {
    ...log,
    id: 990_002,
    type: 'email',
    emailId: 99_001,
    content: 'kısa',
    attachments: [],
    createdDate: '2026-11-20T11:00:00Z',
  });
  account.put('ticketlogs', {
    ...log,
    id: 990_003,
    type: 'system',
    event: 'linked',
    contactId: null,
    content: 'Bkz. <b>https://app.infoset.app/tickets/17</b>',
    attachments: [],
    createdDate: '2026-11-20T12:00:00Z',
  });
  account.put('emails', {
    id: 99_001,
    subject: 'Fwd: Başka konu',
    from: { address: 'isil@x.example', name: 'Işıl' },
    to: [{ address: 'destek@ege.example', name: 'Destek' }],
    cc: [{ address: 'muhasebe@x.example' }],
    bcc: [{ address: 'gizli@x.example' }],
    messageId: '<m@x>',
    inReplyTo: null,
    htmlBody: `<p>Ekran görüntüsü: <img src="https://api.infoset.app/v1/files/880101"></p>`,
    textBody: '',
    attachments: [],
    createdDate: '2026-11-20T11:00:00Z',
  });
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  const run = await produce(root, projectId);
  const { differences, rows, balanced } = await reconciliation(root, projectId);
  expect(differences.edges).toEqual([]);
  expect(rows.filter(each => !each.balanced)).toEqual([]);
  expect(balanced).toBe(true);
  expect(run.state).toBe('SUCCEEDED');
  expectExactlyOnce(intercom, infoset);

  const of = (id: number): Conversation =>
    [...intercom.workspace.conversations.values()].find(each => String(each.custom_attributes.infoset_ticket_id) === String(id))!;
  const conversation = of(ticket!.id);
  const bodies = conversation.parts.filter(part => part.body !== null).map(part => part.body!);
  const first = conversation.parts.findIndex(part => part.body?.includes('Many files'));
  const sent = conversation.parts.slice(first, first + 3);
  expect(sent.map(part => part.attachments.length)).toEqual([10, 10, 3]);
  expect(new Set(sent.map(part => `${part.author.id} ${part.created_at}`)).size).toBe(1);
  expect(sent.flatMap(part => part.attachments.map(file => file.name))).toEqual(small.map(file => file.name));
  expect(sent[0]!.body).toContain(`ek 880100.bin (${largeBytes.length} bytes), in the package as files/880100-ek_880100.bin`);
  const mail = conversation.parts.find(part => part.body?.includes('Ekran görüntüsü'))!;
  expect(mail.body).toContain(
    'From: Işıl &lt;isil@x.example&gt;<br>To: Destek &lt;destek@ege.example&gt;<br>Cc: muhasebe@x.example<br>Subject: Fwd: Başka konu',
  );
  expect(mail.body).not.toContain('gizli');
  expect(mail.attachments.map(file => file.sha256)).toEqual([createHash('sha256').update(image).digest('hex')]);
  const note = bodies.find(body => body.includes('Infoset rating 2'))!;
  expect(note).toContain('Çok geç &lt;b&gt;geldi&lt;/b&gt;');
  expect(note).toContain('Infoset SLA breach: İlk yanıt, 2026-11-01T12:00:00Z');
  expect(conversation.custom_attributes).toMatchObject({
    infoset_sla_breaches: 1,
    infoset_csat_score: 2,
    infoset_merged_from: String(other!.id),
  });
  expect(bodies.some(body => body.includes('linked · Bkz. [tickets 17]'))).toBe(true);
  expect(bodies.filter(body => body.includes('infoset.app'))).toEqual([]);
  const merged = of(other!.id);
  expect(merged.custom_attributes.infoset_merged_into).toBe(String(ticket!.id));
  expect(
    bodies.some(
      body => body.includes(`Infoset #${other!.id} was merged into this ticket`) && body.includes(`/conversation/${merged.id}`),
    ),
  ).toBe(true);
  expect(merged.parts.some(part => part.body?.includes(`/conversation/${conversation.id}`))).toBe(true);

  expect(await textOf(root, projectId, 'production/kept-files.csv')).toContain(
    `880100,ek 880100.bin,files/880100-ek_880100.bin,${largeBytes.length},`,
  );
  const archive = await documentNamed(root, projectId, 'production/recordings.zip');
  expect(Buffer.from(await (await fetch(archive.downloadUrl)).arrayBuffer()).includes(largeBytes)).toBe(true);
  const writes = intercom.writes();
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(intercom.writes()).toBe(writes);
});

test('options: pending tickets are snoozed, and each system log is a note', async () => {
  const infoset = await simulator(smallAccount(20));
  const { account } = infoset;
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom, { pendingAs: 'SNOOZED', historyAs: 'PARTS' });
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect((await reconciliation(root, projectId)).balanced).toBe(true);
  for (const { custom_attributes, state, parts } of intercom.workspace.conversations.values()) {
    const ticket = account.get('tickets', String(custom_attributes.infoset_ticket_id));
    if (!ticket) continue;
    expect(state).toBe(ticket.status === 2 ? 'snoozed' : [3, 4].includes(ticket.status) ? 'closed' : 'open');
    const system = account.logs(String(ticket.id)).filter(log => log.type === 'system').length;
    expect(parts.filter(part => part.body?.includes('Infoset system log'))).toHaveLength(system);
  }
  expect(intercom.workspace.notifications.avoidable).toBe(0);
});

test('messages without text: only a file, or only an image in the text of the ticket', async () => {
  const infoset = await simulator(smallAccount(6));
  const { account } = infoset;
  for (const id of [880_001, 880_002]) {
    const bytes = Buffer.alloc(id % 1000, 'x');
    account.blobs.files.set(String(id), { contentType: 'image/png', size: bytes.length, status: 200, bytes: () => bytes });
  }
  const [ticket] = account.all('tickets').filter(each => account.logs(String(each.id)).length > 0);
  const [log] = account.logs(String(ticket!.id));
  Object.assign(ticket!, { content: '<p><img src="/v1/files/880002"></p>' });
  const attachments = [{ id: 880_001, name: 'tek.png', contentType: 'image/png', size: 1, url: '/v1/files/880001' }];
  account.put('ticketlogs', {
    ...log,
    id: 990_001,
    type: 'form',
    isAgent: false,
    content: ' \u200b ',
    emailId: null,
    callId: null,
    attachments,
  });
  account.put('ticketlogs', {
    ...log,
    id: 990_002,
    type: 'form',
    isAgent: false,
    content: '',
    emailId: null,
    callId: null,
    attachments: [],
  });
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect((await reconciliation(root, projectId)).balanced).toBe(true);
  const sent = [...intercom.workspace.conversations.values()].flatMap(each => each.parts.flatMap(part => part.attachments));
  expect(sent.map(file => file.filesize)).toEqual(expect.arrayContaining([1, 2]));
});
