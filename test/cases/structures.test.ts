import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { beforeAll, expect, test } from 'vitest';
import type { Item } from '../../src/simulators/infoset/account.js';
import { type InfosetSimulator, startInfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import { type IntercomSimulator, startIntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import { accountOf, article, category, contact, log, ticket } from '../support/account.js';
import { Arrived } from '../support/arrived.js';
import { dealType } from '../support/destination.js';
import { documents, textOf } from '../support/documents.js';
import { extract, type IssueView, issuesOf } from '../support/extraction.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

/** id → its parent; → name of the collection that must contain it. */
const categories: [id: number, parentId: unknown, liesIn: number | null][] = [
  // A pair, the larger id first; one of a longer id; numbers as texts.
  [102, 101, 101],
  [101, 102, null],
  [99, 100, null],
  [100, 99, 99],
  [161, '162', null],
  [162, '161', 161],
  // Its own parent.
  [111, 111, null],
  // Four in a circle: the smallest is at the top, the last is too deep.
  [122, 123, 124],
  [121, 122, null],
  [123, 124, 124],
  [124, 121, 121],
  // A tail on a circle.
  [134, 133, 133],
  [133, 131, 131],
  [132, 131, 131],
  [131, 132, null],
  // A parent that does not exist, and no parent.
  [141, 999_999, null],
  [142, 141, 141],
  [143, '', null],
  // Five deep.
  [155, 154, 152],
  [154, 153, 152],
  [153, 152, 152],
  [152, 151, 151],
  [151, null, null],
];

const names: [name: unknown, arrives: string][] = [
  ['2026/11/fatura.pdf', '2026_11_fatura.pdf'],
  ['C:\\Users\\ayşe\\a.doc', 'C:_Users_ayşe_a.doc'],
  ['\\\\sunucu\\pay\\a.doc', 'sunucu_pay_a.doc'],
  ['../..//./a.txt', 'a.txt'],
  ['..', 'file 5005'],
  ['/', 'file 5006'],
  ['  \n ', 'file 5007'],
  [null, 'file 5008'],
  ['\u202e', 'file 5009'],
  ['resim\u202egnp.exe', 'resimgnp.exe'],
  ['\u2066sağ\u2069.pdf', 'sağ.pdf'],
  ['a\r\n\tb\u2028c.pdf', 'a b c.pdf'],
  [`${'ş'.repeat(300)}.jpeg`, `${'ş'.repeat(125)}.jpeg`],
  [`x.${'y'.repeat(400)}`, `x.${'y'.repeat(253)}`],
  [`${'🔥'.repeat(100)}.md`, `${'🔥'.repeat(63)}.md`],
  ['👩‍👩‍👧.pdf', '👩‍👩‍👧.pdf'],
  ['.htaccess', '.htaccess'],
  ['a;b,"c" & <d>=.pdf', 'a;b,"c" & <d>=.pdf'],
  ['aynı.pdf', 'aynı.pdf'],
  ['aynı.pdf', 'aynı.pdf'],
];
const bytesOf = (name: string) => Buffer.from(`bytes of ${name}`);

const merges: [id: number, into: unknown][] = [
  [701, null],
  [702, 701],
  [703, '702'],
  [711, 712],
  [712, 713],
  [713, 711],
  [721, 721],
  [731, 999_999],
];

const formulas = [
  '=1+1',
  '\u00a0=2',
  '\u200b=3',
  '\ufeff+4',
  '\r\n@SUM(1)',
  '\t-5+cmd',
  '\uff1d6',
  '-7',
  '+90 532 000',
  "'=8",
  'a=9',
  '"=10"',
];

const nobody = { fullName: null, email: null, phone: null };
const people: Item[] = [
  contact(201, nobody),
  contact(202, { fullName: '', email: '', phone: '' }),
  contact(203, { fullName: ' ', email: ' ', phone: ' ' }),
  // Text in the place of an address is not an address.
  contact(204, { fullName: null, email: '-', phone: '-' }),
  contact(205, { fullName: null, email: '-', phone: '-' }),
];

let root: Partner;
let projectId: string;
let infoset: InfosetSimulator;
let intercom: IntercomSimulator;
let arrived: Arrived;
let issues: IssueView[];

beforeAll(async () => {
  ({ root } = await serverOfThisFile({ ...quickTimes, REQUEST_TIMEOUT_MS: '10000' }));
  const carried = names.map(([name], place) => ({ id: 5_001 + place, name, contentType: '', url: `/v1/files/${5_001 + place}` }));
  const empty = { id: 5_900, name: 'boş/dosya.txt', contentType: 'text/plain', size: 0, url: '/v1/files/5900' };
  const deal = (name: string, place: number): Item => ({
    id: 801 + place,
    name,
    value: 10,
    currency: 'TRY',
    contactId: 1001,
    ownerIds: [],
    notes: name,
    status: 1,
    customFields: '{}',
    createdDate: '2026-01-05T08:00:00Z',
    updatedDate: '2026-01-05T08:00:00Z',
  });
  const tables = {
    contacts: [contact(1001), ...people],
    articlecategories: categories.map(([id, parentId]) => category(id, { parentId })),
    articles: [
      ...categories.map(([id], place) => article(10_000 + id, `<p>içerik ${id}</p>`, { categoryId: id, order: place })),
      ...formulas.map((title, place) => article(20_000 + place, '<p>x</p>', { title, categoryId: null })),
    ],
    tickets: [
      ticket(500),
      ...people.map(({ id }) => ticket(id, { contactId: id })),
      ...merges.map(([id, mergedIntoId]) => ticket(id, { mergedIntoId })),
    ],
    ticketlogs: [
      ...carried.map((file, place) => log(50_001 + place, 500, { content: `dosya ${place}`, attachments: [file] })),
      log(50_900, 500, { content: 'boş', attachments: [empty] }),
      ...people.map(({ id }) => log(60_000 + id, id, { contactId: id, content: `kimliksiz ${id}` })),
      ...merges.map(([id]) => log(70_000 + id, id, { content: `talep ${id}` })),
    ],
    deals: formulas.map(deal),
  };
  const files = Object.fromEntries(carried.map(({ id, name }) => [id, { contentType: '', bytes: bytesOf(String(name)) }]));
  infoset = await startInfosetSimulator(
    accountOf(tables, { ...files, 5900: { contentType: 'text/plain', bytes: Buffer.alloc(0) } }),
  );
  intercom = await startIntercomSimulator({ limits: null, refusedFiles: /^boş/ });
  intercom.workspace.objectTypes = [dealType()];
  projectId = await readyProject(root, infoset, intercom);
  const run = await produce(root, projectId);
  const { balanced, differences } = await reconciliation(root, projectId);
  expect(differences.edges).toEqual([]);
  expect(balanced).toBe(true);
  expect(run.state).toBe('SUCCEEDED');
  arrived = new Arrived(intercom);
  issues = await issuesOf(root, projectId);
  return () => Promise.all([infoset.close(), intercom.close()]);
});

const reported = (code: string) =>
  issues
    .filter(each => each.code === code)
    .map(each => each.sourceId)
    .sort();

/** Category by its number → that of its parent. */
function tree(): Record<string, number | null> {
  const { collections } = intercom.workspace;
  const numberOf = (id: string | null) => (id === null ? null : Number(collections.get(id)!.name.replace('Kategori ', '')));
  return Object.fromEntries([...collections.values()].map(each => [numberOf(each.id), numberOf(each.parent_id)]));
}

test('categories: each circle is cut once and reported, no collection lacks its parent, and every article is in its collection', () => {
  expect(intercom.workspace.collections.size).toBe(categories.length);
  expect(tree()).toEqual(Object.fromEntries(categories.map(([id, , liesIn]) => [id, liesIn])));
  expect(reported('CATEGORY_CIRCLE')).toEqual(['101', '111', '121', '131', '161', '99']);
  expect(reported('CATEGORY_FOLDED')).toEqual(['122', '154', '155']);
  expect(reported('DANGLING_REFERENCE')).toContain('141');
  for (const [id] of categories) {
    const { parent_id } = arrived.article(`Makale ${10_000 + id}`);
    expect(intercom.workspace.collections.get(String(parent_id))!.name).toBe(`Kategori ${id}`);
  }
});

test('files: each is in its message, with its bytes and a readable name; an empty one that is refused is reported', () => {
  const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  const files = arrived.parts(500).map(part => part.attachments.map(({ name, sha256 }) => [name, sha256]));
  expect(files.slice(0, names.length)).toEqual(names.map(([name, arrives]) => [[arrives, digest(bytesOf(String(name)))]]));
  expect(arrived.messages(500).at(-1)).toMatch(
    /^boş\nAttachment: boş_dosya\.txt \(0 bytes\), in the package as files\/5900-boş_dosya\.txt/,
  );
  expect(reported('ATTACHMENT_NAMED')).toEqual(['5900']);
});

test('contacts without a name or address stay separate, each with its own ticket', () => {
  const contacts = [...intercom.workspace.contacts.values()];
  const made = people.map(({ id }) => contacts.filter(each => each.external_id?.endsWith(`:${id}`)));
  expect(made.map(each => each.length)).toEqual(people.map(() => 1));
  for (const [place, { id }] of people.entries()) {
    expect([...arrived.conversation(id).contacts]).toEqual([made[place]![0]!.id]);
    expect(arrived.messages(id)).toEqual([`kimliksiz ${id}`]);
    expect(made[place]![0]).toMatchObject({ email: null, phone: null });
  }
});

test('merges: chains, circles and merges into itself end, and each conversation links to the others', () => {
  const leads = (id: number) =>
    arrived
      .messages(id)
      .slice(1)
      .map(note => {
        const other = /Infoset #(\d+)/.exec(note)![1]!;
        expect(note).toContain(`/${arrived.conversation(other).id}`);
        return Number(other);
      })
      .sort();
  for (const [id] of merges) expect(arrived.messages(id)[0]).toBe(`talep ${id}`);
  expect(Object.fromEntries(merges.map(([id]) => [id, leads(id)]))).toEqual({
    701: [702],
    702: [701, 703],
    703: [702],
    711: [712, 713],
    712: [711, 713],
    713: [711, 712],
    721: [],
    731: [],
  });
});

test('no cell of a table runs in a spreadsheet, and the values in Intercom are unchanged', async () => {
  const harmless = new Set(['-7', '+90 532 000']);
  let found = 0;
  for (const { name } of (await documents(root, projectId)).filter(each => each.name.endsWith('.csv'))) {
    const rows = parse(await textOf(root, projectId, name), { bom: true, relax_column_count: true }) as string[][];
    for (const cell of rows.flat()) {
      if (harmless.has(cell)) continue;
      expect(cell, name).not.toMatch(/^[\s\p{C}]*[=+@\uff1d\uff0b\uff20\uff0d-]|^[\t\r\n]/u);
      if (formulas.some(each => cell.includes(each))) found++;
    }
  }
  expect(found).toBeGreaterThanOrEqual(2 * (formulas.length - harmless.size));
  const deals = [...intercom.workspace.objectInstances.get('Deal')!.values()].map(each => each.custom_attributes);
  expect(deals.map(each => each.name)).toEqual(expect.arrayContaining(formulas));
  expect(deals.map(each => each.notes)).toEqual(expect.arrayContaining(formulas));
});

test('a circle that is corrected at the source is corrected in Intercom, and nothing is created twice', async () => {
  const before = [...intercom.workspace.collections.keys()];
  const put = (id: number, parentId: unknown) => infoset.account.put('articlecategories', category(id, { parentId }));
  put(102, null);
  put(111, null);
  put(141, 143);
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect([...intercom.workspace.collections.keys()]).toEqual(before);
  expect(tree()).toMatchObject({ 101: 102, 102: null, 111: null, 141: 143, 142: 141 });
  expect((await reconciliation(root, projectId)).balanced).toBe(true);
  const writes = intercom.writes();
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(intercom.writes()).toBe(writes);
});
