import { beforeAll, expect, test } from 'vitest';
import { answerAgents, confirmProposal, connectDestination, dealType, provision, workspace } from '../support/destination.js';
import { textOf } from '../support/documents.js';
import { connectedProject, extract, issuesOf, simulator, smallAccount } from '../support/extraction.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

const contactKey = (id: unknown) => `infoset:71:${id}`;

test('deals: every field, links to their contacts in addition to existing ones, no writes the second time', async () => {
  const infoset = await simulator(smallAccount(16));
  const { account } = infoset;
  const [first, second] = account.all('deals');
  const contact = account.all('contacts').find(each => each.email)!;
  Object.assign(first!, {
    name: 'Büyük anlaşma',
    value: 1250.5,
    currency: 'TRY',
    contactId: contact.id,
    companyId: account.all('companies')[0]!.id,
    ownerIds: [account.all('users')[0]!.id, account.all('users')[1]!.id],
    closeDate: '2026-05-01',
    notes: `uzun https://api.infoset.app/v1/files/5 ${'n'.repeat(400)}`,
    customFields: { 'Kazanma Olasılığı (%)': 50, 'Teslim Tarihi': '2026-05-01' },
    createdDate: '2025-01-02T03:04:05Z',
    updatedDate: '2025-02-03T04:05:06Z',
  });
  Object.assign(second!, { contactId: contact.id });
  account.put('deals', { ...first!, id: 99_001, contactId: 88_888_888, notes: null });
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  const run = await produce(root, projectId);
  const { balanced, rows, differences, fields } = await reconciliation(root, projectId);
  expect(differences.edges).toEqual([]);
  expect(balanced).toBe(true);
  expect(run.state).toBe('SUCCEEDED');
  const deals = account.all('deals');
  expect(rows.find(each => each.recordType === 'DEAL')).toMatchObject({
    staged: deals.length,
    loaded: deals.length,
    verified: deals.length,
    skipped: 0,
    failed: 0,
  });
  const instances = [...intercom.workspace.objectInstances.get('Deal')!.values()];
  expect(instances.map(each => each.external_id).sort()).toEqual(deals.map(each => contactKey(each.id)).sort());
  const of = (id: unknown) => instances.find(each => each.external_id === contactKey(id))!;
  const pipeline = account.get('pipelines', String(first!.pipelineId))!;
  expect(of(first!.id)).toMatchObject({
    external_created_at: Date.parse(first!.createdDate) / 1000,
    external_updated_at: Date.parse(first!.updatedDate) / 1000,
    custom_attributes: {
      infoset_id: String(first!.id),
      name: 'Büyük anlaşma',
      value: 1250.5,
      currency: 'TRY',
      company: account.all('companies')[0]!.name,
      pipeline: pipeline.name,
      stage: pipeline.stages.find((each: { id: number }) => each.id === first!.stageId)?.name ?? String(first!.stageId),
      close_date: Date.UTC(2026, 4, 1) / 1000,
      kazanma_olasiligi: 50,
      teslim_tarihi: Date.UTC(2026, 4, 1) / 1000,
    },
  });
  expect(of(first!.id).custom_attributes.owner.split(', ')).toHaveLength(2);
  expect(fields.find(each => each.recordType === 'DEAL' && each.field === 'notes')!.lossy).toBeGreaterThanOrEqual(1);
  const linked = intercom.workspace.index.externalId.get(contactKey(contact.id))!;
  const ours = deals.filter(each => each.contactId === contact.id).map(each => of(each.id).id);
  expect([...linked.custom_attributes.deal].sort()).toEqual(ours.sort());
  expect(linked.notes.some(note => note.body.includes('n'.repeat(400)))).toBe(true);
  expect(linked.notes.filter(note => note.body.includes('infoset.app'))).toEqual([]);
  const writes = intercom.writes();
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(intercom.writes()).toBe(writes);
});

