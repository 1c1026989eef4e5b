import { parse } from 'csv-parse/sync';
import { marked } from 'marked';
import { beforeAll, expect, test } from 'vitest';
import type { InfosetAccount, Item, TableName } from '../../src/simulators/infoset/account.js';
import { workspace } from '../support/destination.js';
import { documents } from '../support/documents.js';
import { issuesOf, simulator, smallAccount } from '../support/extraction.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { parsedPage, strangersIn } from '../support/parsed-page.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

/** What is put into every text field, one after another. */
const payloads = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</td></table><svg/onload=alert(1)>',
  '"><iframe src=//evil.example>',
  '[x](javascript:alert(1)) ![y](http://evil.example/p.png)',
  '<http://evil.example/a> https://evil.example/b www.evil.example',
  '`code` | pipe \\',
  '## heading #',
  '- item',
  '1. one',
  '--- ~~~',
  '&lt;b&gt; &amp;',
  '__proto__',
  'constructor',
  'toString',
  '=HYPERLINK("http://evil.example")',
  "+cmd|' /C calc'!A0",
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '\uff1d1+1',
  '../../etc/passwd',
  '..\\..\\con',
];
const projectName = '<script>alert(1)</script> [x](javascript:alert(1)) `y` | ## __proto__ <img src=x onerror=alert(1)>';
/** Fields that are not free text: changing them makes another record. */
const structural =
  /id$|ids$|date$|email$|^(type|contentType|url|address|phone|language|linkedType|website|currency|network|timeZone)$|number$/i;

/** A record whose texts begin with the payloads. */
function attacked(item: Item, from: number): Item {
  let next = from;
  const inside = (name: string, value: unknown): unknown => {
    if (typeof value === 'string') return structural.test(name) ? value : `${payloads[next++ % payloads.length]} ${value}`;
    if (Array.isArray(value)) return structural.test(name) ? value : value.map(each => inside('', each));
    if (typeof value !== 'object' || value === null || name === 'data') return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inside(key, each)]));
  };
  return inside('record', item) as Item;
}

const tables: TableName[] =
  'users teams companies contacts deals tickets ticketlogs calls articlecategories articles emailaccounts chatwidgets automations reports emails'.split(
    ' ',
  ) as TableName[];

function attack(account: InfosetAccount): InfosetAccount {
  for (const [place, payload] of payloads.entries()) {
    const rule = { isActive: place % 3 > 0, updatedDate: '2026-01-01T00:00:00Z' };
    account.put('automations', {
      ...rule,
      id: 500 + place,
      name: payload,
      kind: payload,
      trigger: { type: payload, [payload]: payload },
      conditions: [{ field: payload, operator: payload, value: payload }],
      actions: [{ type: payload, params: { [payload]: payload, userId: payload, teamId: payload, emailAccountId: payload } }],
      delays: [{ unit: payload, value: payload }],
    });
    account.put('chatwidgets', {
      ...rule,
      id: 600 + place,
      name: payload,
      domains: [payload],
      targeting: [{ type: payload, value: payload }],
      config: { [payload]: payload, color: { [payload]: payload } },
    });
    account.put('emailaccounts', {
      ...rule,
      id: 700 + place,
      address: payload,
      rules: [{ type: payload, name: payload, config: { [payload]: payload } }],
    });
    account.put('reports', {
      id: place % 2 ? payload : 800 + place,
      name: payload,
      data: { columns: [payload, 'b'], rows: [[payload, -1]] },
    });
  }
  for (const table of tables) for (const [place, item] of account.all(table).entries()) account.put(table, attacked(item, place));
  const [contact] = account.all('contacts');
  const custom = Object.fromEntries(payloads.map(payload => [payload, `value of ${payload}`]));
  account.put('contacts', { ...contact, customFields: custom });
  const [ticket] = account.all('tickets');
  account.put('tickets', {
    ...ticket,
    customFields: custom,
    priority: '__proto__',
    channelType: 'constructor',
    status: 'toString',
  });
  return account;
}

