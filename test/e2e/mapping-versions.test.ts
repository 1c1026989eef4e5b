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
import { extract, setConnection, simulator, smallAccount } from '../support/extraction.js';
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