test('attributes that were created as texts: the text of the source is sent and read back', async () => {
  const infoset = await simulator(smallAccount(10));
  const { account } = infoset;
  account.put('customfields', { id: 901, linkedType: 'deal', label: 'Aşama', type: 'select', options: ['Yeni', 'Eski'] });
  account.put('customfields', { id: 902, linkedType: 'deal', label: 'Sıcak', type: 'checkbox' });
  const [first] = account.all('deals');
  Object.assign(first!, {
    value: 12.5,
    closeDate: '2026-05-01',
    customFields: { 'Kazanma Olasılığı (%)': 50, 'Teslim Tarihi': '2026-05-01', Aşama: 'Yeni', Sıcak: true },
  });
  const intercom = await workspace();
  const projectId = await connectedProject(root, infoset);
  await extract(root, projectId);
  await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  await answerAgents(root, projectId);
  const names = [...Object.keys(dealType().attributes), 'asama', 'sicak'];
  const asText = Object.fromEntries(names.map(name => [name, 'text']));
  // The list lacks one of its options, and that is reported.
  intercom.workspace.objectTypes = [
    { ...dealType(), attributes: { ...asText, asama: 'list', value: 'decimal' }, options: { asama: ['Yeni'] } },
  ];
  const run = await provision(root, projectId);
  expect(run).toMatchObject({ state: 'BLOCKED', blockedBy: [{ code: 'DEAL_TYPE_INCOMPLETE' }] });
  expect(run.blockedBy[0]!.message).toContain('lacks the option "Eski" of asama.');
  expect(run.blockedBy[0]!.message).toContain('The options of the lists are asama: "Yeni", "Eski".');
  await root.mutate('cancelRun', 'RunActionInput', { runId: run.id }, 'run { state }');
  intercom.workspace.objectTypes = [{ ...dealType(), attributes: { ...asText, value: 'decimal' } }];
  expect((await provision(root, projectId)).state).toBe('SUCCEEDED');
  const { data } = await root.ask(`{ project(id: "${projectId}") { provisionedObjects { kind textAttributes } } }`);
  const found = data.project.provisionedObjects.find((each: { kind: string }) => each.kind === 'OBJECT_TYPE');
  expect(found.textAttributes.sort()).toEqual(['close_date', 'kazanma_olasiligi', 'sicak', 'teslim_tarihi']);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const { balanced, fields } = await reconciliation(root, projectId);
  expect(balanced).toBe(true);
  const instance = [...intercom.workspace.objectInstances.get('Deal')!.values()].find(
    each => each.external_id === contactKey(first!.id),
  )!;
  expect(instance.custom_attributes).toMatchObject({
    value: 12.5,
    close_date: '2026-05-01',
    kazanma_olasiligi: '50',
    teslim_tarihi: '2026-05-01',
    asama: 'Yeni',
    sicak: 'true',
  });
  const checked = fields.find(each => each.recordType === 'DEAL' && each.field === 'closeDate')!;
  expect(checked).toMatchObject({ different: 0, lossy: 0, normalised: checked.compared });
});

test('a probe of the Deal type whose answer is lost leaves no deal behind', async () => {
  const infoset = await simulator(smallAccount(8));
  const intercom = await workspace();
  const projectId = await connectedProject(root, infoset);
  await extract(root, projectId);
  await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  await answerAgents(root, projectId);
  intercom.workspace.objectTypes = [dealType()];
  intercom.server.faults.add({ kind: 'RESET_AFTER', method: 'POST', path: '/custom_object_instances/Deal', times: 1 });
  let probes = 0;
  intercom.server.onCall = ({ method, path }) => {
    if (method === 'POST' && path === '/custom_object_instances/Deal') probes++;
  };
  await provision(root, projectId);
  expect(probes).toBeGreaterThanOrEqual(1);
  expect(intercom.workspace.objectInstances.get('Deal')?.size ?? 0).toBe(0);
});

const details = `details { __typename ... on ObjectTypeDetails { name reference attributes { name type isMissing } }
  ... on TeammateDetails { total teammates { name email } } ... on NameDetails { total names } ... on AttributeDetails { total } }`;

test('no Deal type, one that lacks an attribute, one that people do not refer to: the blocker says what to do, then the run continues', async () => {
  const infoset = await simulator(smallAccount(10));
  const intercom = await workspace();
  intercom.workspace.objectTypes = [];
  const projectId = await connectedProject(root, infoset);
  await extract(root, projectId);
  await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  await answerAgents(root, projectId);
  const checklist = async () => {
    const { data } = await root.ask(
      `{ project(id: "${projectId}") { provisioningChecklist { code state message checkedAt ${details} } } }`,
    );
    return new Map<string, { state: string; details: object | null }>(
      data.project.provisioningChecklist.map((item: { code: string }) => [item.code, item]),
    );
  };
  expect((await checklist()).get('DEAL_TYPE')).toMatchObject({ state: 'UNKNOWN', checkedAt: null });
  const missingOf = (found: { attributes: { name: string; isMissing: boolean }[] }) =>
    found.attributes.filter(({ isMissing }) => isMissing).map(({ name }) => name);
  const blocked = async (code: string, missing: string[] | null, ...words: string[]) => {
    const run = await provision(root, projectId);
    const { data } = await root.ask(`{ run(id: "${run.id}") { blockedBy { ${details} } } }`);
    const told = data.run.blockedBy[0].details;
    expect(told).toMatchObject({ __typename: 'ObjectTypeDetails', name: 'Deal', reference: 'deal' });
    expect(told.attributes).toContainEqual(expect.objectContaining({ name: 'close_date', type: 'date' }));
    expect(missingOf(told).sort()).toEqual(missing ?? told.attributes.map(({ name }: { name: string }) => name).sort());
    expect((await checklist()).get('DEAL_TYPE')).toMatchObject({ state: 'OPEN', details: told });
    expect(run).toMatchObject({ state: 'BLOCKED', blockedBy: [{ code }] });
    for (const word of words) expect(run.blockedBy[0]!.message).toContain(word);
    await root.mutate('cancelRun', 'RunActionInput', { runId: run.id }, 'run { state }');
  };
  await blocked('DEAL_TYPE_MISSING', null, 'Custom objects', 'close_date (date)', 'kazanma_olasiligi (decimal)', 'dealsAs');
  const { notes: _n, value: _v, ...attributes } = dealType().attributes;
  intercom.workspace.objectTypes = [{ ...dealType(), attributes }];
  await blocked('DEAL_TYPE_INCOMPLETE', ['notes', 'value'], 'lacks', 'notes', 'value (decimal)');
  intercom.workspace.objectTypes = [{ ...dealType(), contactReference: 'another' }];
  expect((await provision(root, projectId)).state).toBe('SUCCEEDED');
  const done = await checklist();
  for (const code of ['DEAL_TYPE', 'ATTRIBUTES', 'PLACEHOLDER_TEAMMATE', 'TEAMMATES', 'HELP_CENTER'])
    expect(done.get(code), code).toMatchObject({ state: 'DONE' });
  expect(done.get('DEAL_REFERENCE')).toMatchObject({ state: 'UNKNOWN', details: { reference: 'deal' } });
  expect(done.get('TEAMS')).toMatchObject({ state: expect.stringMatching(/^(DONE|OPEN)$/) });
  // The probe leaves nothing behind, and is not repeated.
  expect(intercom.workspace.objectInstances.get('Deal')!.size).toBe(0);
  const writes = intercom.writes();
  expect((await provision(root, projectId)).state).toBe('SUCCEEDED');
  expect(intercom.writes()).toBe(writes);
  const run = await produce(root, projectId);
  expect(run).toMatchObject({ state: 'BLOCKED', blockedBy: [{ code: 'DEAL_TYPE_INCOMPLETE' }] });
  intercom.workspace.objectTypes = [dealType()];
  await root.mutate('resumeRun', 'RunActionInput', { runId: run.id }, 'run { state }');
  await expect
    .poll(async () => (await root.ask(`{ run(id: "${run.id}") { state } }`)).data.run.state, { timeout: 300_000 })
    .toBe('SUCCEEDED');
  expect((await reconciliation(root, projectId)).balanced).toBe(true);
});

