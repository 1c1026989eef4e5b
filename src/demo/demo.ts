import { generateAccount } from '../simulators/infoset/generator/generate.js';
import { startInfosetSimulator } from '../simulators/infoset/infoset-simulator.js';
import { storedAccount } from '../simulators/infoset/stored-account.js';
import { startIntercomSimulator } from '../simulators/intercom/intercom-simulator.js';
import { ApiClient } from './api-client.js';
import { graphql } from './generated/gql.js';
import type { ConnectionSide } from './generated/graphql.js';
import { handOver } from './hand-over.js';
import {
  confirmMapping,
  createDealType,
  destinationAccess,
  inviteTeammates,
  resolveAgents,
  showProvisioned,
} from './prepare-workspace.js';
import type { ListingView } from './progress-display.js';
import { executeRun } from './run.js';
import { showSample, signOffSample } from './sample.js';
import { showCrosswalk, showDocuments, showReconciliation } from './show-result.js';

/** Address and key of the server, as any client needs them, and the account to migrate. */
export interface DemoOptions {
  url: string;
  apiKey: string;
  exampleQuery: string;
  print: (line: string) => void;
  isTerminal: boolean;
  /** Directory of an account in files; if absent, an account is generated. */
  data?: string;
  /** Tickets of the generated account. */
  tickets: number;
}

/**
 * Migrates an account as a client of the API: creates a project, connects a simulated Infoset account, discovers and extracts it,
 * maps its fields and prepares an Intercom workspace. A sample moves into a second workspace and is signed off. Then it loads all records, reads them back, reconciles them, completes the
 * cutover, rolls the sandbox back and closes the project.
 * @returns whether the reconciliation is balanced, and a function that closes the simulators
 * @throws Error if a step fails
 */
