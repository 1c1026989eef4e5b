import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import pg from 'pg';
import { beforeAll, expect, test, vi } from 'vitest';
import { copyProjects } from '../support/copied-projects.js';
import { type Partner, serverOfThisFile } from '../support/server.js';
import { wholeProject } from '../support/whole-project.js';

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
const type = (name: string) => schema.getType(name) as GraphQLObjectType;
const copies = 14;

let partner: Partner;
let projectId: string;
beforeAll(async () => {
  const { root, database } = await serverOfThisFile();
  const agency = await root.below('AGENCY');
  ({ projectId } = await wholeProject(agency, database.ownerUrl));
  await copyProjects(database.ownerUrl, copies);
  partner = agency;
}, 300_000);

const needsArguments = (field: GraphQLField<unknown, unknown>) =>
  field.args.some(arg => isNonNullType(arg.type) && arg.defaultValue === undefined);

/** Fields that lead back up: fields of their objects are requested on the objects themselves. */
const upwards = new Set(['project', 'run']);
const levelsBelow = ({ name }: GraphQLField<unknown, unknown>, levels: number) => (upwards.has(name) ? 0 : levels);

/** Everything that can be asked of an object, to some levels. */
function everything(of: GraphQLObjectType, levels: number): string {
  const parts = Object.values(of.getFields()).flatMap(field => {
    const inner = getNamedType(field.type);
    if (needsArguments(field)) return [];
    if (isUnionType(inner)) return [`${field.name} { __typename }`];
    if (!isObjectType(inner)) return inner.name === 'Node' ? [] : [field.name];
    return levels > 0 ? [`${field.name} ${everything(inner, levelsBelow(field, levels - 1))}`] : [];
  });
  return `{ ${['__typename', ...parts].join(' ')} }`;
}

/** How many statements an answer takes. */
async function statements(query: string): Promise<number> {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  try {
    const before = spy.mock.calls.length;
    const { errors } = await partner.ask(query);
    expect(errors, query).toBeUndefined();
    // Jobs of this process ask too, on connections of their own names.
    return spy.mock.calls
      .slice(before)
      .filter((call, index) => !isSweep(call[0]) && isOfApi(spy.mock.contexts[before + index] as unknown as pg.Client)).length;
  } finally {
    spy.mockRestore();
  }
}

const isOfApi = (client: pg.Client) =>
  (client as unknown as { connectionParameters: { application_name: string } }).connectionParameters.application_name ===
  'landfall';

/** The runner looks for runs to take, and connections discard old plans, at any time. */
const isSweep = (statement: unknown) => /runs_to_take|DISCARD PLANS/.test(JSON.stringify(statement));

/** Paths that lead from a page of projects to pages below it. */
const pages: [string, string, (first: number, inner: string) => string][] = [
  ['projects', 'Project', (first, inner) => `projects(first: ${first}) { edges { node { ${inner} } } }`],
  [
    'projects.runs',
    'Run',
    (first, inner) => `projects(first: ${first}) { edges { node { runs(first: 3) { edges { node { ${inner} } } } } } }`,
  ],
  [
    'projects.mapping',
    'MappingVersion',
    (first, inner) => `projects(first: ${first}) { edges { node { mapping { ${inner} } } } }`,
  ],
  [
    'projects.mapping.fields',
    'FieldMapping',
    (first, inner) => `project(id: "PROJECT") { mapping { fields(first: ${first}) { edges { node { ${inner} } } } } }`,
  ],
  [
    'projects.reconciliation',
    'Reconciliation',
    (first, inner) => `projects(first: ${first}) { edges { node { reconciliation { ${inner} } } } }`,
  ],
  [
    'projects.agents',
    'Agent',
    (first, inner) => `project(id: "PROJECT") { agents(first: ${first}) { edges { node { ${inner} } } } }`,
  ],
  [
    'projects.issues',
    'Issue',
    (first, inner) => `project(id: "PROJECT") { issues(first: ${first}) { edges { node { ${inner} } } } }`,
  ],
  ['projects.documents', 'Document', (first, inner) => `projects(first: ${first}) { edges { node { documents { ${inner} } } } }`],
  [
    'projects.discovery',
    'Discovery',
    (first, inner) => `projects(first: ${first}) { edges { node { discovery { ${inner} } } } }`,
  ],
  [
    'callRecordings',
    'CallRecording',
    (first, inner) => `callRecordings(projectId: "PROJECT", first: ${first}) { edges { node { ${inner} } } }`,
  ],
];

const cases = pages.flatMap(([path, name, query]) =>
  Object.values(type(name).getFields())
    .filter(
      field =>
        !needsArguments(field) &&
        (isObjectType(getNamedType(field.type)) || isListType(getNullableType(field.type)) || field.name === 'id'),
    )
    .map(field => [`${path}.${field.name}`, field, query] as const),
);

test.each(cases)('%s takes as many statements for many as for two', async (name, field, query) => {
  const inner = getNamedType(field.type);
  const text = isObjectType(inner) ? `${field.name} ${everything(inner, levelsBelow(field, 2))}` : field.name;
  const of = (first: number) => `{ ${query(first, text).replace('PROJECT', projectId)} }`;
  await statements(of(2));
  const few = await statements(of(2));
  const many = await statements(of(copies + 1));
  expect(many).toBeLessThanOrEqual(few);
  // Runs of two environments have a reconciliation each, with a count of its differences.
  expect(many).toBeLessThan(name.includes('runs.reconciliation') ? 70 : 50);
});

test('each of two mutations of one request returns the state after it', async () => {
  const create = (name: string) =>
    `${name}: createProject(input: { name: "${name}" }) { project { organization { name } blockedBy { code } } userErrors { code } }`;
  const { data } = await partner.ask(`mutation { ${create('first')} ${create('second')} }`);
  expect(data.first).toEqual(data.second);
});