test('dealsAs CONTACT_ATTRIBUTES: an attribute of the contact, and a table of all deals', async () => {
  const infoset = await simulator(smallAccount(20));
  const intercom = await workspace();
  intercom.workspace.objectTypes = [];
  const projectId = await readyProject(root, infoset, intercom, { dealsAs: 'CONTACT_ATTRIBUTES' });
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const { balanced, fields } = await reconciliation(root, projectId);
  expect(balanced).toBe(true);
  const deals = infoset.account.all('deals').length;
  for (const field of ['name', 'value', 'stage', 'custom_fields', 'created'])
    expect(fields).toContainEqual(
      expect.objectContaining({ recordType: 'DEAL', field, compared: deals, equal: deals, different: 0 }),
    );
  const { externalId } = intercom.workspace.index;
  const deal = infoset.account.all('deals').find(each => externalId.has(contactKey(each.contactId)))!;
  const contact = externalId.get(contactKey(deal.contactId))!;
  expect(contact.custom_attributes.infoset_deals).toContain(String(deal.name));
  expect((await issuesOf(root, projectId)).filter(each => each.severity === 'ERROR')).toEqual([]);
  const table = await textOf(root, projectId, 'production/deals.csv');
  for (const { name } of infoset.account.all('deals')) expect(table).toContain(name);
});

test('a deal that its former contact still refers to is found, and corrected by the next run', async () => {
  const infoset = await simulator(smallAccount(10));
  const { account } = infoset;
  const deal = account.all('deals').find(each => account.get('contacts', String(each.contactId)))!;
  account.put('contacts', { ...account.all('contacts')[0]!, id: 77_001, email: 'mirasci@musteri.example' });
  const [newContact, newContactKey] = [{ id: 77_001 }, contactKey(77_001)];
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const dealsOf = (key: string) => intercom.workspace.index.externalId.get(key)!.custom_attributes.deal ?? [];
  const [instance] = [...intercom.workspace.objectInstances.get('Deal')!.values()].filter(
    each => each.external_id === contactKey(deal.id),
  );
  // Contacts of one address are one.
  const former = [...intercom.workspace.contacts.values()].find(each => each.custom_attributes.deal?.includes(instance!.id))!;
  const formerKey = former.external_id!;
  intercom.settings.addsReferences = true;
  account.put('deals', { ...deal, contactId: newContact.id, updatedDate: '2026-11-24T00:00:00Z' });
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  for (let run = 0; run < 2; run++) {
    expect((await produce(root, projectId)).state).toBe('INCOMPLETE');
    expect(dealsOf(formerKey)).toContain(instance!.id);
    const { balanced, differences } = await reconciliation(root, projectId);
    expect(balanced).toBe(false);
    expect(differences.edges.map(({ node }) => [node.recordType, node.sourceId, node.field])).toEqual([
      ['DEAL', String(deal.id), 'contactId'],
    ]);
  }
  intercom.settings.addsReferences = false;
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(dealsOf(formerKey)).not.toContain(instance!.id);
  expect(dealsOf(newContactKey)).toContain(instance!.id);
  expect((await reconciliation(root, projectId)).balanced).toBe(true);
});