export async function runDemo(options: DemoOptions): Promise<{ balanced: boolean; close: () => Promise<void> }> {
  const { url, apiKey, print, data, tickets } = options;
  const infoset = await startInfosetSimulator(ownUrl =>
    data ? storedAccount(data, ownUrl) : generateAccount({ tickets }, ownUrl),
  );
  const [intercom, sandbox] = [await startIntercomSimulator(), await startIntercomSimulator()];
  const close = async () => {
    await Promise.all([infoset.close(), intercom.close(), sandbox.close()]);
  };
  try {
    print(
      `An Infoset simulator serves ${data ? `the account in ${data}` : `a generated account of ${tickets} tickets`} at ${infoset.url},\ntwo Intercom simulators empty workspaces: for the sample at ${sandbox.url}, for production at ${intercom.url}\n`,
    );
    const api = new ApiClient(url, apiKey);
    const projectId = await createProject(api, print);
    await connect(api, projectId, 'SOURCE', { baseUrl: infoset.url, secret: infoset.settings.credentials.apiKey }, print);
    await executeRun(api, { projectId, kind: 'DISCOVERY' }, options);
    await showDiscovery(api, projectId, print);
    showCounts(await executeRun(api, { projectId, kind: 'EXTRACTION' }, options), print);
    await showIssues(api, projectId, print);
    const fields = await confirmMapping(api, projectId, print);
    for (const each of [sandbox, intercom]) {
      createDealType(each, fields, print);
      inviteTeammates(each, infoset);
    }
    await connect(api, projectId, 'SANDBOX', destinationAccess(sandbox), print);
    await connect(api, projectId, 'DESTINATION', destinationAccess(intercom), print);
    await resolveAgents(api, projectId, print);
    await executeRun(api, { projectId, kind: 'PROVISIONING', environment: 'SANDBOX' }, options);
    await executeRun(api, { projectId, kind: 'SANDBOX', environment: 'SANDBOX' }, options);
    await showSample(api, projectId, print);
    await signOffSample(api, projectId, print);
    await executeRun(api, { projectId, kind: 'PROVISIONING', environment: 'PRODUCTION' }, options);
    await showProvisioned(api, projectId, print);
    await executeRun(api, { projectId, kind: 'PRODUCTION', environment: 'PRODUCTION' }, options);
    const balanced = await showReconciliation(api, projectId, print);
    const examples = infoset.account.all('tickets').slice(0, 3);
    await showCrosswalk(
      api,
      projectId,
      examples.map(({ id }) => String(id)),
      print,
    );
    if (balanced) await handOver(api, projectId, options);
    await showDocuments(api, projectId, print);
    print(`\nGraphQL:  ${url}/graphql   (WebSocket: the same path)`);
    print(`GraphiQL: ${url}/graphiql`);
    print(`API key:  ${apiKey}`);
    print(`Header:   {"Authorization": "Bearer ${apiKey}"}`);
    print(`Try:\n${options.exampleQuery}`);
    return { balanced, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const createProjectMutation = graphql(`
  mutation CreateProject($input: CreateProjectInput!) {
    createProject(input: $input) {
      project { id name blockedBy { code message } }
      userErrors { code message }
    }
  }
`);

const projectEventsSubscription = graphql(`
  subscription ProjectEvents($projectId: ID!) {
    projectEvents(projectId: $projectId, afterSeq: 0) { seq at type message }
  }
`);

async function createProject(api: ApiClient, print: DemoOptions['print']): Promise<string> {
  print('A client creates a project over HTTP:');
  const { project } = await api.mutate(createProjectMutation, { name: 'Demo migration' });
  print(`  createProject → ${project.id} “${project.name}”`);
  for (const { code, message } of project.blockedBy) print(`  blocked by ${code}: ${message}`);
  print('and follows its events over WebSocket:');
  for await (const event of api.subscribe(projectEventsSubscription, { projectId: project.id })) {
    print(`  #${event.seq} ${event.at} ${event.type}: ${event.message}`);
    break;
  }
  return project.id;
}

const setConnectionMutation = graphql(`
  mutation SetConnection($input: SetConnectionInput!) {
    setConnection(input: $input) {
      connection { status detail workspaceName }
      userErrors { code message }
    }
  }
`);

async function connect(
  api: ApiClient,
  projectId: string,
  side: ConnectionSide,
  access: { baseUrl: string; secret: string; options?: Record<string, unknown> },
  print: DemoOptions['print'],
): Promise<void> {
  const { connection } = await api.mutate(setConnectionMutation, { projectId, side, ...access });
  print(`\nsetConnection ${side} → ${connection.status}, “${connection.workspaceName}”`);
  if (connection.status !== 'OK') throw new Error(connection.detail ?? 'The connection is not usable.');
}

const discoveryQuery = graphql(`
  query ProjectDiscovery($id: ID!) {
    project(id: $id) {
      discovery {
        plan { code }
        resources { resource available reason }
        retention { windowDays atRisk oldestChatAt deadline daysRemaining }
      }
    }
  }
`);

async function showDiscovery(api: ApiClient, projectId: string, print: DemoOptions['print']): Promise<void> {
  const { project } = await api.query(discoveryQuery, { id: projectId });
  const { plan, retention, resources } = project!.discovery!;
  print(`  plan ${plan.code}; chats are kept ${retention.windowDays ?? 'an unknown number of'} days`);
  if (retention.deadline) {
    print(
      `  ${retention.atRisk} tickets with chats at risk, the oldest from ${retention.oldestChatAt}: extract within ${retention.daysRemaining} days`,
    );
  }
  for (const { resource, available, reason } of resources) if (!available) print(`  ${resource} is not available: ${reason}`);
}

function showCounts(listings: readonly ListingView[], print: DemoOptions['print']): void {
  const row = (...cells: (string | number)[]) =>
    `  ${String(cells[0]).padEnd(22)}${cells
      .slice(1)
      .map(cell => String(cell).padStart(9))
      .join('')}`;
  print(`\n${row('listing', 'source', 'staged', 'skipped', 'failed')}`);
  for (const { listing, source, staged, skipped, failed, unavailableReason } of listings) {
    print(row(listing, source ?? '–', staged, skipped, failed) + (unavailableReason ? `  ${unavailableReason}` : ''));
  }
}

const issuesQuery = graphql(`
  query NewestIssues($id: ID!) {
    project(id: $id) { issues(first: 5) { edges { node { code sourceId message } } } }
  }
`);

async function showIssues(api: ApiClient, projectId: string, print: DemoOptions['print']): Promise<void> {
  const { project } = await api.query(issuesQuery, { id: projectId });
  print('\nThe newest issues:');
  for (const { node } of project!.issues.edges) print(`  ${node.code} ${node.sourceId ?? ''}: ${node.message}`);
}
