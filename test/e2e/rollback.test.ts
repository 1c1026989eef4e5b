import { beforeAll, expect, test, vi } from 'vitest';
import type { IntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import type { Json } from '../../src/simulators/intercom/workspace.js';
import { delta, edit } from '../support/delta.js';
import { connectDestination, workspace } from '../support/destination.js';
import { documents, textOf } from '../support/documents.js';
import { connectedProject, ended, issuesOf, simulator, smallAccount, startRun } from '../support/extraction.js';
import { expectBalanced, expectExactlyOnce, produce, readyProject, reconciliation, startProduction } from '../support/load.js';
import { codesOf, executePlan, makePlan, type PlanView, seen, startRollback } from '../support/rollback.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

vi.setConfig({ testTimeout: 600_000 });

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

const rowsOf = ({ plan }: PlanView, action: string) => plan!.filter(row => row.action === action).map(row => row.destinationType);

test('a plan writes nothing, the rollback restores the workspace, and a later load is complete', async () => {
  const infoset = await simulator(smallAccount(14));
  const intercom = await workspace();
  const before = seen(intercom);
  const projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  // A longer value goes into a note; each change of it adds one.
  for (const letter of ['a', 'b']) {
    const contact = infoset.account.all('contacts')[0]!;
    const fields = JSON.parse(contact.customFields as string) as Record<string, unknown>;
    edit(infoset, 'contacts', contact, { customFields: JSON.stringify({ ...fields, 'Müşteri Tipi': letter.repeat(400) }) });
    expect((await delta(root, projectId)).state).toBe('SUCCEEDED');
  }
  expect([...intercom.workspace.contacts.values()].map(each => each.notes.length)).toContain(2);
  const writes = intercom.writes();
  const plan = await makePlan(root, projectId);
  expect(plan).toMatchObject({ state: 'SUCCEEDED', planHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(intercom.writes()).toBe(writes);
  expect(rowsOf(plan, 'KEEP')).toEqual(['ATTRIBUTE']);
  expect(new Set(rowsOf(plan, 'DELETE'))).toEqual(
    new Set(['CONVERSATION', 'CUSTOM_OBJECT', 'ARTICLE', 'COLLECTION', 'COMPANY', 'TAG']),
  );
  expect(new Set(rowsOf(plan, 'ARCHIVE'))).toEqual(new Set(['CONTACT', 'ATTRIBUTE']));
  expect((await makePlan(root, projectId)).planHash).toBe(plan.planHash);

  const run = await executePlan(root, projectId, plan.planHash!);
  expect(run.blockedBy).toEqual([]);
  expect((await issuesOf(root, projectId)).filter(each => each.code.startsWith('ROLLBACK'))).toEqual([]);
  expect(run.state).toBe('SUCCEEDED');
  expect(seen(intercom)).toEqual(before);
  expect(intercom.workspace.deletedConversations.every(each => !each.metrics_retained)).toBe(true);
  const { balanced, rows } = await reconciliation(root, projectId);
  expect(balanced).toBe(false);
  expect(rows.find(row => row.recordType === 'TICKET')).toMatchObject({ loaded: 0, verified: 0 });
  expect((await documents(root, projectId)).filter(each => each.kind === 'ROLLBACK_REPORT').map(each => each.name)).toContain(
    'rollback/production/report.html',
  );
  expect(await textOf(root, projectId, 'rollback/production/report.html')).toContain('conversations stay');
  expect(await textOf(root, projectId, 'production/reconciliation.html')).toContain('Not balanced');

  expect(codesOf(await startRollback(root, projectId, { planHash: plan.planHash }))).toEqual(['PLAN_STALE']);
  const again = await produce(root, projectId);
  expect(again.state).toBe('SUCCEEDED');
  await expectBalanced(root, projectId, again.state);
  expectExactlyOnce(intercom, infoset);
  const second = await makePlan(root, projectId);
  expect(rowsOf(second, 'ARCHIVE')).toContain('ATTRIBUTE');
  expect((await executePlan(root, projectId, second.planHash!)).state).toBe('SUCCEEDED');
  expect(seen(intercom)).toEqual(before);
});

const call = async ({ url, settings }: IntercomSimulator, method: string, path: string, body?: object) => {
  const headers = { authorization: `Bearer ${settings.token}`, accept: 'application/json', 'intercom-version': '2.16' };
  const response = await fetch(`${url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  return (await response.json()) as { id: string; conversation_id: string };
};

test('after an adoption everything is restored: fields, tags, links, keys, and archived objects', async () => {
  const infoset = await simulator(smallAccount(12));
  const { account } = infoset;
  const intercom = await workspace();
  const { workspace: held } = intercom;
  const [a, b, c] = account.all('contacts').filter(each => each.email) as { id: number; email: string; tags: string[] }[];
  const company = account.all('companies')[0]!;
  const deal = account.all('deals')[0]!;
  Object.assign(a!, { tags: ['Onlarin'], companyId: company.id });
  Object.assign(deal, { contactId: a!.id });
  const post = (path: string, body: object) => call(intercom, 'POST', path, body);
  const tag = await post('/tags', { name: 'Onlarin' });
  const keyed = await post('/contacts', { role: 'user', email: a!.email, external_id: 'crm-1', name: 'Keyed' });
  await post('/contacts', { role: 'user', email: b!.email, name: 'Keyless', phone: '+905551112233' });
  const archived = await post('/contacts', { role: 'user', email: c!.email, name: 'Archived' });
  await post(`/contacts/${archived.id}/archive`, {});
  const their = await post('/companies', {
    company_id: `infoset:71:${company.id}`,
    name: 'Their company',
    website: 'https://their.example',
  });
  await post(`/contacts/${keyed.id}/companies`, { id: (await post('/companies', { company_id: 'own-1', name: 'Own' })).id });
  await post('/custom_object_instances/Deal', {
    external_id: `infoset:71:${deal.id}`,
    custom_attributes: { name: 'Their deal' },
  });
  const before = seen(intercom);
  const archivedBefore = JSON.parse(JSON.stringify({ ...held.contacts.get(archived.id), updated_at: 0 }));
  const projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(held.contacts.get(keyed.id)!.tags.has(tag.id)).toBe(true);
  const plan = await makePlan(root, projectId);
  expect(plan.plan).toContainEqual(expect.objectContaining({ action: 'RESTORE', destinationType: 'TAG', count: 1 }));
  expect(plan.plan).toContainEqual(expect.objectContaining({ action: 'RESTORE', destinationType: 'COMPANY', count: 1 }));
  expect(plan.plan).toContainEqual(expect.objectContaining({ action: 'RESTORE', destinationType: 'CUSTOM_OBJECT', count: 1 }));
  const restored = plan.plan!.filter(row => row.action === 'RESTORE' && row.destinationType === 'CONTACT');
  expect(restored.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  const run = await executePlan(root, projectId, plan.planHash!);
  expect((await issuesOf(root, projectId)).filter(each => each.code.startsWith('ROLLBACK'))).toEqual([]);
  expect(run.state).toBe('SUCCEEDED');
  const withoutNotes = (state: Json): Json => ({
    ...state,
    // A reference to nothing is not a reference.
    contacts: state.contacts.map(({ notes: _, custom_attributes: { deal, ...attributes }, ...rest }: Json) => ({
      ...rest,
      custom_attributes: deal?.length > 0 ? { ...attributes, deal } : attributes,
    })),
    companies: state.companies.map(({ notes: _, ...rest }: Json) => rest),
    objects: state.objects.map(({ custom_attributes, external_created_at: _c, external_updated_at: _u, ...rest }: Json) => ({
      ...rest,
      custom_attributes: Object.fromEntries(Object.entries(custom_attributes).filter(([, value]) => value !== null)),
    })),
  });
  const companiesOf = (state: Json) =>
    state.companies.map((each: Json) => ({ ...each, fields: { ...each.fields, remote_created_at: null } }));
  const [then, now] = [withoutNotes(before), withoutNotes(seen(intercom))];
  expect(companiesOf(now).map((each: Json) => each.fields.name)).toEqual(companiesOf(then).map((each: Json) => each.fields.name));
  expect(now.contacts).toEqual(then.contacts);
  expect(now.objects).toEqual(then.objects);
  expect(now.tags).toEqual(then.tags);
  expect(held.companies.get(their.id)!.fields).toMatchObject({ name: 'Their company', website: 'https://their.example' });
  const { notes: _n, ...archivedNow } = JSON.parse(JSON.stringify({ ...held.contacts.get(archived.id), updated_at: 0 }));
  const { notes: _b, ...archivedThen } = archivedBefore;
  expect(archivedNow).toEqual(archivedThen);
  // An adopted object is adopted again, and restored again.
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const second = await makePlan(root, projectId);
  expect((await executePlan(root, projectId, second.planHash!)).state).toBe('SUCCEEDED');
  expect(withoutNotes(seen(intercom)).contacts).toEqual(then.contacts);
});

test('objects that people answered or edited are kept, with everything that belongs to them', async () => {
  const infoset = await simulator(smallAccount(16));
  const intercom = await workspace();
  const { workspace: held } = intercom;
  const projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  const answered = [...held.conversations.values()].find(each => each.company !== null)!;
  await call(intercom, 'POST', `/conversations/${answered.id}/reply`, {
    message_type: 'comment',
    type: 'admin',
    admin_id: '7001',
    body: 'Merhaba',
    skip_notifications: true,
  });
  const filled = [...held.conversations.values()].find(each => each.id !== answered.id)!;
  Object.assign(filled.custom_attributes, { order_number: 'A-1' });
  const theirs = new Set([...answered.contacts, ...filled.contacts]);
  const named = [...held.contacts.values()].find(
    each => !theirs.has(each.id) && each.name && !each.external_id!.includes('placeholder'),
  )!;
  await call(intercom, 'PUT', `/contacts/${named.id}`, { name: 'Elle düzeltildi' });
  const writer = [...held.contacts.values()].find(
    each => !theirs.has(each.id) && each.id !== named.id && !each.external_id!.includes('placeholder'),
  )!;
  const own = await call(intercom, 'POST', '/conversations', { from: { type: 'user', id: writer.id }, body: 'Yeni bir soru' });
  const company = [...held.companies.values()].find(each => each.id !== answered.company && each.id !== filled.company)!;
  await call(intercom, 'PUT', `/companies/${company.id}`, { name: 'Elle düzeltildi' });
  const [annotated] = [...held.contacts.values()].filter(
    each =>
      !theirs.has(each.id) &&
      ![named.id, writer.id].includes(each.id) &&
      !each.external_id!.includes('placeholder') &&
      !each.archived,
  );
  await call(intercom, 'POST', `/contacts/${annotated!.id}/notes`, { body: '<p>Aramayın</p>', admin_id: '7001' });
  const noted = [...held.companies.values()].find(
    each => ![answered.company, filled.company, company.id].includes(each.id) && !annotated!.companies.has(each.id),
  )!;
  await call(intercom, 'POST', `/companies/${noted.id}/notes`, { body: '<p>Sözleşme bitti</p>', admin_id: '7001' });
  const article = [...held.articles.values()][0]!;
  await call(intercom, 'PUT', `/articles/${article.id}`, { title: 'Elle düzeltildi' });
  const deal = [...held.objectInstances.get('Deal')!.values()][0]!;
  await call(intercom, 'POST', '/custom_object_instances/Deal', {
    external_id: deal.external_id,
    custom_attributes: { name: 'Elle' },
  });
  const plan = await makePlan(root, projectId);
  const kept = (type: string) =>
    plan.plan!.filter(row => row.action === 'KEEP' && row.destinationType === type).map(({ count, reason }) => [count, reason]);
  expect(kept('CONVERSATION')).toEqual([[2, 'People have written in it or changed it since it was loaded.']]);
  expect(kept('CONTACT').map(([, reason]) => reason)).toContain('A conversation that is kept belongs to it.');
  expect(kept('CONTACT')).toContainEqual([
    1,
    'It takes part in a conversation that Landfall did not load. Intercom would hide it.',
  ]);
  expect(kept('ARTICLE')).toEqual([[1, 'A person has changed it since it was loaded.']]);
  expect(kept('CUSTOM_OBJECT')).toEqual([[1, 'A person has changed it since it was loaded.']]);
  const run = await executePlan(root, projectId, plan.planHash!);
  expect((await issuesOf(root, projectId)).filter(each => each.code.startsWith('ROLLBACK'))).toEqual([]);
  expect(run.state).toBe('SUCCEEDED');
  const opened = [...held.conversations.values()].find(each => each.contacts.has(writer.id))!;
  expect(own).toMatchObject({ conversation_id: opened.id });
  expect([...held.conversations.keys()]).toEqual([answered.id, filled.id, opened.id].sort((a, b) => Number(a) - Number(b)));
  expect(held.contacts.get(writer.id)!.archived).toBe(false);
  for (const id of answered.contacts) expect(held.contacts.get(id)!.archived).toBe(false);
  expect(held.companies.get(answered.company!)!.archived).toBe(false);
  expect(held.contacts.get(named.id)).toMatchObject({ name: 'Elle düzeltildi', archived: false });
  expect(held.companies.get(company.id)).toMatchObject({ archived: false });
  expect(held.contacts.get(annotated!.id)!.archived).toBe(false);
  expect(held.companies.get(noted.id)!.archived).toBe(false);
  expect([...held.articles.keys()]).toEqual([article.id]);
  expect(article.parent_id === null || held.collections.has(article.parent_id)).toBe(true);
  expect([...held.objectInstances.get('Deal')!.keys()]).toEqual([deal.id]);
  // Attributes that kept objects use stay.
  const active = new Set(held.attributes.filter(each => !each.archived).map(each => each.name));
  for (const name of Object.keys(held.contacts.get(named.id)!.custom_attributes))
    if (name !== 'deal') expect(active).toContain(name);
  const { data } = await root.ask(
    'query ($projectId: ID!, $lookups: [CrosswalkLookup!]!) { crosswalk(projectId: $projectId, lookups: $lookups) { entries { state } } }',
    { projectId, lookups: [{ destinationType: 'CONVERSATION', destinationId: answered.id }] },
  );
  expect(data.crosswalk[0].entries).toEqual([{ state: 'ACTIVE' }]);
  expect(await textOf(root, projectId, 'rollback/production/report.html')).toContain('Elle düzeltildi');
});

test('each gate refuses: no plan, another plan, an outdated plan, a busy workspace', async () => {
  const infoset = await simulator(smallAccount(12));
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  const start = async (more: object) => codesOf(await startRollback(root, projectId, more));
  expect(await start({})).toEqual(['PLAN_REQUIRED']);
  expect(await start({ planHash: 'f'.repeat(64) })).toEqual(['PLAN_STALE']);
  expect(await start({ planHash: 'f'.repeat(64), dryRun: true })).toEqual(['INVALID_INPUT']);
  expect(codesOf(await startRun(root, { projectId, kind: 'EXTRACTION', dryRun: true }))).toEqual(['INVALID_INPUT']);
  expect(codesOf(await startRun(root, { projectId, kind: 'ROLLBACK', dryRun: true }))).toEqual(['ENVIRONMENT_REQUIRED']);
  expect(codesOf(await startRollback(root, projectId, { dryRun: true }, 'SANDBOX'))).toEqual(['DESTINATION_NOT_CONNECTED']);
  const early = await makePlan(root, projectId);
  const runId = await startProduction(root, projectId);
  expect(await start({ planHash: early.planHash })).toEqual(['WORKSPACE_BUSY']);
  expect((await ended(root, runId)).state).toBe('SUCCEEDED');
  expect(await start({ planHash: early.planHash })).toEqual(['PLAN_STALE']);
  const older = await makePlan(root, projectId);
  const [changed] = [...intercom.workspace.contacts.values()].filter(
    each => each.name && !each.external_id!.includes('placeholder'),
  );
  const name = changed!.name;
  changed!.name = 'Bir başkası';
  const newer = await makePlan(root, projectId);
  expect(newer.planHash).not.toBe(older.planHash);
  expect(await start({ planHash: older.planHash })).toEqual(['PLAN_STALE']);
  // What the run itself finds: nothing is written.
  const [one] = [...intercom.workspace.conversations.values()];
  const title = one!.title;
  one!.title = 'Elle';
  const writes = intercom.writes();
  const run = await executePlan(root, projectId, newer.planHash!);
  expect(run).toMatchObject({ state: 'FAILED', blockedBy: [{ code: 'PLAN_STALE' }] });
  expect(intercom.writes()).toBe(writes);
  expect((await documents(root, projectId)).map(each => each.name)).not.toContain('rollback/production/report.html');
  Object.assign(one!, { title });
  // The contact is kept if it writes again after the plan.
  const asked = await makePlan(root, projectId);
  const from = { type: 'user', id: [...one!.contacts][0] };
  const { conversation_id: opened } = await call(intercom, 'POST', '/conversations', { from, body: 'Hala bekliyorum' });
  const unchanged = intercom.writes();
  expect(await executePlan(root, projectId, asked.planHash!)).toMatchObject({
    state: 'FAILED',
    blockedBy: [{ code: 'PLAN_STALE' }],
  });
  expect(intercom.writes()).toBe(unchanged);
  intercom.workspace.conversations.delete(opened);
  Object.assign(changed!, { name });
  const last = await makePlan(root, projectId);
  expect((await executePlan(root, projectId, last.planHash!)).state).toBe('SUCCEEDED');
  expect(intercom.workspace.conversations.size).toBe(0);
});

test('an untouched workspace has an empty plan, and its rollback does nothing', async () => {
  const infoset = await simulator(smallAccount(12));
  const intercom = await workspace();
  const projectId = await connectedProject(root, infoset);
  await connectDestination(root, projectId, intercom);
  const plan = await makePlan(root, projectId);
  expect(plan).toMatchObject({ state: 'SUCCEEDED', plan: [], planHash: expect.any(String) });
  expect((await executePlan(root, projectId, plan.planHash!)).state).toBe('SUCCEEDED');
  expect(intercom.writes()).toBe(0);
});
