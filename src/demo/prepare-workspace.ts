import type { InfosetSimulator } from '../simulators/infoset/infoset-simulator.js';
import type { IntercomSimulator } from '../simulators/intercom/intercom-simulator.js';
import type { ApiClient } from './api-client.js';
import { graphql } from './generated/gql.js';
import type { MappedFieldsQuery } from './generated/graphql.js';

type Print = (line: string) => void;

/** Credentials that a customer gives: an access token, and the placeholder for agents who have left. */
export function destinationAccess({ url, settings }: IntercomSimulator) {
  return { baseUrl: url, secret: settings.token, options: { placeholderTeammateEmail: 'migration@ege.example' } };
}

/** Adds most agents to the workspace, as an admin would invite them by hand. The others have left. */
export function inviteTeammates({ workspace }: IntercomSimulator, { account }: InfosetSimulator): void {
  const active = account.all('users').slice(0, 8);
  workspace.admins.unshift(
    ...active.map(({ id, fullName, email }) => ({ id: `70${id}`, name: String(fullName), email: String(email).toLowerCase() })),
  );
}

const proposeMappingMutation = graphql(`
  mutation ProposeMapping($input: ProposeMappingInput!) {
    proposeMapping(input: $input) {
      mapping { id hash version }
      userErrors { code message }
    }
  }
`);

const mappedFieldsQuery = graphql(`
  query MappedFields($id: ID!, $after: String) {
    project(id: $id) {
      mapping {
        fields(first: 100, after: $after) {
          edges { node { recordType sourcePath action targetPath attributeType ignoreReason profile { fillRate dataType } } }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
`);

const confirmMappingMutation = graphql(`
  mutation ConfirmMapping($input: ConfirmMappingInput!) {
    confirmMapping(input: $input) {
      mapping { status }
      userErrors { code message }
    }
  }
`);

type Mapping = NonNullable<NonNullable<MappedFieldsQuery['project']>['mapping']>;
type Field = Mapping['fields']['edges'][number]['node'];

/** Proposes a mapping, prints it as a table and confirms it without changes. @returns its fields */
export async function confirmMapping(api: ApiClient, projectId: string, print: Print): Promise<Field[]> {
  const { mapping } = await api.mutate(proposeMappingMutation, { projectId });
  print(`\nproposeMapping → version ${mapping.version}`);
  const fields: Field[] = [];
  for (let after: string | null = null; ; ) {
    const answer: MappedFieldsQuery = await api.query(mappedFieldsQuery, { id: projectId, after });
    const { edges, pageInfo } = answer.project!.mapping!.fields;
    for (const { node } of edges) {
      print(row(node));
      fields.push(node);
    }
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  const confirmed = await api.mutate(confirmMappingMutation, { mappingVersionId: mapping.id, expectedHash: mapping.hash });
  print(`confirmMapping → ${confirmed.mapping.status}`);
  return fields;
}

/** Creates the type `Deal` of the mapping, as an admin would by hand: the API of Intercom cannot create custom object types. */
export function createDealType({ workspace }: IntercomSimulator, fields: readonly Field[], print: Print): void {
  const formats: Record<string, string> = { options: 'list' };
  const attributes: Record<string, string> = {};
  for (const { targetPath, attributeType } of fields) {
    const name = /^deal\.custom_attributes\.(.+)$/.exec(targetPath ?? '')?.[1];
    if (name)
      attributes[name] = !attributeType || attributeType === 'string' ? 'text' : (formats[attributeType] ?? attributeType);
  }
  workspace.objectTypes = [{ name: 'Deal', attributes, contactReference: 'deal' }];
  print(`By hand, in Intercom: the type Deal with ${Object.keys(attributes).join(', ')}`);
}

function row({ recordType, sourcePath, action, targetPath, ignoreReason, profile }: Field): string {
  const filled = `${Math.round(profile.fillRate * 100)} %`.padStart(6);
  const left = `  ${recordType.padEnd(8)} ${sourcePath.padEnd(30)}${filled} ${profile.dataType.padEnd(9)}`;
  return `${left} ${action === 'IGNORE' ? `ignored: ${ignoreReason}` : `→ ${targetPath}${action === 'MAP' ? '' : ' (new)'}`}`;
}

const agentsQuery = graphql(`
  query Agents($id: ID!) {
    project(id: $id) { agents(first: 100) { edges { node { id name email status teammateEmail } } } }
  }
`);

const resolveAgentMutation = graphql(`
  mutation ResolveAgent($input: ResolveAgentInput!) {
    resolveAgent(input: $input) {
      agent { status }
      userErrors { code message }
    }
  }
`);

/** Chooses the placeholder for every agent without a teammate. */
export async function resolveAgents(api: ApiClient, projectId: string, print: Print): Promise<void> {
  const { project } = await api.query(agentsQuery, { id: projectId });
  print('\nAgents:');
  for (const { node } of project!.agents.edges) {
    if (node.status !== 'UNMATCHED') print(`  ${node.name} <${node.email}> is ${node.teammateEmail ?? 'the placeholder'}`);
    else {
      await api.mutate(resolveAgentMutation, { agentId: node.id, usePlaceholder: true });
      print(`  ${node.name} <${node.email}> has no teammate: resolveAgent → the placeholder`);
    }
  }
}

const provisionedQuery = graphql(`
  query Provisioned($id: ID!) {
    project(id: $id) { provisionedObjects { kind origin } blockedBy { code } }
  }
`);

export async function showProvisioned(api: ApiClient, projectId: string, print: Print): Promise<void> {
  const { project } = await api.query(provisionedQuery, { id: projectId });
  const { provisionedObjects, blockedBy } = project!;
  const counts = new Map<string, number>();
  for (const { kind, origin } of provisionedObjects) {
    const name = `${kind.toLowerCase().replace('_', ' ')} ${origin.toLowerCase()}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const [name, count] of counts) print(`  ${String(count).padStart(4)} ${name}`);
  const blockers = blockedBy.map(({ code }) => code).join(', ');
  print(`  production is ${blockers ? `blocked by ${blockers}` : 'ready to start'}`);
}
