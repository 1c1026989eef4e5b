import { expect, onTestFinished } from 'vitest';
import { type IntercomSimulator, startIntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import type { Attribute, ObjectType } from '../../src/simulators/intercom/workspace.js';
import { ended, type RunView, setConnection, startRun } from './extraction.js';
import { graphql } from './generated/gql.js';
import type {
  AgentsOfQuery,
  ConnectionSide,
  Environment,
  FieldsOfQuery,
  ResolveAgentInput,
  UpdateFieldMappingInput,
} from './generated/graphql.js';
import type { Partner } from './server.js';

/** A simulated workspace that ends with the test; without limits unless they are asked for. */
export async function workspace(settings: Parameters<typeof startIntercomSimulator>[0] = {}): Promise<IntercomSimulator> {
  const started = await startIntercomSimulator({ limits: null, ...settings });
  started.workspace.objectTypes = [dealType()];
  onTestFinished(() => started.close());
  return started;
}

/** As people create it by hand for the accounts of the tests. */
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

/** The type as the message of a DEAL_TYPE_* blocker describes it. */
export function typeFromBlocker(message: string): ObjectType {
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
  side: ConnectionSide = 'DESTINATION',
  options: Record<string, unknown> = {},
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

const proposeMappingMutation = graphql(`
  mutation ProposeMapping($input: ProposeMappingInput!) {
    proposeMapping(input: $input) {
      mapping { id version status hash confirmedBy }
      userErrors { code message path retryable }
    }
  }
`);

const updateFieldMutation = graphql(`
  mutation UpdateField($input: UpdateFieldMappingInput!) {
    updateFieldMapping(input: $input) {
      mapping { id version status hash confirmedBy }
      userErrors { code message path retryable }
    }
  }
`);

const confirmMappingMutation = graphql(`
  mutation ConfirmMapping($input: ConfirmMappingInput!) {
    confirmMapping(input: $input) {
      mapping { id version status hash confirmedBy }
      userErrors { code message path retryable }
    }
  }
`);

export const proposeMapping = (partner: Partner, projectId: string) => partner.call(proposeMappingMutation, { projectId });
export const updateField = (partner: Partner, input: UpdateFieldMappingInput) => partner.call(updateFieldMutation, input);
export const confirmMapping = (partner: Partner, mappingVersionId: string, expectedHash: string) =>
  partner.call(confirmMappingMutation, { mappingVersionId, expectedHash });

const fieldsOfQuery = graphql(`
  query FieldsOf($id: ID!, $after: String) {
    project(id: $id) {
      mapping {
        fields(first: 100, after: $after) {
          edges {
            node {
              id
              recordType
              sourcePath
              action
              targetPath
              attributeType
              ignoreReason
              rationale
              profile { dataType fillRate distinctCount maxLength samples }
              losses { code affectedRecords }
              values { from to occurrences }
            }
          }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
`);

type Mapping = NonNullable<NonNullable<FieldsOfQuery['project']>['mapping']>;
export type FieldView = Mapping['fields']['edges'][number]['node'];

export async function fieldsOf(partner: Partner, projectId: string): Promise<FieldView[]> {
  const fields: FieldView[] = [];
  for (let after: string | null = null; ; ) {
    const answer: FieldsOfQuery = await partner.query(fieldsOfQuery, { id: projectId, after });
    const { edges, pageInfo } = answer.project!.mapping!.fields;
    fields.push(...edges.map(edge => edge.node));
    if (!pageInfo.hasNextPage) return fields;
    after = pageInfo.endCursor;
  }
}

const agentsOfQuery = graphql(`
  query AgentsOf($id: ID!) {
    project(id: $id) {
      agents(first: 100) {
        edges { node { id sourceId name email status teammateEmail teammates { environment teammateId } } }
      }
    }
  }
`);

export type AgentView = NonNullable<AgentsOfQuery['project']>['agents']['edges'][number]['node'];

export async function agentsOf(partner: Partner, projectId: string): Promise<AgentView[]> {
  const { project } = await partner.query(agentsOfQuery, { id: projectId });
  return project!.agents.edges.map(edge => edge.node);
}

const resolveAgentMutation = graphql(`
  mutation ResolveAgent($input: ResolveAgentInput!) {
    resolveAgent(input: $input) {
      agent { id status teammateEmail }
      userErrors { code message path retryable }
    }
  }
`);

export const resolveAgent = (partner: Partner, input: ResolveAgentInput) => partner.call(resolveAgentMutation, input);

/** Every unmatched agent becomes the placeholder. */
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

export async function provision(partner: Partner, projectId: string, environment: Environment = 'PRODUCTION'): Promise<RunView> {
  const { run, userErrors } = await startRun(partner, { projectId, kind: 'PROVISIONING', environment });
  expect(userErrors).toEqual([]);
  return ended(partner, run.id);
}

/** Paths of the attributes that a workspace has. */
export const attributePaths = (attributes: readonly Attribute[]) =>
  attributes.map(({ model, name }) => `${model}.custom_attributes.${name}`).sort();

const blockersOfQuery = graphql(`
  query BlockersOf($id: ID!) {
    project(id: $id) { blockedBy { code } }
  }
`);

export const blockersOf = async (partner: Partner, projectId: string): Promise<string[]> =>
  (await partner.query(blockersOfQuery, { id: projectId })).project!.blockedBy.map(each => each.code);

export const codes = (answer: { userErrors: { code: string }[] }) => answer.userErrors.map(each => each.code);

export const named = (fields: FieldView[], recordType: string, sourcePath: string) =>
  fields.find(field => field.recordType === recordType && field.sourcePath === sourcePath)!;

/** Landfall's own names, which no mapping contains. */
export const isOwn = (path: string) => /\.(channel_source|infoset_\w+)$/.test(path);
