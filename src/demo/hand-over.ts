import type { ApiClient } from './api-client.js';
import { executeRun, followRun, type Screen } from './run.js';

const verified = 50;

/** Verifies a sample of what was loaded, completes the cutover, rolls the sandbox back and closes the project. */
export async function handOver(api: ApiClient, projectId: string, screen: Screen): Promise<void> {
  const { print } = screen;
  await executeRun(api, { projectId, kind: 'VERIFICATION', environment: 'PRODUCTION', sampleSize: verified }, screen);
  print(`  a sample of ${verified} records was read back: nobody has changed them since`);
  await cutOver(api, projectId, screen);
  await rollBackSandbox(api, projectId, screen);
  const reason = 'The demo ends here.';
  const { project } = await api.mutate<{ project: { stage: string } }>(
    'closeProject',
    { projectId, reason },
    'project { stage }',
  );
  print(`\ncloseProject → ${project.stage}`);
}

interface Cutover {
  deltaRunId: string;
  isReady: boolean;
  gaps: { code: string; message: string }[];
  completedBy: string | null;
  hypercareUntil: string | null;
}

const fields = 'project { cutover { deltaRunId isReady gaps { code message } completedBy hypercareUntil } }';

async function cutOver(api: ApiClient, projectId: string, screen: Screen): Promise<void> {
  const { print } = screen;
  type Answer = { project: { cutover: Cutover } };
  const begun = await api.mutate<Answer>('beginCutover', { projectId }, fields);
  print('\nbeginCutover → nobody works in Infoset any more; the last delta reads what has changed');
  for (const { code, message } of begun.project.cutover.gaps) print(`  ${code}: ${message}`);
  await followRun(api, begun.project.cutover.deltaRunId, 'DELTA', screen);
  const input = { projectId, note: 'Handed over in the demo.' };
  const { project } = await api.mutate<Answer>('completeCutover', input, fields);
  print(`completeCutover → by ${project.cutover.completedBy}; hypercare until ${project.cutover.hypercareUntil}`);
}

interface Planned {
  planHash: string;
  plan: { action: string; destinationType: string; count: number; reason: string }[];
}

async function rollBackSandbox(api: ApiClient, projectId: string, screen: Screen): Promise<void> {
  const { print } = screen;
  const about = { projectId, kind: 'ROLLBACK', environment: 'SANDBOX' };
  await executeRun(api, { ...about, dryRun: true }, screen);
  const { project } = await api.query<{ project: { runs: { edges: { node: Planned }[] } } }>(
    `query ($id: ID!) { project(id: $id) { runs(kind: ROLLBACK, first: 1) { edges { node { planHash plan { action destinationType count reason } } } } } }`,
    { id: projectId },
  );
  const { planHash, plan } = project.runs.edges[0]!.node;
  print(`The plan for the sandbox, ${planHash.slice(0, 12)}…:`);
  for (const { action, destinationType, count, reason } of plan)
    print(`  ${action.padEnd(8)} ${String(count).padStart(5)} ${destinationType.padEnd(18)} ${reason}`);
  await executeRun(api, { ...about, planHash }, screen);
  print('  the sandbox was rolled back; rollback/sandbox/report.html lists what remains');
}
