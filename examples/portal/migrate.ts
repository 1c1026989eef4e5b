import { Api } from './api.js';
import * as documents from './documents.js';
import type { ConnectionSide, Environment, RunKind, StartRunInput } from './generated/graphql.js';

/** Addresses and secrets of Landfall, the Infoset account, and two Intercom workspaces: for a sample, and for everything. */
export interface Settings {
  url: string;
  apiKey: string;
  infoset: { url: string; key: string };
  sandbox: { url: string; token: string };
  production: { url: string; token: string };
  /** E-mail address of the teammate in both workspaces who stands for agents who have left. */
  placeholder: string;
}

/** Migrates an account as a portal would, step by step. @throws Error if a step is refused or a run does not succeed */
export async function migrate(settings: Settings, print: (line: string) => void): Promise<{ projectId: string; stage: string }> {
  const api = new Api(settings.url, settings.apiKey);
  const { project } = await api.mutate(documents.createProject, { name: 'Portal', externalRef: `portal-${Date.now()}` });
  const projectId = project!.id;
  print(`project ${projectId}`);

  const run = async (kind: RunKind, environment?: Environment): Promise<string> => {
    const input: StartRunInput = { projectId, kind, ...(environment ? { environment } : {}) };
    const started = await api.mutate(documents.startRun, input);
    await follow(api, started.run!.id, kind, print);
    return started.run!.id;
  };
  const connect = async (side: ConnectionSide, baseUrl: string, secret: string, options?: Record<string, unknown>) => {
    const { connection } = await api.mutate(documents.setConnection, {
      projectId,
      side,
      baseUrl,
      secret,
      ...(options ? { options } : {}),
    });
    if (connection!.status !== 'OK') throw new Error(`${side}: ${connection!.detail}`);
    print(`${side} is ${connection!.workspaceName}`);
  };

  await connect('SOURCE', settings.infoset.url, settings.infoset.key);
  await run('DISCOVERY');
  await run('EXTRACTION');

  // Deals become attributes of contacts: a custom object type would have to be made by hand first.
  const options = { placeholderTeammateEmail: settings.placeholder, dealsAs: 'CONTACT_ATTRIBUTES' };
  await connect('SANDBOX', settings.sandbox.url, settings.sandbox.token, options);
  await connect('DESTINATION', settings.production.url, settings.production.token, options);

  const mappingHash = await mapFields(api, projectId, print);
  await resolveAgents(api, projectId, print);

  await run('PROVISIONING', 'SANDBOX');
  const sandboxRun = await run('SANDBOX', 'SANDBOX');
  await showResult(api, projectId, 'SANDBOX', print);
  const signed = await api.mutate(documents.signOff, { runId: sandboxRun, mappingHash, note: 'Reviewed in the portal' });
  print(`signed off by ${signed.run!.signOff!.signedBy}`);

  await run('PROVISIONING', 'PRODUCTION');
  await run('PRODUCTION', 'PRODUCTION');
  await showResult(api, projectId, 'PRODUCTION', print);

  const begun = await api.mutate(documents.beginCutover, { projectId });
  await follow(api, begun.project!.cutover!.deltaRunId!, 'DELTA', print);
  const completed = await api.mutate(documents.completeCutover, { projectId, note: 'Handed over' });
  for (const { title, downloadUrl } of completed.project!.documents) print(`${title}: ${downloadUrl}`);
  return { projectId, stage: completed.project!.stage };
}

/** Shows a run until it ends. A BLOCKED run waits for a person: its blockers say what to do before `resumeRun`. */
async function follow(api: Api, runId: string, kind: RunKind, print: (line: string) => void): Promise<void> {
  let state: string | undefined;
  for await (const { runProgress } of api.subscribe(documents.followRun, { runId })) {
    ({ state } = runProgress);
    print(
      `${kind} ${state} ${Math.round(runProgress.fraction * 100)} %${runProgress.waitingFor ? `, waits for ${runProgress.waitingFor}` : ''}`,
    );
    if (state === 'BLOCKED') break;
  }
  if (state === 'SUCCEEDED') return;
  const { run } = await api.query(documents.blockersOf, { runId });
  throw new Error([`${kind} is ${state}.`, ...run!.blockedBy.map(({ code, message }) => `${code}: ${message}`)].join('\n'));
}

/** A portal shows the fields and lets people edit them (`updateFieldMapping`) before it confirms. */
async function mapFields(api: Api, projectId: string, print: (line: string) => void): Promise<string> {
  const { mapping } = await api.mutate(documents.proposeMapping, { projectId });
  for (const { node } of mapping!.fields.edges) {
    print(`${node.recordType} ${node.sourcePath} ${node.action} ${node.targetPath ?? ''}`);
    for (const { code, message } of node.losses) print(`  ${code}: ${message}`);
  }
  await api.mutate(documents.confirmMapping, { mappingVersionId: mapping!.id, expectedHash: mapping!.hash });
  return mapping!.hash;
}

/** A portal asks a person for each of them. Here all are the placeholder. A resolved agent leaves the list, so the first page is read again. */
async function resolveAgents(api: Api, projectId: string, print: (line: string) => void): Promise<void> {
  for (;;) {
    const { project } = await api.query(documents.unmatchedAgents, { id: projectId });
    const { edges } = project!.agents;
    if (edges.length === 0) return;
    for (const { node } of edges) {
      await api.mutate(documents.resolveAgent, { agentId: node.id, usePlaceholder: true });
      print(`${node.name} is the placeholder`);
    }
  }
}

async function showResult(api: Api, id: string, environment: Environment, print: (line: string) => void): Promise<void> {
  const { project } = await api.query(documents.result, { id, environment });
  const { balanced, rows, differences } = project!.reconciliation;
  for (const { recordType, source, staged, loaded, verified, failed } of rows)
    print(
      `${environment} ${recordType}: source ${source ?? '?'}, staged ${staged}, loaded ${loaded}, verified ${verified}, failed ${failed}`,
    );
  for (const { node } of differences.edges)
    print(`  ${node.recordType} ${node.sourceId} ${node.field}: ${node.expected} became ${node.actual}`);
  print(`${environment} is ${balanced ? 'balanced' : 'NOT balanced'}`);
}
