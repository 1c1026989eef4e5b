import { attributesOf, tagsOf } from '../../domain/mapping/attributes.js';
import { Blocked } from '../../domain/model/blocked.js';
import { sideOf } from '../../domain/model/gates.js';
import { provisioningIssues } from '../../domain/model/issue.js';
import type { Run } from '../../domain/model/run.js';
import type { Destination } from '../../domain/ports/destination.js';
import { resolveEnded } from '../../store/ended-issues.js';
import { fieldsOfMapping } from '../../store/mappings.js';
import { appendEvent } from '../../store/project-events.js';
import { setProjectStage } from '../../store/projects.js';
import { provisionedObjects } from '../../store/provisioned-objects.js';
import { changePhase, createPhases, phasesOf } from '../../store/run-phases.js';
import type { RunOutcome } from '../../store/runs.js';
import { checkDealType } from './check-deal-type.js';
import { checkPermissions } from './check-permissions.js';
import { checkPreparation } from './check-preparation.js';
import { checkAttributes } from './provision-attributes.js';
import { provisionTags } from './provision-tags.js';
import type { Provisioning } from './provisioning-work.js';

const phases = [
  { name: 'attributes', recordType: null },
  { name: 'tags', recordType: 'TAG' as const },
  { name: 'deal type', recordType: 'DEAL' as const },
];

/** Finds or creates the attributes and tags of a confirmed mapping. A second run writes nothing. */
export async function provision(context: Provisioning): Promise<RunOutcome> {
  const { work, run, destination } = context;
  await checkWorkspace(run, destination);
  await work.fencedTransaction(tx => createPhases(tx, work.lease, phases));
  const fields = await work.transaction(tx => fieldsOfMapping(tx, run.mappingVersionId!));
  await checkPermissions(context, async () => {
    await checkPreparation(context);
    await inPhase(context, 'attributes', () => checkAttributes(context, attributesOf(fields)));
    await inPhase(context, 'tags', () => provisionTags(context, tagsOf(fields)));
    await inPhase(context, 'deal type', () => checkDealType(context, fields));
  });
  const done = await work.transaction(tx => phasesOf(tx, run.id));
  if (done.some(({ state }) => state !== 'SUCCEEDED')) return { state: 'INCOMPLETE' };
  await resolveEnded(work, provisioningIssues, { environment: run.environment! });
  await work.fencedTransaction(tx => setProjectStage(tx, run.projectId, 'SANDBOX'));
  return { state: 'SUCCEEDED' };
}

/** @throws Blocked if the connection leads to another workspace than the one the run was started for */
export async function checkWorkspace(run: Run, destination: Destination): Promise<void> {
  const workspaceId = await destination.workspaceId();
  if (workspaceId === run.workspaceId) return;
  const side = sideOf(run.environment!);
  throw new Blocked({
    code: 'WORKSPACE_CHANGED',
    message: `The ${side} connection now leads to workspace ${workspaceId}. Set it to workspace ${run.workspaceId} again, then resume the run.`,
  });
}

async function inPhase(
  context: Provisioning,
  name: string,
  work: () => Promise<{ wanted: number; done: number }>,
): Promise<void> {
  const { lease, transaction, fencedTransaction } = context.work;
  const callsBefore = context.destination.calls;
  await fencedTransaction(tx => changePhase(tx, lease.runId, name, { state: 'RUNNING' }));
  const { wanted, done } = await work();
  const objects = await transaction(tx => provisionedObjects(tx, lease.projectId, context.run.environment!));
  const phaseOf = ({ kind }: (typeof objects)[number]) =>
    kind === 'TAG' ? 'tags' : kind === 'OBJECT_TYPE' ? 'deal type' : 'attributes';
  const ofPhase = objects.filter(each => phaseOf(each) === name);
  const names = (origin: 'CREATED' | 'FOUND') =>
    ofPhase.filter(each => each.origin === origin).map(each => `${each.kind} ${each.name}`);
  await fencedTransaction(async tx => {
    const state = done === wanted ? 'SUCCEEDED' : 'INCOMPLETE';
    await changePhase(tx, lease.runId, name, {
      state,
      source: wanted,
      staged: done,
      failed: wanted - done,
      apiCalls: context.destination.calls - callsBefore,
    });
    await appendEvent(tx, {
      projectId: lease.projectId,
      runId: lease.runId,
      type: 'PHASE_FINISHED',
      message: `${name}: ${done} of ${wanted} are in the workspace.`,
      data: { phase: name, created: names('CREATED'), found: names('FOUND') },
    });
  });
}
