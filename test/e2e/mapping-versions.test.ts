import { afterAll, beforeAll, expect, test } from 'vitest';
import { chatEndpoint, completion } from '../support/chat-endpoint.js';
import {
  codes,
  confirmMapping,
  fieldsOf,
  named,
  proposeMapping,
  provision,
  updateField,
  workspace,
} from '../support/destination.js';
import { extract, extractedProject, setConnection, simulator, smallAccount } from '../support/extraction.js';
import type { UpdateFieldMappingInput } from '../support/generated/graphql.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
let model: Awaited<ReturnType<typeof chatEndpoint>>;
let answer: (labels: { field: number; label: string }[]) => unknown = () => 'nothing useful';
beforeAll(async () => {
  model = await chatEndpoint((fields, response) => response.end(completion(answer(fields))));
  const environment = { MAPPING_LLM_URL: model.url, MAPPING_LLM_MODEL: 'tiny', MAPPING_LLM_KEY: 'sk-of-this-test' };
  ({ root } = await serverOfThisFile({ ...quickTimes, ...environment }));
});
afterAll(() => model.close());

test('a later version rewrites the records that it changes, and no others', async () => {
  const infoset = await simulator(smallAccount(12));
  const { account } = infoset;
  const [company, siteless] = account.all('companies');
  for (const each of account.all('companies')) Object.assign(each, { sector: 'Turizm', website: 'https://ege.example' });
  Object.assign(company!, { sector: 'Gıda' });
  Object.assign(siteless!, { website: null });
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');

  expect(codes(await proposeMapping(root, projectId))).toEqual([]);
  const fields = await fieldsOf(root, projectId);
  const edit = (path: string, input: object) =>
    updateField(root, { fieldMappingId: named(fields, 'COMPANY', path).id, action: 'MAP', ...input });
  const sector = { targetPath: 'company.industry', values: [{ from: 'Gıda', to: 'Food' }] };
  expect(codes(await edit('sector', sector))).toEqual([]);
  expect(codes(await edit('id', { targetPath: 'company.company_id', defaultValue: '7' }))).toEqual(['MAPPING_CONTRADICTION']);
  const { mapping, userErrors } = await edit('website', { targetPath: 'company.website', defaultValue: 'https://yok.example' });
  expect(userErrors).toEqual([]);
  const { data } = await root.ask(
    `{ project(id: "${projectId}") { mapping { changes(since: 1) { sourcePath changedValues defaultBefore defaultAfter } } } }`,
  );
  expect(data.project.mapping.changes).toEqual([
    { sourcePath: 'sector', changedValues: 1, defaultBefore: null, defaultAfter: null },
    { sourcePath: 'website', changedValues: 0, defaultBefore: null, defaultAfter: 'https://yok.example' },
  ]);
  expect(codes(await confirmMapping(root, mapping.id, mapping.hash))).toEqual([]);
  expect((await provision(root, projectId)).state).toBe('SUCCEEDED');
  const written: string[] = [];
  intercom.server.onCall = ({ method, path }) => {
    if (method !== 'GET' && !path.endsWith('/search')) written.push(`${method} ${path}`);
  };
  expect((await produce(root, projectId)).state).toBe('SUCCEEDED');
  intercom.server.onCall = () => {};
  // Two companies, by their key or by their id.
  expect(written.filter(call => !/\/companies(\/\w+)?$/.test(call))).toEqual([]);
  expect(written).toHaveLength(2);
  const held = [...intercom.workspace.companies.values()];
  const of = (id: unknown) => held.find(each => each.company_id.endsWith(`:${id}`))!.fields;
  expect(of(company!.id).industry).toBe('Food');
  expect(of(siteless!.id)).toMatchObject({ website: 'https://yok.example', industry: 'Turizm' });
  expect((await reconciliation(root, projectId)).balanced).toBe(true);
});

