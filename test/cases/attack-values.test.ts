import { beforeAll, expect, test } from 'vitest';
import { accountOf, contact, email, log, ticket } from '../support/account.js';
import { Arrived } from '../support/arrived.js';
import { workspace } from '../support/destination.js';
import { extract, issuesOf, simulator } from '../support/extraction.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

const field = (id: number, linkedType: string, label: string, type: string, options?: string[]) => ({
  id,
  linkedType,
  label,
  type,
  isRequired: false,
  ...(options ? { options } : {}),
});

test('odd values arrive complete and in order, and are the same in the next run', async () => {
  const noDates = { createdDate: null, updatedDate: null };
  const future = '2098-01-01T00:00:00Z';
  const account = accountOf({
    customfields: [
      field(1, 'contact', 'Tip', 'select', ['Bir ', 'İki']),
      field(2, 'contact', 'TIP', 'multiselect', ['a', 'b']),
      field(3, 'contact', 'Gün', 'date'),
      field(4, 'company', 'Tip', 'text'),
      field(5, 'deal', 'Uzun', 'number'),
    ],
    companies: [
      { id: 501, name: 'Adı \u3164', tags: null, customFields: { Tip: 'şirket' }, createdDate: future, updatedDate: null },
      { id: 502, name: 'Ege', tags: ['vip\r\n', 'VIP'], employeeCount: '12345678901234567890', customFields: '{}', ...noDates },
    ],
    contacts: [
      contact(1001, { tags: [' VIP'], companyId: '502', customFields: '{"Tip":"Bir","TIP":["a"," ","b"],"Gün":"2026-05-01"}' }),
      contact(1002, { fullName: null, email: null, phone: '\u202a+90 532 000 00 00\u202c\n', companyId: 501 }),
      contact(1003, { fullName: '\u200b', firstName: 'A'.repeat(200), lastName: 'B'.repeat(200) }),
      contact(1004, { fullName: 'Bir', email: 'ortak@x.example', customFields: [{ label: 'Tip', value: 'İki' }] }),
      contact(1005, { fullName: 'İki\0 \ud800', email: ' ORTAK@x.example', updatedDate: '2025-01-01T00:00:00Z' }),
      contact(1006, { tags: null, customFields: null, createdDate: future, updatedDate: future }),
    ],
    deals: [
      { id: 7001, name: 'Uzun', value: '1234567890123456789.12', contactId: 1001, customFields: { Uzun: 5 }, ...noDates },
      { id: 7002, name: 'Kimsesiz', value: 1.5, contactId: null, customFields: '{"Uzun":12345678901234567890}', ...noDates },
    ],
    tickets: [
      ticket(1, { tags: ['Vip '] }),
      ticket(2, noDates),
      ticket(3, { createdDate: future, updatedDate: '2026-05-01T12:00:00Z', content: 'ilk' }),
      ticket(4, { csat: { score: 5, comment: '', createdDate: '0001-01-01T00:00:00' }, createdDate: '1969-01-01T00:00:00Z' }),
    ],
    ticketlogs: [
      log(1, 1, { content: 'önce' }),
      log(2, 1, { content: 'gelecekten', createdDate: future }),
      log(3, 1, { content: 'eskiden', createdDate: '1969-12-31T00:00:00Z' }),
      log(4, 1, { type: 'system', event: 'status', content: 'durum', createdDate: future }),
      log(5, 1, { type: 'email', emailId: 333, content: 'önizleme' }),
      log(6, 3, { content: 'yanıt', createdDate: '2026-05-01T11:00:00Z' }),
      log(7, 4, { content: 'tek', createdDate: 'bozuk' }),
    ],
    emails: [email(333, { textBody: 'mektup', createdDate: future })],
    calls: [
      { id: 640, ticketId: 1, contactId: 1001, userId: 4021, startedDate: '2026-05-02T09:00:00Z', ...noDates },
      { id: 641, ticketId: 1, contactId: 1001, userId: 4021, startedDate: '2026-04-01T09:00:00Z', ...noDates },
      { id: 642, ticketId: null, contactId: 1001, userId: 4021, startedDate: future, ...noDates },
    ],
  });
  const [infoset, intercom] = [await simulator(account), await workspace()];
  const projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const arrived = new Arrived(intercom);
  const notesOf = (id: number) =>
    arrived
      .contact(id)
      .notes.map(note => note.body)
      .join();

  for (const { parts, created_at } of intercom.workspace.conversations.values()) {
    const times = [
      created_at,
      ...parts.filter(part => part.body !== null && part.part_type !== 'close').map(each => each.created_at),
    ];
    expect.soft(times).toEqual([...times].sort((a, b) => a - b));
  }
  const seen = arrived.messages(1).map(text => text.split('\n').at(-1));
  expect
    .soft(seen.filter(text => /önce|gelecekten|eskiden|mektup/.test(text!)))
    .toEqual(['eskiden', 'önce', 'mektup', 'gelecekten']);
  expect.soft(arrived.contact(1002).phone).toBe('+905320000000');
  expect.soft(arrived.contact(1003).name).toHaveLength(255);
  expect.soft(notesOf(1003)).toContain('B'.repeat(200));
  expect.soft(notesOf(1004)).toContain('fullName: İki');
  expect.soft(notesOf(1004)).not.toMatch(/\0|\p{Cs}/u);
  expect.soft(notesOf(1001)).toContain('1234567890123456789.12');
  expect
    .soft(
      arrived
        .company(502)
        .notes.map(note => note.body)
        .join(),
    )
    .toContain('12345678901234567890');
  const tags = [arrived.contact(1001), arrived.company(502), arrived.conversation(1)].map(each => arrived.tags(each));
  expect.soft(new Set(tags.flat().map(name => name.toLowerCase()))).toEqual(new Set(['vip']));
  expect.soft(tags.map(each => each.length)).toEqual([1, 1, 1]);
  const issues = await issuesOf(root, projectId);
  expect.soft(issues.filter(({ severity }) => severity === 'ERROR')).toEqual([]);
  expect.soft(issues.filter(({ code, message }) => code === 'FIELD_ALTERED' && message.includes('is cut'))).toEqual([]);
  const { differences, balanced } = await reconciliation(root, projectId);
  expect.soft(differences.edges).toEqual([]);
  expect.soft(balanced).toBe(true);
  const writes = intercom.writes();
  expect.soft((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect.soft(intercom.writes()).toBe(writes);

  // Changes after the mapping is confirmed: a time of day, and two contacts that no longer share an address.
  const updatedDate = '2026-11-01T00:00:00Z';
  infoset.account.put('contacts', contact(1001, { customFields: { Gün: '2026-05-02T23:30:00' }, companyId: 502, updatedDate }));
  infoset.account.put('contacts', contact(1005, { fullName: 'İki', email: 'iki@x.example', updatedDate }));
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect.soft(notesOf(1001)).toContain('2026-05-02T23:30:00');
  const people = [...intercom.workspace.contacts.values()].map(each => [each.name, each.email]);
  expect.soft(people).toContainEqual(['Bir', 'ortak@x.example']);
  expect.soft(people).toContainEqual(['İki', 'iki@x.example']);
  expect.soft((await reconciliation(root, projectId)).balanced).toBe(true);
  const after = intercom.writes();
  expect.soft((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect.soft(intercom.writes()).toBe(after);
});
