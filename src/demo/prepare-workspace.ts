import type { InfosetSimulator } from '../simulators/infoset/infoset-simulator.js';
import type { IntercomSimulator } from '../simulators/intercom/intercom-simulator.js';
import type { ApiClient } from './api-client.js';

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

interface Field {
  recordType: string;
  sourcePath: string;
  action: string;
  targetPath: string | null;
  attributeType: string | null;
  ignoreReason: string | null;
  profile: { fillRate: number; dataType: string };
}

/** Proposes a mapping, prints it as a table and confirms it without changes. @returns its fields */
export async function confirmMapping(api: ApiClient, projectId: string, print: Print): Promise<Field[]> {
  const { mapping } = await api.mutate<{ mapping: { id: string; hash: string; version: number } }>(
    'proposeMapping',
    { projectId },
    'mapping { id hash version }',
  );
  print(`\nproposeMapping → version ${mapping.version}`);
  const query = `query ($id: ID!, $after: String) { project(id: $id) { mapping { fields(first: 100, after: $after) {
    edges { node { recordType sourcePath action targetPath attributeType ignoreReason profile { fillRate dataType } } } pageInfo { hasNextPage endCursor } } } } }`;
  type Fields = { edges: { node: Field }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  const fields: Field[] = [];
  for (let after: string | null = null; ; ) {
    const answer: { project: { mapping: { fields: Fields } } } = await api.query(query, { id: projectId, after });
    const { edges, pageInfo } = answer.project.mapping.fields;
    for (const { node } of edges) {
      print(row(node));
      fields.push(node);
    }
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  const confirmed = await api.mutate<{ mapping: { status: string } }>(
    'confirmMapping',
    { mappingVersionId: mapping.id, expectedHash: mapping.hash },
    'mapping { status }',
  );
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

/** Chooses the placeholder for every agent without a teammate. */
export async function resolveAgents(api: ApiClient, projectId: string, print: Print): Promise<void> {
  interface Agent {
    id: string;
    name: string;
    email: string | null;
    status: string;
    teammateEmail: string | null;
  }
  const { project } = await api.query<{ project: { agents: { edges: { node: Agent }[] } } }>(
    'query ($id: ID!) { project(id: $id) { agents(first: 100) { edges { node { id name email status teammateEmail } } } } }',
    { id: projectId },
  );
  print('\nAgents:');
  for (const { node } of project.agents.edges) {
    if (node.status !== 'UNMATCHED') print(`  ${node.name} <${node.email}> is ${node.teammateEmail ?? 'the placeholder'}`);
    else {
      await api.mutate('resolveAgent', { agentId: node.id, usePlaceholder: true }, 'agent { status }');
      print(`  ${node.name} <${node.email}> has no teammate: resolveAgent → the placeholder`);
    }
  }
}

export async function showProvisioned(api: ApiClient, projectId: string, print: Print): Promise<void> {
  const { project } = await api.query<{
    project: { provisionedObjects: { kind: string; origin: string }[]; blockedBy: { code: string }[] };
  }>('query ($id: ID!) { project(id: $id) { provisionedObjects { kind origin } blockedBy { code } } }', { id: projectId });
  const counts = new Map<string, number>();
  for (const { kind, origin } of project.provisionedObjects) {
    const name = `${kind.toLowerCase().replace('_', ' ')} ${origin.toLowerCase()}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const [name, count] of counts) print(`  ${String(count).padStart(4)} ${name}`);
  const blockers = project.blockedBy.map(({ code }) => code).join(', ');
  print(`  production is ${blockers ? `blocked by ${blockers}` : 'ready to start'}`);
}