test('a model suggests, people decide: it sees samples only where the project allows it, and its answer maps nothing', async () => {
  const labels: string[] = [];
  answer = fields => {
    labels.push(...fields.map(({ label }) => label));
    const field = fields.findIndex(({ label }) => label === 'Bizim web');
    return { suggestions: [{ field, target: 'company.website', confidence: 1, reason: 'web' }] };
  };
  const proposedFor = async (input: object) => {
    const infoset = await simulator(smallAccount(6));
    for (const each of infoset.account.all('companies')) {
      delete each.website;
      each.customFields = { 'Bizim web': 'ege.example' };
    }
    const { project } = await root.createProject({ name: 'Model', ...input });
    const { url, settings } = infoset;
    expect(codes(await setConnection(root, project.id, { baseUrl: url, secret: settings.credentials.apiKey }))).toEqual([]);
    expect((await extract(root, project.id)).state).toBe('SUCCEEDED');
    const before = model.asked.length;
    expect(codes(await proposeMapping(root, project.id))).toEqual([]);
    const { data } = await root.ask(
      `{ project(id: "${project.id}") { allowSamplesToLlm mapping { fields(recordType: COMPANY, first: 100) { edges { node {
         id sourcePath action targetPath suggestion { target confidence reason } } } } } } }`,
    );
    const nodes: { sourcePath: string }[] = data.project.mapping.fields.edges.map((edge: { node: object }) => edge.node);
    const field = nodes.find(({ sourcePath }) => sourcePath === 'customFields["Bizim web"]');
    return { allowed: data.project.allowSamplesToLlm, field, sent: JSON.stringify(model.asked.slice(before)) };
  };
  const without = await proposedFor({});
  expect(without).toMatchObject({
    allowed: false,
    field: {
      action: 'CREATE_ATTRIBUTE',
      targetPath: 'company.custom_attributes.bizim_web',
      suggestion: { target: 'company.website', confidence: 0.7, reason: 'A model suggests it: web' },
    },
  });
  expect(without.sent).not.toContain('ege.example');
  expect((await proposedFor({ allowSamplesToLlm: true })).sent).toContain('ege.example');
  answer = () => 'I would rather not.';
  expect((await proposedFor({})).field).toMatchObject({ action: 'CREATE_ATTRIBUTE', suggestion: null });
});

