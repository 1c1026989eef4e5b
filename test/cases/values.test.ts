import { beforeAll, expect, test } from 'vitest';
import { parseExactly } from '../../src/simulators/exact-json.js';
import type { Item } from '../../src/simulators/infoset/account.js';
import { accountOf, contact, log, ticket } from '../support/account.js';
import { Arrived } from '../support/arrived.js';
import { workspace } from '../support/destination.js';
import { issuesOf, simulator } from '../support/extraction.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

const exact = (text: string) => parseExactly(text) as Item;
const seconds = (text: string) => Date.parse(text) / 1000;
const customFields = (linkedType: string, fields: Record<string, string>, from: number) =>
  Object.entries(fields).map(([label, type], place) => ({ id: from + place, linkedType, label, type, isRequired: false }));

/** Tags as they are written, and how they arrive. */
const tags: [written: unknown[], arrive: string[]][] = [
  [['\u200bVIP\u00a0'], ['VIP']],
  [['vip', 'VIP', ' vIp '], ['VIP']],
  [['\u200e', '\u3164', '\ufeff'], []],
  [
    ['iki\nsatır', 'sekme\tli'],
    ['iki satır', 'sekme li'],
  ],
  [[5], ['5']],
  [
    ['❤️', '👩‍💻'],
    ['❤️', '👩‍💻'],
  ],
  [
    ['ıspanak', 'ISPANAK'],
    ['ıspanak', 'ISPANAK'],
  ],
  [['e\u0301tude', '\u00e9tude'], ['étude']],
];

/** Addresses of one person each, the newest last, and the one that arrives. */
const people: [addresses: string[], arrives: string][] = [
  [['ali@x.example\u200f', '\u202aALI@X.example\u202c', '\ufeffali@x.example\n'], 'ali@x.example'],
  [['ay\u00adşe@x.example', 'AYŞE@x.example'.toLowerCase()], 'ayşe@x.example'],
  [['IRMAK@x.example', 'irmak@x.example'], 'irmak@x.example'],
  [['ırmak@x.example'], 'ırmak@x.example'],
];

/** Values of custom fields of one contact, with the type that the source declares, and what arrives. */
const values: [label: string, type: string, value: string, arrives: unknown][] = [
  ['Uzun', 'number', '123456789012345678', '123456789012345678'],
  ['Eksi', 'number', '-9007199254740993', '-9007199254740993'],
  ['Ondalık', 'decimal', '0.1234567890123456789', '0.1234567890123456789'],
  ['Üs', 'decimal', '1e400', '1e400'],
  ['Kısa', 'decimal', '1250.50', 1250.5],
  ['Güvenli', 'number', '9007199254740991', 9007199254740991],
  ['Artı', 'number', '"+90532"', '+90532'],
  ['Gizli', 'text', '"\\u200b \\ufeff"', undefined],
  ['Sıfır tarih', 'date', '"0000-00-00"', undefined],
  ['Eski tarih', 'date', '"1871-06-01"', seconds('1871-06-01T00:00:00Z')],
  ['Son tarih', 'date', '"9999-12-31"', seconds('9999-12-31T00:00:00Z')],
  ['Saatli', 'datetime', '"2015-01-15T12:00:00"', seconds('2015-01-15T10:00:00Z')],
  ['Yazı saat', 'text', '"2015-07-01T12:00:00"', '2015-07-01T12:00:00+03:00'],
  ['日付', 'text', '"tarih"', 'tarih'],
  ['№ 5', 'text', '"beş"', 'beş'],
];

