import pg from 'pg';
import { beforeAll, expect, test, vi } from 'vitest';
import type { InfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import type { IntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import {
  answerAgents,
  confirmProposal,
  connectDestination,
  provision,
  typeFromBlocker,
  workspace,
} from '../support/destination.js';
import { connectedProject, ended, extract, issuesOf, simulator, smallAccount, startRun } from '../support/extraction.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

// Several whole moves in one test, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000 });

let root: Partner;
let ownerUrl: string;
beforeAll(async () => {
  const started = await serverOfThisFile(quickTimes);
  root = started.root;
  ownerUrl = started.database.ownerUrl;
});

const stateAt = ({ workspace: held }: IntercomSimulator) => JSON.stringify(held);

async function expectBalanced(projectId: string): Promise<void> {
  const { balanced, rows, differences } = await reconciliation(root, projectId);
  expect(differences.edges).toEqual([]);
  expect(rows.filter(each => !each.balanced)).toEqual([]);
  expect(balanced).toBe(true);
}

test('every step of a move twice, the Deal type from its blocker: the second time changes nothing', async () => {
  const infoset = await simulator(smallAccount(12));
  const intercom = await workspace();
  intercom.workspace.objectTypes = [];
  const projectId = await connectedProject(root, infoset);
  const staged = async () => {
    const { data } = await root.ask(`{ project(id: "${projectId}") { reconciliation { rows { recordType source staged } } } }`);
    return data.project.reconciliation.rows;
  };
  for (let time = 0; time < 2; time++) {
    const { run } = await startRun(root, { projectId, kind: 'DISCOVERY' });
    expect((await ended(root, run.id)).state).toBe('SUCCEEDED');
  }
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  const before = await staged();
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  expect(await staged()).toEqual(before);
  for (let time = 0; time < 2; time++) await connectDestination(root, projectId, intercom);
  await confirmProposal(root, projectId);
  await answerAgents(root, projectId);

  const blocked = await provision(root, projectId);
  expect(blocked).toMatchObject({ state: 'BLOCKED', blockedBy: [{ code: 'DEAL_TYPE_MISSING' }] });
  intercom.workspace.objectTypes = [typeFromBlocker(blocked.blockedBy[0]!.message)];
  const resume = () => root.mutate('resumeRun', 'RunActionInput', { runId: blocked.id }, 'run { id }');
  expect((await resume()).userErrors).toEqual([]);
  expect((await ended(root, blocked.id)).state).toBe('SUCCEEDED');
  const provisioned = stateAt(intercom);
  const writes = intercom.writes();
  expect((await provision(root, projectId)).state).toBe('SUCCEEDED');
  expect(intercom.writes()).toBe(writes);
  expect(stateAt(intercom)).toBe(provisioned);

  const first = await produce(root, projectId);
  await expectBalanced(projectId);
  expect(first.state).toBe('SUCCEEDED');
  const loaded = stateAt(intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(stateAt(intercom)).toBe(loaded);
  await expectBalanced(projectId);
});

/** The changes of each kind at the source. */
function changeOneOfEach({ account }: InfosetSimulator) {
  const updatedDate = new Date(Date.parse('2026-11-24T12:00:00Z')).toISOString();
  const [linking] = account.all('articles').filter(each => String(each.html).includes('href="https://infoset.help/'));
  Object.assign(linking!, { html: `${linking!.html}<p>Yeni satır</p>`, updatedDate });
  const company = account.all('companies')[0]!;
  Object.assign(company, { name: 'Yeni ad', updatedDate });
  const contact = account.all('contacts').find(each => each.email)!;
  Object.assign(contact, { firstName: 'Yeni', lastName: 'Kişi', fullName: 'Yeni Kişi', updatedDate });
  const [deal, other] = account.all('deals').filter(each => account.get('contacts', String(each.contactId)));
  const newContact = account
    .all('contacts')
    .find(each => each.email && each.id !== deal!.contactId && each.id !== other!.contactId)!;
  const formerId = deal!.contactId;
  Object.assign(deal!, { contactId: newContact.id, updatedDate });
  return { linking: linking!, company, contact, deal: deal!, newContact, formerId };
}

const linkedArticles = (infoset: InfosetSimulator) => {
  const [target, source] = infoset.account
    .all('articles')
    .filter(each => each.status === 'published' && !each.isInternal && each.categoryId);
  source!.html = `<p>Bkz. <a href="https://infoset.help/ege/tr/articles/${target!.id}-x">bu yazı</a></p>`;
};

/** A link between merged tickets whose outcome was not stored is found and recorded. */
async function findStoredLink(projectId: string, intercom: IntercomSimulator, merged: unknown, into: unknown): Promise<void> {
  const conversationOf = (id: unknown) =>
    [...intercom.workspace.conversations.values()].find(each => each.custom_attributes.infoset_ticket_id === String(id))!.id;
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const id = projectId.replace('prj_', '');
    // The state after a worker that dies between the note and its outcome.
    await owner.query(
      `INSERT INTO landfall.load_intents (project_id, organization_id, environment, record_type, source_id, step)
       SELECT id, organization_id, 'PRODUCTION', 'TICKET', $2, $3 FROM landfall.projects WHERE id = $1`,
      [id, String(merged), `merged ${conversationOf(into)}`],
    );
    const writes = intercom.writes();
    expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
    expect(intercom.writes()).toBe(writes);
    expect((await owner.query('SELECT step FROM landfall.load_intents WHERE project_id = $1', [id])).rows).toEqual([]);
  } finally {
    await owner.end();
  }
}

/** A ticket that the source deletes between two extractions is counted as deleted, and stays loaded. */
async function deleteTicket(
  projectId: string,
  { account }: InfosetSimulator,
  intercom: IntercomSimulator,
  besides: unknown[],
): Promise<void> {
  const withMail = account
    .all('tickets')
    .find(each => !besides.includes(each.id) && account.logs(String(each.id)).some(log => log.emailId))!;
  const logs = account.logs(String(withMail.id));
  for (const { id, emailId } of logs) {
    account.remove('ticketlogs', String(id));
    if (emailId) account.remove('emails', String(emailId));
  }
  account.remove('tickets', String(withMail.id));
  const held = stateAt(intercom);
  for (let time = 0; time < 2; time++) {
    const run = await extract(root, projectId);
    expect(run.listings.filter(each => each.state !== 'SUCCEEDED')).toEqual([]);
    expect(run.state).toBe('SUCCEEDED');
    expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
    await expectBalanced(projectId);
    expect(stateAt(intercom)).toBe(held);
  }
  const issues = await issuesOf(root, projectId);
  expect(issues.filter(each => each.code === 'CENSUS_DIFFERS')).toEqual([]);
  expect(issues).toContainEqual(
    expect.objectContaining({ code: 'SOURCE_DELETED', recordType: 'TICKET', sourceId: String(withMail.id) }),
  );
}

test('a link without a stored outcome is found; one change of each kind at the source is loaded and read back; a deleted ticket stays loaded', async () => {
  const infoset = await simulator(smallAccount(20));
  const { account } = infoset;
  linkedArticles(infoset);
  const [merged, into] = account.all('tickets').filter(each => !each.mergedIntoId);
  Object.assign(merged!, { mergedIntoId: into!.id });
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  await expectBalanced(projectId);

  await findStoredLink(projectId, intercom, merged!.id, into!.id);

  const { linking, company, contact, deal, newContact, formerId } = changeOneOfEach(infoset);
  expect((await extract(root, projectId)).state).toBe('SUCCEEDED');
  const readBefore = { ...intercom.server.calls };
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  await expectBalanced(projectId);

  const { articles, companies, index, objectInstances } = intercom.workspace;
  const body = [...articles.values()].find(each => each.content.tr!.title === linking.title)!.content.tr!.body;
  expect(body).toContain('Yeni satır');
  expect(body).toMatch(/<a href="https:\/\/help\.ege\.example\/tr\/articles\/\d+-/);
  expect(body).not.toContain('infoset.help');
  expect([...companies.values()].find(each => each.company_id.endsWith(`:${company.id}`))!.fields.name).toBe('Yeni ad');
  const keyOf = (id: unknown) => `infoset:71:${id}`;
  expect(index.externalId.get(keyOf(contact.id))!.name).toBe('Yeni Kişi');
  const instance = [...objectInstances.get('Deal')!.values()].find(each => each.external_id === keyOf(deal.id))!;
  const refersTo = (id: unknown) => index.externalId.get(keyOf(id))?.custom_attributes.deal ?? [];
  expect(refersTo(newContact.id)).toContain(instance.id);
  expect(refersTo(formerId)).not.toContain(instance.id);
  // Each of them was read, not only written.
  const reads = (name: string) => (intercom.server.calls[name] ?? 0) - (readBefore[name] ?? 0);
  expect(reads('GET /companies/{id}')).toBeGreaterThan(0);
  expect(reads('GET /contacts/{id}')).toBeGreaterThan(0);
  expect(reads('GET /custom_object_instances/Deal/{id}')).toBeGreaterThan(0);

  const writes = intercom.writes();
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(intercom.writes()).toBe(writes);

  await deleteTicket(projectId, infoset, intercom, [merged!.id, into!.id]);
});

test('differences are reported, corrected in Intercom, and found equal by the next run', async () => {
  const infoset = await simulator(smallAccount(20));
  linkedArticles(infoset);
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  const { workspace: held, server } = intercom;
  // A person changes one of each between our write and our read.
  const repairs: (() => void)[] = [];
  const spoil = <T extends object>(object: T | undefined, change: Partial<T>) => {
    if (!object) return;
    const before = Object.fromEntries(Object.keys(change).map(name => [name, object[name as keyof T]]));
    Object.assign(object, change);
    repairs.push(() => Object.assign(object, before));
  };
  const spoilt = new Set<string>();
  const once = (kind: string, change: () => void) => {
    if (spoilt.has(kind)) return;
    spoilt.add(kind);
    change();
  };
  server.onCall = ({ method, path }) => {
    const id = path.split('/').at(-1)!;
    if (method === 'GET' && /^\/companies\/\w{24}$/.test(path))
      once('COMPANY', () => spoil(held.companies.get(id), { fields: { ...held.companies.get(id)!.fields, name: 'Başka' } }));
    if (
      method === 'GET' &&
      /^\/contacts\/\w{24}$/.test(path) &&
      held.contacts.get(id)?.name &&
      !held.contacts.get(id)!.external_id?.includes('placeholder')
    )
      once('CONTACT', () => spoil(held.contacts.get(id), { name: 'Başka' }));
    if (method === 'GET' && /^\/custom_object_instances\/Deal\/\d+$/.test(path) && spoilt.has('CONTACT'))
      once('DEAL', () => {
        const deal = held.objectInstances.get('Deal')!.get(id)!;
        spoil(deal, { custom_attributes: { ...deal.custom_attributes, name: 'Başka' } });
      });
    if (method === 'GET' && /^\/help_center\/collections\/\d+$/.test(path))
      once('CATEGORY', () => spoil(held.collections.get(id), { name: 'Başka' }));
    if (method === 'GET' && /^\/articles\/\d+$/.test(path))
      once('ARTICLE', () => {
        const article = held.articles.get(id)!;
        spoil(article, { content: { ...article.content, tr: { ...article.content.tr!, body: '<p>Başka</p>' } } });
      });
    if (method === 'POST' && /^\/conversations\/\d+\/(parts|tags)$/.test(path))
      once('TICKET', () => spoil(held.conversations.get(path.split('/')[2]!), { title: 'Başka' }));
  };
  const kinds = ['ARTICLE', 'CATEGORY', 'COMPANY', 'CONTACT', 'DEAL', 'TICKET'];
  expect((await produce(root, projectId)).state).toBe('INCOMPLETE');
  server.onCall = () => {};
  expect([...spoilt].sort()).toEqual(kinds);
  const { balanced, differences } = await reconciliation(root, projectId);
  expect(balanced).toBe(false);
  expect([...new Set(differences.edges.map(({ node }) => node.recordType))].sort()).toEqual(kinds);
  const differing = async () => {
    const { data } = await root.ask(
      `{ project(id: "${projectId}") { issues(first: 100, status: OPEN) { edges { node { code recordType } } } } }`,
    );
    const open: { node: { code: string; recordType: string } }[] = data.project.issues.edges;
    return open.filter(({ node }) => node.code === 'VERIFICATION_DIFFERS').map(({ node }) => node.recordType);
  };
  // It was not corrected: it is reported again, and changes by people are not overwritten.
  const writes = intercom.writes();
  expect((await produce(root, projectId)).state).toBe('INCOMPLETE');
  expect(intercom.writes()).toBe(writes);
  expect((await differing()).sort()).toEqual(kinds);
  for (const repair of repairs) repair();
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  expect(intercom.writes()).toBe(writes);
  await expectBalanced(projectId);
  expect(await differing()).toEqual([]);
});
