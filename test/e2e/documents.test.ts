import { parse } from 'csv-parse/sync';
import { beforeAll, expect, test } from 'vitest';
import { textsOf, turkishSentences } from '../../src/pipeline/report/texts/texts.js';
import { provision, workspace } from '../support/destination.js';
import { documents, textOf } from '../support/documents.js';
import { extract, simulator, smallAccount } from '../support/extraction.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

const kinds = [
  'AUTOMATION_INVENTORY',
  'CHANNEL_VIEW_GUIDE',
  'CONSTRAINT_CHECKLIST',
  'MAIL_ROUTING_INVENTORY',
  'MAPPING_SPECIFICATION',
  'MIGRATION_SCOPE',
  'RECONCILIATION_REPORT',
  'RECORDING_MANIFEST',
  'REPORT_DATA',
  'RUNBOOK',
  'WIDGET_INVENTORY',
];

test('documents: inventories with names and counterparts, texts as Markdown and pages, tables as CSV, the same bytes twice', async () => {
  const infoset = await simulator(ownUrl => {
    const account = smallAccount(20)(ownUrl);
    account.put('automations', {
      id: 50,
      name: 'Kaçış <script>alert(1)</script> | [x](javascript:alert(1))',
      kind: 'rule',
      isActive: true,
      trigger: { type: 'ticket_idle' },
      conditions: [
        { field: 'customField:Müşteri Tipi', operator: 'equals', value: 'Kurumsal' },
        { field: 'pipelineId', operator: 'equals', value: 25965 },
        { field: 'phaseOfMoon', operator: 'equals', value: 'full' },
      ],
      actions: [
        { type: 'assign_team', params: { teamId: 3 } },
        { type: 'assign_user', params: { userId: account.all('users')[0]!.id } },
        { type: 'send_email', params: { emailAccountId: 1, subject: '=1+1' } },
        { type: 'suggest_article', params: { articleIds: [account.all('articles')[0]!.id] } },
      ],
      delays: [{ unit: 'hour', value: 48 }],
      updatedDate: '2026-01-01T00:00:00Z',
      // Fields that the contract does not mention are kept too.
      ownerNote: 'line one\nline two',
      limits: { perDay: 5, formula: '=2+2' },
    });
    account.put('reports', {
      id: 'odd-report',
      name: 'Odd "name"',
      data: {
        columns: ['a;b', 'c'],
        rows: [
          ['=cmd', 1],
          ['+90 532', -2],
        ],
      },
    });
    return account;
  });
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom, { inboxes: 1, widgets: 5, seats: 2 });
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const { rows, balanced, fields } = await reconciliation(root, projectId);
  expect(balanced).toBe(true);
  for (const [recordType, table] of [
    ['MAIL_ACCOUNT', 'emailaccounts'],
    ['CHAT_WIDGET', 'chatwidgets'],
    ['AUTOMATION', 'automations'],
    ['REPORT', 'reports'],
  ] as const) {
    const count = infoset.account.all(table).length;
    expect(
      rows.find(each => each.recordType === recordType),
      recordType,
    ).toMatchObject({ source: count, staged: count, loaded: count, verified: count });
  }
  const all = await documents(root, projectId);
  expect([...new Set(all.map(each => each.kind))].sort()).toEqual(kinds);
  for (const { name, mediaType } of all)
    expect(mediaType, name).toMatch(
      { md: /markdown/, html: /html/, csv: /csv/, jsonl: /jsonl/, zip: /zip/ }[name.split('.').at(-1)!]!,
    );
  const page = await textOf(root, projectId, 'automation-inventory.html');
  expect(page).not.toContain('<script>alert');
  expect(page).not.toMatch(/href="javascript:/i);
  const inventory = await textOf(root, projectId, 'automation-inventory.md');
  expect(inventory).toContain('- [ ] rebuilt');
  expect(inventory).toContain('delay: 48 hours → Wait (full)');
  expect(inventory).toContain('trigger: nothing happened in the ticket → ');
  expect(inventory).toContain('Destek (team 9101)');
  expect(inventory).toContain('destek@ege.example (exists)');
  expect(inventory).toMatch(/Makale \d+ \(<https:\/\/help\.ege\.example\//);
  expect(inventory).toContain('Rule on the attribute musteri\\_tipi (full)'.replace('\\_', '_'));
  expect(inventory).toContain('The field “phaseOfMoon” is unknown (none)');
  expect(inventory).toContain('## Inactive at the source');
  const mail = await textOf(root, projectId, 'mail-routing.md');
  expect(mail).toContain('3 of 4 mail accounts are active; the plan of the source allows');
  expect(mail).toContain('**2 too many**: the plan of Intercom allows 1 inboxes');
  expect(mail).toContain('exists, brand Ege');
  // No discovery ran: the extraction gives the same facts.
  const scope = await textOf(root, projectId, 'migration-scope.md');
  expect(scope).toContain('Plan of the source: professional.');
  expect(scope).toContain(`| Tickets | ${infoset.account.all('tickets').length} |`);
  const limit = infoset.account.account.plan.mailAccountLimit;
  expect(mail).toContain(`the plan of the source allows ${limit}`);
  const widgets = await textOf(root, projectId, 'messenger-inventory.md');
  expect(widgets).toContain('The plan of Intercom allows 5 Messengers: enough.');
  const kept = parse(await textOf(root, projectId, 'automation-inventory-fields.csv'), { bom: true }) as string[][];
  expect(kept.filter(([id]) => id === '50')).toEqual(
    expect.arrayContaining([
      ['50', 'ownerNote', 'line one\nline two'],
      ['50', 'limits.perDay', '5'],
      ['50', 'limits.formula', "'=2+2"],
    ]),
  );
  expect(fields).toContainEqual(
    expect.objectContaining({ recordType: 'AUTOMATION', field: 'limits.formula', normalised: 1, different: 0 }),
  );
  expect(fields).toContainEqual(
    expect.objectContaining({ recordType: 'AUTOMATION', field: 'ownerNote', equal: 1, different: 0 }),
  );
  const reports = infoset.account.all('reports').length;
  expect(fields).toContainEqual(
    expect.objectContaining({ recordType: 'REPORT', field: 'data', compared: reports, equal: reports }),
  );
  const odd = await textOf(root, projectId, 'reports/odd-report.csv');
  expect(odd).toBe("a;b,c\r\n'=cmd,1\r\n+90 532,-2\r\n");
  const volume = (await textOf(root, projectId, 'reports/computed-ticket-volume.csv')).trim().split('\r\n').slice(1);
  expect(volume.reduce((sum, line) => sum + Number(line.split(',')[1]), 0)).toBe(20);
  const report = await textOf(root, projectId, 'production/reconciliation.md');
  expect(report).toContain('**Balanced**');
  const notSilent = /(\d+) conversations opened, (\d+) messages of contacts, (\d+) assignments, (\d+) conversations closed/.exec(
    report,
  )!;
  expect(notSilent.slice(1).reduce((sum, each) => sum + Number(each), 0)).toBe(intercom.workspace.notifications.unavoidable);
  const runbook = await textOf(root, projectId, 'production/runbook.md');
  for (const { name } of infoset.account.all('chatwidgets')) expect(runbook).toContain(`- [ ] ${name}`);
  expect(runbook).toContain('more than the plan has seats');
  const spec = await textOf(root, projectId, 'mapping-specification.md');
  for (const type of ['Companies', 'Deals', 'Articles', 'Calls', 'Automations', 'Reports']) expect(spec).toContain(`## ${type}`);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const again = await documents(root, projectId);
  const digests = (list: typeof all) => Object.fromEntries(list.map(({ name, sha256 }) => [name, sha256]));
  expect(digests(again)).toEqual(digests(all));

  // In Turkish: no English sentence of the documents, and none that is stored in English.
  const changed = await root.mutate('updateProject', 'UpdateProjectInput', { projectId, language: 'TR' }, 'project { language }');
  expect(changed).toEqual({ project: { language: 'TR' }, userErrors: [] });
  // Each kind of run writes its documents.
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  expect((await provision(root, projectId)).state).toBe('SUCCEEDED');
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const english = [...wordsOf(textsOf('EN')), ...Object.keys(turkishSentences).flatMap(each => each.split('{}'))];
  const sentences = english.map(each => each.trim()).filter(each => each.length > 14 && each.includes(' '));
  expect(sentences.length).toBeGreaterThan(300);
  const turkish = (await documents(root, projectId)).filter(({ name }) => /\.md$|mapping-specification\.csv$/.test(name));
  expect(turkish.length).toBeGreaterThan(8);
  for (const { name } of turkish) {
    const text = await textOf(root, projectId, name);
    for (const sentence of sentences) expect(text.includes(sentence), `${name}: ${sentence}`).toBe(false);
  }
});

/** All texts of a dictionary that have no values. */
function* wordsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const each of 'text' in value && 'source' in value ? [value.text] : Object.values(value)) yield* wordsOf(each);
}
