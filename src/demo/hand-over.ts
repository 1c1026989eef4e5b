import type { ApiClient } from './api-client.js';
import { graphql } from './generated/gql.js';
import type { StartRunInput } from './generated/graphql.js';
import { executeRun, followRun, type Screen } from './run.js';

const verified = 50;

const closeProjectMutation = graphql(`
  mutation CloseProject($input: CloseProjectInput!) {
    closeProject(input: $input) {
      project { stage }
      userErrors { code message }
    }
  }
`);

/** Verifies a sample of what was loaded, completes the cutover, rolls the sandbox back and closes the project. */
export async function handOver(api: ApiClient, projectId: string, screen: Screen): Promise<void> {
  const { print } = screen;
  await executeRun(api, { projectId, kind: 'VERIFICATION', environment: 'PRODUCTION', sampleSize: verified }, screen);
  print(`  a sample of ${verified} records was read back: nobody has changed them since`);
  await cutOver(api, projectId, screen);
  await rollBackSandbox(api, projectId, screen);
  const reason = 'The demo ends here.';
  const { project } = await api.mutate(closeProjectMutation, { projectId, reason });
  print(`\ncloseProject → ${project.stage}`);
}

const beginCutoverMutation = graphql(`
  mutation BeginCutover($input: BeginCutoverInput!) {
    beginCutover(input: $input) {
      project { cutover { deltaRunId gaps { code message } } }
      userErrors { code message }
    }
  }
`);

const completeCutoverMutation = graphql(`
  mutation CompleteCutover($input: CompleteCutoverInput!) {
    completeCutover(input: $input) {
      project { cutover { completedBy hypercareUntil } }
      userErrors { code message }
    }
  }
`);

async function cutOver(api: ApiClient, projectId: string, screen: Screen): Promise<void> {
  const { print } = screen;
  const begun = await api.mutate(beginCutoverMutation, { projectId });
  print('\nbeginCutover → nobody works in Infoset any more; the last delta reads what has changed');
  const { gaps, deltaRunId } = begun.project.cutover!;
  for (const { code, message } of gaps) print(`  ${code}: ${message}`);
  await followRun(api, deltaRunId!, 'DELTA', screen);
  const { project } = await api.mutate(completeCutoverMutation, { projectId, note: 'Handed over in the demo.' });
  const { completedBy, hypercareUntil } = project.cutover!;
  print(`completeCutover → by ${completedBy}; hypercare until ${hypercareUntil}`);
}

const rollbackPlanQuery = graphql(`
  query RollbackPlan($id: ID!) {
    project(id: $id) {
      runs(kind: ROLLBACK, first: 1) {
        edges { node { planHash plan { action destinationType count reason } } }
      }
    }
  }
`);

async function rollBackSandbox(api: ApiClient, projectId: string, screen: Screen): Promise<void> {
  const { print } = screen;
  const about: StartRunInput = { projectId, kind: 'ROLLBACK', environment: 'SANDBOX' };
  await executeRun(api, { ...about, dryRun: true }, screen);
  const { project } = await api.query(rollbackPlanQuery, { id: projectId });
  const { planHash, plan } = project!.runs.edges[0]!.node;
  print(`The plan for the sandbox, ${planHash!.slice(0, 12)}…:`);
  for (const { action, destinationType, count, reason } of plan!)
    print(`  ${action.padEnd(8)} ${String(count).padStart(5)} ${destinationType.padEnd(18)} ${reason}`);
  await executeRun(api, { ...about, planHash }, screen);
  print('  the sandbox was rolled back; rollback/sandbox/report.html lists what remains');
}