test('values of every form arrive completely', async () => {
  const big = ['9007199254740992', '9007199254740993'];
  const fields = values.map(([label, , value]) => `${JSON.stringify(label)}:${value}`).join(',');
  const persons = people.flatMap(([addresses], person) =>
    addresses.map((email, place) =>
      contact(2000 + person * 10 + place, { email, updatedDate: `2026-02-0${place + 1}T00:00:00Z` }),
    ),
  );
  const dated = [
    { content: 'ikinci', createdDate: '2026-05-01T10:00:00.5Z' },
    { content: 'birinci', createdDate: '2026-05-01T10:00:00.0001Z' },
    { content: 'tarihsiz', createdDate: '0001-01-01T00:00:00' },
    { content: 'eski', createdDate: '1969-12-31T23:59:59Z' },
    { content: 'gelecek', createdDate: '9999-12-31T23:59:59.9999999' },
    { content: 'daha yakın gelecek', createdDate: '2098-01-01T00:00:00+05:45' },
  ];
  const account = accountOf({
    customfields: customFields('contact', Object.fromEntries(values.map(([label, type]) => [label, type])), 100),
    contacts: [
      contact(1001),
      contact(1002, { customFields: exact(`{${fields}}`), createdDate: '2097-01-01T00:00:00Z' }),
      contact(1003, {
        customFields: [
          { label: 'İkiz', value: 'bir' },
          { label: 'İkiz', value: '' },
          { label: 'İkiz', value: ['iki', 'üç'] },
        ],
      }),
      ...big.map(id => ({ ...contact(1), email: `b${id}@x.example`, id: BigInt(id), fullName: `Büyük ${id}` })),
      ...persons,
    ],
    tickets: [
      ticket(1, { createdDate: '2026-05-01T09:00:00Z' }),
      ...big.map((id, place) => ({ ...ticket(2 + place), contactId: BigInt(id), createdDate: '0001-01-01T00:00:00' })),
      ...tags.map(([written], place) => ticket(100 + place, { tags: written })),
      ticket(200, { tags: 'tek' }),
    ],
    ticketlogs: [
      ...dated.map((each, place) => log(10 + place, 1, each)),
      ...big.map((id, place) => ({ ...log(30 + place, 2 + place, { content: `yazan ${id}` }), contactId: BigInt(id) })),
      ...[9, 10, 99, 100].map(id => log(id + 1_000, 200, { content: String(id), createdDate: '2026-05-01T10:00:00Z' })),
    ],
  });
  const [infoset, intercom] = [await simulator(account), await workspace()];
  const projectId = await readyProject(root, infoset, intercom);
  const run = await produce(root, projectId);
  const arrived = new Arrived(intercom);
  const issues = await issuesOf(root, projectId);

  const attributes = arrived.contact(1002).custom_attributes;
  const names = { 日付: 'rifu', '№ 5': 'no_5' } as Record<string, string>;
  for (const [label, , , arrives] of values) {
    const found = Object.entries(attributes).filter(([, value]) => value === arrives);
    if (arrives === undefined) continue;
    expect.soft(found.length, `${label} in ${JSON.stringify(attributes)}`).toBeGreaterThan(0);
    if (names[label]) expect.soft(found.map(([name]) => name)).toContain(names[label]);
  }
  for (const label of ['gizli', 'sifir_tarih']) expect.soft(attributes).not.toHaveProperty(label);
  expect.soft(arrived.contact(1002).signed_up_at).toBeNull();
  expect
    .soft(
      arrived
        .contact(1002)
        .notes.map(note => note.body)
        .join(),
    )
    .toContain('2097-01-01T00:00:00Z');
  expect.soft(Object.values(arrived.contact(1003).custom_attributes)).toContain('bir, iki, üç');

  for (const id of big) expect.soft(arrived.contact(id).name).toBe(`Büyük ${id}`);
  for (const [place, id] of big.entries()) {
    expect.soft(arrived.conversation(2 + place).source.author.id).toBe(arrived.contact(id).id);
    expect.soft(arrived.messages(2 + place)).toEqual([`yazan ${id}`]);
    expect.soft(arrived.conversation(2 + place).custom_attributes).not.toHaveProperty('infoset_created_at');
  }

  const seen = arrived.messages(1).map(text => text.split('\n').at(-1));
  expect.soft(seen).toEqual(['eski', 'tarihsiz', 'birinci', 'ikinci', 'daha yakın gelecek', 'gelecek']);
  expect.soft(arrived.messages(1).join()).toContain('9999-12-31T23:59:59.9999999');
  expect.soft(arrived.messages(200)).toEqual(['9', '10', '99', '100']);
  for (const part of arrived.parts(1)) expect.soft(part.created_at).toBeLessThanOrEqual(Date.now() / 1000);
  const odd = issues.filter(({ code }) => code === 'DATE_OUT_OF_RANGE').map(({ sourceId }) => sourceId);
  expect.soft(odd.sort()).toEqual(['13', '14', '15']);

  const folded = (names: readonly string[]) => names.map(name => name.normalize('NFC').toLowerCase()).sort();
  for (const [place, [written, arrive]] of tags.entries())
    expect.soft(folded(arrived.tags(arrived.conversation(100 + place))), JSON.stringify(written)).toEqual(folded(arrive));
  expect.soft(arrived.tags(arrived.conversation(200))).toEqual(['tek']);

  for (const [person, [addresses, arrives]] of people.entries()) {
    const found = [...intercom.workspace.contacts.values()].filter(each => each.email === arrives);
    expect
      .soft(
        found.map(each => each.external_id),
        arrives,
      )
      .toEqual([`infoset:71:${2000 + person * 10 + addresses.length - 1}`]);
    if (addresses.length > 1) expect.soft(found[0]!.notes.length, arrives).toBe(1);
  }
  expect.soft(issues.filter(({ severity }) => severity === 'ERROR')).toEqual([]);
  const result = await reconciliation(root, projectId);
  expect.soft(result.differences.edges).toEqual([]);
  expect.soft([run.state, result.balanced]).toEqual(['SUCCEEDED', true]);
  const writes = intercom.writes();
  expect.soft((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect.soft(intercom.writes()).toBe(writes);
});
