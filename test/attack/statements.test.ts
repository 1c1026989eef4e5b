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
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
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
  const organizationIds: string[] = [];
  for (let n = 0; n < copies; n++) {
    const { organization } = await agency.createOrganization({ name: `Customer ${n}`, kind: 'CUSTOMER' });
    await agency.createApiKey({ organizationId: organization.id, name: 'key', role: 'VIEWER' });
    organizationIds.push(organization.id.replace('org_', ''));
  }
  await moveProjects(database.ownerUrl, organizationIds);
  partner = agency;
}, 300_000);

/** Gives the copies of the project, and their webhooks, to these organizations in turn: a page shows many organizations. */
async function moveProjects(ownerUrl: string, organizationIds: readonly string[]): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query('SET session_replication_role = replica');
    const inTurn = '($1::uuid[])[1 + (row_number() OVER (ORDER BY id) % cardinality($1::uuid[]))]';
    for (const table of ['projects', 'webhooks'])
      await owner.query(
        `UPDATE landfall.${table} t SET organization_id = moved.to_id FROM (SELECT id, ${inTurn} AS to_id FROM landfall.${table}) moved
         WHERE t.id = moved.id AND t.id <> $2`,
        [organizationIds, projectId.replace('prj_', '')],
      );
    const { rows } = await owner.query<{ table: string }>(`
      SELECT c.table_name AS table FROM information_schema.columns c JOIN information_schema.columns o USING (table_schema, table_name)
      WHERE table_schema = 'landfall' AND c.column_name = 'project_id' AND o.column_name = 'organization_id'`);
    for (const { table } of rows)
      await owner.query(
        `UPDATE landfall.${pg.escapeIdentifier(table)} t SET organization_id = p.organization_id FROM landfall.projects p WHERE p.id = t.project_id`,
      );
  } finally {
    await owner.end();
  }
}

/** Arguments that fields require. */
const given = new Map([
  ['Project.recordVerification', 'sourceId: "8837516", recordType: TICKET, environment: PRODUCTION'],
  ['MappingVersion.preview', 'recordType: TICKET'],
  ['Organization.usage', 'from: "2026-01", to: "2026-12"'],
]);

const needsArguments = (of: GraphQLObjectType, field: GraphQLField<unknown, unknown>) =>
  !given.has(`${of.name}.${field.name}`) && field.args.some(arg => isNonNullType(arg.type) && arg.defaultValue === undefined);

/** A field with the arguments that it requires. */
function asked(of: GraphQLObjectType, field: GraphQLField<unknown, unknown>): string {
  const values = given.get(`${of.name}.${field.name}`);
  return values ? `${field.name}(${values})` : field.name;
}

/** Fields that lead back up: fields of their objects are requested on the objects themselves. */
const upwards = new Set(['project', 'run']);
const levelsBelow = ({ name }: GraphQLField<unknown, unknown>, levels: number) => (upwards.has(name) ? 0 : levels);

/** Everything that can be asked of an object, to some levels. */
function everything(of: GraphQLObjectType, levels: number): string {
  const parts = Object.values(of.getFields()).flatMap(field => {
    const inner = getNamedType(field.type);
    if (needsArguments(of, field)) return [];
    if (isUnionType(inner)) return [`${field.name} { __typename }`];
    if (!isObjectType(inner)) return inner.name === 'Node' ? [] : [field.name];
    return levels > 0 ? [`${asked(of, field)} ${everything(inner, levelsBelow(field, levels - 1))}`] : [];
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
  [
    'projects.likelyDuplicates',
    'DuplicateGroup',
    (first, inner) =>
      `projects(first: ${first}) { edges { node { likelyDuplicates(first: 5) { edges { node { ${inner} } } } } } }`,
  ],
  [
    'projects.sampleReview',
    'SampleReview',
    (first, inner) => `projects(first: ${first}) { edges { node { sampleReview { edges { node { ${inner} } } } } } }`,
  ],
  ['organizations', 'Organization', (first, inner) => `organizations(first: ${first}) { edges { node { ${inner} } } }`],
  ['apiKeys', 'ApiKey', (first, inner) => `apiKeys(first: ${first}) { edges { node { ${inner} } } }`],
  ['webhooks', 'Webhook', (first, inner) => `webhooks(first: ${first}) { edges { node { ${inner} } } }`],
  ['auditEntries', 'AuditEntry', (first, inner) => `auditEntries(first: ${first}) { edges { node { ${inner} } } }`],
  [
    'crosswalk',
    'CrosswalkMatch',
    (first, inner) =>
      `crosswalk(projectId: "PROJECT", lookups: [${'{sourceType: TICKET, sourceId: "8837516"}'.repeat(first)}]) { ${inner} }`,
  ],
];

/** The fields that the queries of all cases ask for, such as Project.runs. */
function askedFields(): Set<string> {
  const found = new Set<string>();
  for (const [, field, query, of] of cases) {
    const info = new TypeInfo(schema);
    const onField = () => {
      found.add(`${info.getParentType()!.name}.${info.getFieldDef()!.name}`);
    };
    visit(parse(queryOf(of, field, query, 2), { noLocation: true }), visitWithTypeInfo(info, { Field: onField }));
  }
  return found;
}

/** Lists and connections of all types that a query can reach. */
function listFields(): string[] {
  const found: string[] = [];
  const open = [schema.getQueryType()!];
  const seen = new Set<GraphQLObjectType>(open);
  for (const of of open) {
    for (const field of Object.values(of.getFields())) {
      const inner = getNamedType(field.type);
      const members = isUnionType(inner) ? inner.getTypes() : isObjectType(inner) ? [inner] : [];
      if (
        isListType(getNullableType(field.type)) ? members.length > 0 && field.name !== 'edges' : inner.name.endsWith('Connection')
      )
        found.push(`${of.name}.${field.name}`);
      for (const member of members.filter(each => !seen.has(each))) {
        seen.add(member);
        open.push(member);
      }
    }
  }
  return found;
}

/** Parts of the details of a blocker, which are one value of its row. */
const ofDetails = new Set(['ObjectTypeDetails.attributes', 'AttributeDetails.attributes', 'TeammateDetails.teammates']);

test('each list field of the schema is in a case', () => {
  const inCases = askedFields();
  expect(listFields().filter(field => !inCases.has(field) && !ofDetails.has(field))).toEqual([]);
});

const cases = pages.flatMap(([path, name, query]) =>
  Object.values(type(name).getFields())
    .filter(
      field =>
        !needsArguments(type(name), field) &&
        (isObjectType(getNamedType(field.type)) || isListType(getNullableType(field.type)) || field.name === 'id'),
    )
    .map(field => [`${path}.${field.name}`, field, query, type(name)] as const),
);

function queryOf(
  parent: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  query: (typeof pages)[number][2],
  first: number,
): string {
  const inner = getNamedType(field.type);
  const text = isObjectType(inner) ? `${asked(parent, field)} ${everything(inner, levelsBelow(field, 2))}` : field.name;
  return `{ ${query(first, text).replace('PROJECT', projectId)} }`;
}

test.each(cases)('%s takes as many statements for many as for two', async (name, field, query, parent) => {
  const of = (first: number) => queryOf(parent, field, query, first);
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
