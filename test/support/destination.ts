import { expect, onTestFinished } from 'vitest';
import { type IntercomSimulator, startIntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import type { Attribute, ObjectType } from '../../src/simulators/intercom/workspace.js';
import { ended, type RunView, setConnection, startRun } from './extraction.js';
import type { Partner } from './server.js';

/** A simulated workspace that ends with the test; without limits unless they are asked for. */
export async function workspace(settings: Parameters<typeof startIntercomSimulator>[0] = {}): Promise<IntercomSimulator> {
  const started = await startIntercomSimulator({ limits: null, ...settings });
  started.workspace.objectTypes = [dealType()];
  onTestFinished(() => started.close());
  return started;
}

/** As people make it by hand, for the accounts of the tests. */
export function dealType(): ObjectType {
  const texts = 'name currency stage pipeline status owner notes company infoset_id infoset_custom_fields';
  const attributes = Object.fromEntries(texts.split(' ').map(name => [name, 'text']));
  const own = { kazanma_olasiligi: 'decimal', teslim_tarihi: 'date', rakip_firma: 'text', oncelik_sirasi: 'list' };
  return {
    name: 'Deal',
    attributes: { ...attributes, ...own, value: 'decimal', close_date: 'date' },
    contactReference: 'deal',
  };
}

/** The type as somebody makes it who does what a DEAL_TYPE_* blocker says, and nothing else. */
export function typeAsTold(message: string): ObjectType {
  const [, name, list, contactReference] =
    /make the type (\w+) with the attributes (.+), and let People refer to it \(many\) by (\w+)\./.exec(message)!;
  const attributes = [...list!.matchAll(/(?:^|, )(.+?) \((text|decimal|date|number|boolean|list)\)/g)];
  return {
    name: name!,
    attributes: Object.fromEntries(attributes.map(([, attribute, format]) => [attribute!, format!])),
    options: optionsAsTold(message),
    contactReference: contactReference!,
  };
}

/** The options of the lists, as a DEAL_TYPE_* blocker names them. */
function optionsAsTold(message: string): Record<string, string[]> {
  const lists = /The options of the lists are (.+)\. Or set dealsAs/s.exec(message)?.[1] ?? '';
  const each = lists.matchAll(/(?:^|; )([^":;]+): ("(?:[^"\\]|\\.)*"(?:, "(?:[^"\\]|\\.)*")*)/gs);
  return Object.fromEntries([...each].map(([, name, options]) => [name!, JSON.parse(`[${options}]`) as string[]]));
}

export const placeholder = 'migration@ege.example';

export async function connectDestination(
  partner: Partner,
  projectId: string,
  { url, settings }: IntercomSimulator,
  side = 'DESTINATION',
  options: object = {},
) {
  const answer = await setConnection(partner, projectId, {
    side,
    baseUrl: url,
    secret: settings.token,
    options: { placeholderTeammateEmail: placeholder, ...options },
  });
  expect(answer.userErrors).toEqual([]);
  return answer.connection;
}

const versionFields = 'mapping { id version status hash confirmedBy }';
export const proposeMapping = (partner: Partner, projectId: string) =>
  partner.mutate('proposeMapping', 'ProposeMappingInput', { projectId }, versionFields);
export const updateField = (partner: Partner, input: object) =>
  partner.mutate('updateFieldMapping', 'UpdateFieldMappingInput', { ...input }, versionFields);
export const confirmMapping = (partner: Partner, mappingVersionId: string, expectedHash: string) =>
  partner.mutate('confirmMapping', 'ConfirmMappingInput', { mappingVersionId, expectedHash }, versionFields);

export interface FieldView {
  id: string;
  recordType: string;
  sourcePath: string;
  action: string;
  targetPath: string | null;
  attributeType: string | null;
  ignoreReason: string | null;
  rationale: string;
  profile: { dataType: string; fillRate: number; distinctCount: number; maxLength: number | null; samples: string[] };
  losses: { code: string; affectedRecords: number }[];
  values: { from: string; to: string | null; occurrences: number }[];
}

export async function fieldsOf(partner: Partner, projectId: string): Promise<FieldView[]> {
  const fields: FieldView[] = [];
  for (let after: string | null = null; ; ) {
    const {
      data,
    }: {
      data: {
        project: { mapping: { fields: { edges: { node: FieldView }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } };
      };
    } = await partner.ask(
      `query ($id: ID!, $after: String) { project(id: $id) { mapping { fields(first: 100, after: $after) {
           edges { node { id recordType sourcePath action targetPath attributeType ignoreReason rationale
             profile { dataType fillRate distinctCount maxLength samples } losses { code affectedRecords } values { from to occurrences } } }
           pageInfo { hasNextPage endCursor } } } } }`,
      { id: projectId, after },
    );
    fields.push(...data.project.mapping.fields.edges.map(edge => edge.node));
    if (!data.project.mapping.fields.pageInfo.hasNextPage) return fields;
    after = data.project.mapping.fields.pageInfo.endCursor;
  }
}

export interface AgentView {
  id: string;
  sourceId: string;
  name: string;
  email: string | null;
  status: string;
  teammateEmail: string | null;
  teammates: { environment: string; teammateId: string }[];
}

export async function agentsOf(partner: Partner, projectId: string): Promise<AgentView[]> {
  const { data } = await partner.ask(
    `{ project(id: "${projectId}") { agents(first: 100) { edges { node { id sourceId name email status teammateEmail teammates { environment teammateId } } } } } }`,
  );
  return data.project.agents.edges.map((edge: { node: AgentView }) => edge.node);
}

export const resolveAgent = (partner: Partner, input: object) =>
  partner.mutate('resolveAgent', 'ResolveAgentInput', { ...input }, 'agent { id status teammateEmail }');

/** Every agent who waits becomes the placeholder. */
export async function answerAgents(partner: Partner, projectId: string): Promise<void> {
  for (const { id, status } of await agentsOf(partner, projectId)) {
    if (status === 'UNMATCHED')
      expect((await resolveAgent(partner, { agentId: id, usePlaceholder: true })).userErrors).toEqual([]);
  }
}

/** Proposes a mapping and confirms it as it is. */
export async function confirmProposal(partner: Partner, projectId: string): Promise<void> {
  const { mapping, userErrors } = await proposeMapping(partner, projectId);
  expect(userErrors).toEqual([]);
  const answer = await confirmMapping(partner, mapping.id, mapping.hash);
  expect(answer).toMatchObject({ userErrors: [], mapping: { status: 'CONFIRMED' } });
}

export async function provision(partner: Partner, projectId: string, environment = 'PRODUCTION'): Promise<RunView> {
  const { run, userErrors } = await startRun(partner, { projectId, kind: 'PROVISIONING', environment });
  expect(userErrors).toEqual([]);
  return ended(partner, run.id);
}

/** Paths of the attributes that a workspace has. */
export const attributePaths = (attributes: readonly Attribute[]) =>
  attributes.map(({ model, name }) => `${model}.custom_attributes.${name}`).sort();

export const blockersOf = async (partner: Partner, projectId: string): Promise<string[]> =>
  (await partner.ask(`{ project(id: "${projectId}") { blockedBy { code } } }`)).data.project.blockedBy.map(
    (each: { code: string }) => each.code,
  );

export const codes = (answer: { userErrors: { code: string }[] }) => answer.userErrors.map(each => each.code);

export const named = (fields: FieldView[], recordType: string, sourcePath: string) =>
  fields.find(field => field.recordType === recordType && field.sourcePath === sourcePath)!;

/** Own names that no mapping needs to name. */
export const isOwn = (path: string) => /\.(channel_source|infoset_\w+)$/.test(path);
