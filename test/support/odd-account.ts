import type { InfosetAccount, Item, TableName } from '../../src/simulators/infoset/account.js';
import { Random } from '../../src/simulators/random.js';

const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
/** A text that cannot be compressed for an index. */
export function long(letter: string, length = 255): string {
  const random = new Random(letter.codePointAt(0)!);
  return letter + Array.from({ length: length - 1 }, () => random.pick(letters)).join('');
}
const tooLong = (letter: string) => long(letter, 10_000);
export const wholeText = `Başı ${'uzun bir metin '.repeat(140_000)}sonu`;
/** Inserted into answers as text, because `JSON.stringify` fails at such a depth. */
export const deepMark = '"a value nested 5,000 deep"';
export const deep = `${'{"a":'.repeat(5_000)}"at the bottom"${'}'.repeat(5_000)}`;

const digits = Array.from(long('5', 10_000), each => each.codePointAt(0)! % 10).join('');
export const at = { createdDate: '2026-11-20T10:00:00Z', updatedDate: '2026-11-20T10:00:00Z' };

/** Field names and values of every odd kind, beside good ones. */
const oddFields = (): Item => ({
  'na\0me': 'under a name with NUL',
  'half \ud800': 'under half a pair',
  [tooLong('n')]: 'under a name of 10,000 characters',
  ...(JSON.parse('{"__proto__":"under __proto__","constructor":"under constructor"}') as Item),
  far: JSON.parse(deepMark),
  large: 1e300,
  'nul value': 'a\0b',
});

export function spoil(account: InfosetAccount): void {
  const [contact, company, user] = [account.all('contacts')[0]!, account.all('companies')[0]!, account.all('users')[0]!];
  const put = (table: TableName, ...items: Item[]) => {
    for (const item of items) account.put(table, { ...at, ...item });
  };
  put(
    'companies',
    { id: tooLong('A'), name: 'Skipped' },
    { id: long('B'), name: 'B', employeeCount: 1e300, customFields: oddFields() },
  );
  put('companies', {
    id: 5001,
    name: long('ş', 10_000),
    employeeCount: -3,
    parentCompanyId: tooLong('A'),
    tags: [tooLong('t'), 'a\0b', 'VIP'],
  });
  put(
    'contacts',
    { id: tooLong('C'), fullName: 'Skipped', email: 'skipped@odd.example' },
    {
      id: long('D'),
      fullName: 'D',
      companyId: long('B'),
      email: 'd@odd.example',
      phone: `+90${'5321234567'.repeat(1_000)}`,
      customFields: oddFields(),
      ...oddFields(),
    },
    {
      id: 9101,
      fullName: 'Many',
      customFields: Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`f${n}`, `v${n}`])),
    },
    {
      id: 9102,
      fullName: 'Text\0',
      email: 'x\0y@odd.example',
      customFields: JSON.stringify({ 'l\0': 1 }),
      companyId: tooLong('A'),
    },
  );
  put('users', { id: tooLong('E'), fullName: 'Skipped' }, { id: 7101, fullName: `N\0${tooLong('n')}`, email: 'n\0@odd.example' });
  put('teams', { id: 71, name: `T\0${tooLong('t')}` });
  put('pipelines', { id: 72, name: 'P', stages: [null, 5, { id: { toString: 1 }, name: null }] });
  put('customfields', {
    id: 73,
    linkedType: 'contact',
    label: `L\0${tooLong('l')}`,
    type: 'select',
    options: [null, tooLong('o')],
  });
  put(
    'deals',
    { id: tooLong('F'), name: 'Skipped' },
    { id: long('G'), name: 'G', value: 1e300, contactId: long('D'), notes: JSON.parse(deepMark) },
  );
  put(
    'articlecategories',
    { id: tooLong('H'), name: 'Skipped' },
    { id: long('I'), name: 'I', order: 1e300, description: 'a\0b' },
  );
  put(
    'articles',
    { id: tooLong('J'), title: 'Skipped' },
    {
      id: long('K'),
      title: 'K',
      html: `<p>K</p><img src="http://127.0.0.1:9/${tooLong('i')}.png">`,
      categoryId: long('I'),
      order: -1e300,
      status: 'published',
      language: 'tr',
      translations: [null, { language: 'e\0n', title: 'x', html: 'y' }],
    },
  );
  put(
    'automations',
    { id: tooLong('L'), name: 'Skipped' },
    { id: long('M'), name: 'M', isActive: true, trigger: JSON.parse(deepMark), ...oddFields() },
  );
  put(
    'chatwidgets',
    { id: tooLong('N'), name: 'Skipped' },
    { id: long('O'), name: 'O', isActive: true, config: oddFields(), domains: JSON.parse(deepMark) },
  );
  put(
    'emailaccounts',
    { id: tooLong('P'), address: 'skipped@odd.example' },
    { id: long('Q'), address: 'q\0@odd.example', rules: [null, { type: 5 }] },
  );
  put(
    'reports',
    { id: tooLong('R'), name: 'Skipped' },
    { id: long('S'), name: 'S\0', data: { columns: ['a\0'], rows: [null, [1e300]] } },
  );
  const person = { contactId: contact.id, companyId: company.id };
  put(
    'tickets',
    { id: tooLong('T'), subject: 'Skipped', ...person, status: 4 },
    {
      id: long('U'),
      subject: 'U\0',
      content: 'U',
      contactId: long('D'),
      companyId: long('B'),
      status: 4,
      ownerIds: [user.id, tooLong('E')],
      csat: { score: 1e300 },
      channelType: `chat\0${tooLong('c')}`,
      customFields: oddFields(),
      tags: [tooLong('t')],
      order: { valueOf: 1 },
    },
  );
  const log = { ticketId: long('U'), type: 'chat', contactId: long('D'), isAgent: false };
  account.blobs.files.set('odd-file', { contentType: 'text/plain', size: 4, status: 200, bytes: () => Buffer.from('file') });
  put(
    'ticketlogs',
    { ...log, id: long('1'), content: 'the first' },
    { ...log, id: tooLong('2'), content: 'skipped' },
    { ...log, id: long('3'), content: wholeText },
    {
      ...log,
      id: 3001,
      content: 'with a file',
      attachments: [
        {
          id: tooLong('f'),
          name: `n\0${tooLong('n')}.txt`,
          contentType: 'text/plain',
          size: 1e300,
          url: 'FILES/v1/files/odd-file',
        },
        null,
      ],
    },
    { ...log, id: 3002, type: 'email', emailId: long('4'), content: 'preview' },
    { ...log, id: 3003, type: 'email', emailId: tooLong('4'), content: 'the preview moves' },
    { ...log, id: 3004, type: 'note', userId: tooLong('E'), isAgent: true, content: 'by nobody', createdDate: 1e300 },
  );
  account.put('emails', { id: long('4'), subject: 's\0', from: { address: 'a\0@b' }, htmlBody: '<p>mail</p>', ...oddFields() });
  for (const [place, durationSeconds] of [-5, 3e9, 1e300, 'abc', { valueOf: 1, toString: 1 }, 65].entries())
    put('calls', {
      id: place === 0 ? long('V') : 6100 + place,
      ...person,
      ticketId: long('U'),
      direction: 'inbound',
      fromNumber: digits,
      durationSeconds,
      startedDate: at.createdDate,
      hasRecording: place === 0,
    });
  put('calls', { id: tooLong('W'), ...person, durationSeconds: 1 });
}