/** Names and texts of the members of an archive without compression, by its directory at the end. */
function* membersOf(zip: Buffer): Generator<[string, string]> {
  for (let at = zip.readUInt32LE(zip.lastIndexOf('PK\x05\x06') + 16); zip.readUInt32LE(at) === 0x02014b50; ) {
    const [nameSize, extraSize, commentSize] = [28, 30, 32].map(place => zip.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    yield [zip.toString('utf8', at + 46, at + 46 + nameSize), zip.toString('utf8', begin, begin + zip.readUInt32LE(at + 20))];
    at += 46 + nameSize + extraSize + commentSize;
  }
}

test('no text of the account becomes active in a document, and all of it can be read', async () => {
  const infoset = await simulator(ownUrl => attack(smallAccount(8)(ownUrl)));
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom, { inboxes: 1 });
  const { userErrors } = await root.mutate(
    'updateProject',
    'UpdateProjectInput',
    { projectId, name: projectName },
    'project { id }',
  );
  expect(userErrors).toEqual([]);
  const run = await produce(root, projectId);
  expect((await issuesOf(root, projectId)).filter(({ severity }) => severity === 'ERROR')).toEqual([]);
  expect(run.state).toBe('SUCCEEDED');
  const { balanced, differences } = await reconciliation(root, projectId);
  expect(differences.edges).toEqual([]);
  expect(balanced).toBe(true);

  const texts = new Map<string, string>();
  const archives = new Map<string, Buffer>();
  for (const { name, downloadUrl } of await documents(root, projectId)) {
    const bytes = Buffer.from(await (await fetch(downloadUrl)).arrayBuffer());
    texts.set(name, bytes.toString());
    if (name.endsWith('.zip')) archives.set(name, bytes);
  }
  const isOurs = (href: string) => href.startsWith('https://help.ege.example/');
  for (const [name, text] of texts) {
    expect(name).toMatch(/^[\p{L}\p{N}_-]+(\/[\p{L}\p{N}_-]+)?\.(md|html|csv|jsonl|zip)$/u);
    if (name.endsWith('.html')) expect(strangersIn(parsedPage(text), isOurs), name).toEqual([]);
    if (name.endsWith('.md')) {
      const parsed = parsedPage(marked.parse(text, { async: false }));
      expect(
        strangersIn(parsed, href => isOurs(href) || href.startsWith('mailto:')),
        name,
      ).toEqual([]);
    }
    if (name.endsWith('.jsonl')) {
      const [columns] = parse(texts.get(name.replace('.jsonl', '.csv'))!, { bom: true, to: 1 }) as string[][];
      const lines = text.split('\n');
      expect(lines.pop()).toBe('');
      for (const line of lines) expect(Object.keys(JSON.parse(line)), name).toEqual(columns);
    }
    if (!name.endsWith('.csv')) continue;
    const rows = parse(text, {
      bom: true,
      record_delimiter: '\r\n',
      relax_column_count: name.startsWith('reports/'),
    }) as string[][];
    for (const cell of rows.flat())
      if (/^[\s\p{C}]*[=+@\uff1d-]|^[\t\r]/u.test(cell)) expect(cell, name).toMatch(/^(-\d+|\+[\d ]+)$/);
  }

  expect([...archives.keys()]).toContain('production/recordings.zip');
  for (const [name, bytes] of archives) {
    const members = new Map(membersOf(bytes));
    expect([...members.keys()]).toEqual(
      expect.arrayContaining(['manifest.csv', 'manifest.jsonl', 'kept-files.csv', 'SHA256SUMS']),
    );
    for (const member of members.keys()) expect(member, name).toMatch(/^(?!.*\.\.)[\p{L}\p{N}_-][^\\\p{C}<>:"|?*]*$/u);
    for (const [member, document] of [
      ['manifest.csv', 'recording-manifest.csv'],
      ['manifest.jsonl', 'recording-manifest.jsonl'],
      ['kept-files.csv', 'kept-files.csv'],
    ] as const)
      expect(members.get(member)).toBe(texts.get(`production/${document}`));
    for (const line of members.get('SHA256SUMS')!.trimEnd().split('\n'))
      expect(members.has(/^[0-9a-f]{64} {2}(.+)$/.exec(line)![1]!), line).toBe(true);
  }

  const cells = (name: string) =>
    new Set((parse(texts.get(name)!, { bom: true, record_delimiter: '\r\n' }) as string[][]).flat());
  const read = (name: string) => parsedPage(texts.get(name)!).text;
  const oneLine = (value: unknown) => String(value).replace(/\s+/g, ' ').trim();
  for (const [table, inventory] of [
    ['automations', 'automation-inventory'],
    ['chatwidgets', 'messenger-inventory'],
    ['emailaccounts', 'mail-routing'],
  ] as const) {
    const fields = cells(`${inventory}-fields.csv`);
    const page = read(`${inventory}.html`);
    for (const item of infoset.account.all(table)) {
      const text = (item.address ?? item.name) as string;
      expect(fields.has(text) || fields.has(`'${text}`), text).toBe(true);
      expect(page).toContain(oneLine(text));
    }
  }
  for (const name of ['automation-inventory.csv', 'production/deals.csv', 'production/articles.csv']) {
    const table = cells(name);
    const [wanted, field] = { a: ['automations', 'name'], d: ['deals', 'name'], r: ['articles', 'title'] }[
      name === 'automation-inventory.csv' ? 'a' : name.includes('deals') ? 'd' : 'r'
    ] as [TableName, string];
    for (const item of infoset.account.all(wanted))
      expect(table.has(item[field] as string) || table.has(`'${item[field]}`), `${name} ${item[field]}`).toBe(true);
  }
  const runbook = read('production/runbook.html');
  for (const { name } of infoset.account.all('teams')) expect(runbook).toContain(oneLine(name));
  const specification = read('mapping-specification.html');
  for (const payload of payloads) expect(specification).toContain(JSON.stringify(payload));
  expect(specification).toContain('__proto__');

  const [contact] = infoset.account.all('contacts');
  const loaded = [...intercom.workspace.contacts.values()].find(each => each.external_id?.endsWith(`:${contact!.id}`))!;
  const values = new Set(Object.values(loaded.custom_attributes));
  for (const payload of payloads) expect(values, payload).toContain(`value of ${payload}`);
});