test('a preview of staged records, the changes since a version, and a name that the server chooses', async () => {
  const projectId = await extractedProject(root, smallAccount(20));
  const { mapping } = await proposeMapping(root, projectId);
  const hashes = async () =>
    (await root.ask(`{ project(id: "${projectId}") { stage mapping { hash } events(first: 1) { edges { node { seq } } } } }`))
      .data;
  const ask = async (fields: string, version = 'null') => {
    const { data, errors } = await root.ask(`{ project(id: "${projectId}") { mapping(version: ${version}) { ${fields} } } }`);
    return { found: data?.project?.mapping, code: errors?.[0]?.extensions?.code };
  };
  const preview = async (recordType: string, rest = '') => {
    const about = `preview(recordType: ${recordType}${rest}) { recordType sourceId note lines { sourcePath source target value losses } }`;
    const { found, code } = await ask(about);
    return { records: found?.preview as PreviewView[], code };
  };

  const before = await hashes();
  const contacts = (await preview('CONTACT')).records;
  expect(contacts.length).toBe(5);
  for (const { sourceId, lines } of contacts) {
    expect(lines.find(({ sourcePath }) => sourcePath === 'id')).toEqual({
      sourcePath: 'id',
      source: sourceId,
      target: 'contact.external_id',
      value: expect.stringMatching(new RegExp(`^infoset:.+:${sourceId}$`)),
      losses: [],
    });
  }
  const lines = async (type: string) => (await preview(type, ', first: 20')).records.flatMap(each => each.lines);
  const tickets = await lines('TICKET');
  const statuses = tickets.filter(({ sourcePath }) => sourcePath === 'status');
  expect(statuses.find(({ source, target }) => source === '1' && target?.endsWith('.infoset_status'))?.value).toBe('open');
  expect(new Set(statuses.map(({ target }) => target))).toEqual(
    new Set(['conversation.custom_attributes.infoset_status', 'conversation.state']),
  );
  expect(tickets).toContainEqual(expect.objectContaining({ sourcePath: 'subject', target: 'conversation.title' }));
  for (const line of [...tickets, ...(await lines('COMPANY')), ...(await lines('DEAL'))]) {
    expect(line.target === null).toBe(line.value === null);
    expect(Math.max(line.source.length, line.value?.length ?? 0)).toBeLessThanOrEqual(500);
  }
  expect((await lines('DEAL')).find(({ sourcePath }) => sourcePath === 'closeDate')).toMatchObject({
    target: 'deal.custom_attributes.close_date',
    value: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
  });
  for (const wrong of [', first: 0', ', first: 21']) expect((await preview('CONTACT', wrong)).code).toBe('INVALID_INPUT');
  expect((await preview('ARTICLE')).code).toBe('INVALID_INPUT');
  expect(await hashes()).toEqual(before);

  const changes = async (since = '', version = 'null') => {
    const { found, code } = await ask(
      `changes${since} { kind recordType sourcePath actionBefore actionAfter targetBefore targetAfter changedValues }`,
      version,
    );
    return { changed: found?.changes, code };
  };
  expect(await changes()).toEqual({ changed: [], code: undefined });
  const fields = await fieldsOf(root, projectId);
  const type = 'customFields["Müşteri Tipi"]';
  const edit = (path: string, input: Omit<UpdateFieldMappingInput, 'fieldMappingId'>) =>
    updateField(root, { fieldMappingId: named(fields, 'CONTACT', path).id, ...input });
  expect(codes(await edit(type, { action: 'UNDECIDED' }))).toEqual([]);
  const taken = named(fields, 'CONTACT', type).targetPath;
  expect(codes(await edit('status', { action: 'CREATE_ATTRIBUTE', targetPath: taken }))).toEqual([]);
  expect((await preview('CONTACT')).records[0]!.lines).toContainEqual(
    expect.objectContaining({ sourcePath: 'status', target: taken }),
  );
  const answer = await edit(type, { action: 'CREATE_ATTRIBUTE' });
  expect(codes(answer)).toEqual([]);
  expect(named(await fieldsOf(root, projectId), 'CONTACT', type)).toMatchObject({
    action: 'CREATE_ATTRIBUTE',
    targetPath: 'contact.custom_attributes.contact_musteri_tipi',
    attributeType: 'options',
  });
  expect(codes(await confirmMapping(root, mapping.id, answer.mapping.hash))).toEqual([]);

  expect(codes(await proposeMapping(root, projectId))).toEqual([]);
  expect((await changes()).changed).toEqual([]);
  const next = named(await fieldsOf(root, projectId), 'CONTACT', 'status');
  const ignored = await updateField(root, { fieldMappingId: next.id, action: 'IGNORE', ignoreReason: 'Not used.' });
  expect(codes(ignored)).toEqual([]);
  const change = {
    kind: 'CHANGED',
    recordType: 'CONTACT',
    sourcePath: 'status',
    actionBefore: 'CREATE_ATTRIBUTE',
    actionAfter: 'IGNORE',
    targetBefore: taken,
    targetAfter: null,
    changedValues: 0,
  };
  expect((await changes()).changed).toEqual([change]);
  expect((await changes('(since: 1)')).changed).toEqual([change]);
  for (const wrong of ['(since: 0)', '(since: 2)', '(since: 3)']) expect((await changes(wrong)).code).toBe('INVALID_INPUT');
});

interface PreviewView {
  recordType: string;
  sourceId: string;
  note: string | null;
  lines: { sourcePath: string; source: string; target: string | null; value: string | null; losses: string[] }[];
}
