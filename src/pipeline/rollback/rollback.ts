import { Blocked } from '../../domain/model/blocked.js';
import { sideOf } from '../../domain/model/gates.js';
import { rollbackIssues } from '../../domain/model/issue.js';
import type { RecordType } from '../../domain/model/record-type.js';
import { type RollbackStep, stepOf } from '../../domain/rollback/plan.js';
import { forgetCutover } from '../../store/cutovers.js';
import { resolveEnded } from '../../store/ended-issues.js';
import { appendEvent } from '../../store/project-events.js';
import { returnToStage } from '../../store/projects.js';
import { countObjects, countPlaces } from '../../store/rollback-objects.js';
import { markChecked, planOfRun } from '../../store/rollback-plans.js';
import { forgetRefusedImages } from '../../store/rolled-back.js';
import { changePhase, createPhases, phasesOf } from '../../store/run-phases.js';
import type { RunOutcome } from '../../store/runs.js';
import { findChanged } from './execute/check-plan.js';
import { executePlan } from './execute/execute-plan.js';
import { readBack } from './execute/read-back.js';
import { makePlan } from './plan/make-plan.js';
import type { RollbackWork } from './rollback-work.js';

const phases: { name: RollbackStep; recordType: RecordType | null }[] = [
  { name: 'conversations', recordType: 'TICKET' },
  { name: 'deals', recordType: 'DEAL' },
  { name: 'articles', recordType: 'ARTICLE' },
  { name: 'collections', recordType: 'CATEGORY' },
  { name: 'contacts', recordType: 'CONTACT' },
  { name: 'companies', recordType: 'COMPANY' },
  { name: 'tags', recordType: 'TAG' },
  { name: 'attributes', recordType: null },
];

/** Makes the plan of a rollback, or carries out the one that the run names. */
export async function rollBack(context: RollbackWork): Promise<RunOutcome> {
  const { work, run } = context;
  const workspaceId = await context.destination.workspaceId();
  if (workspaceId !== run.workspaceId)
    throw new Blocked({
      code: 'WORKSPACE_CHANGED',
      message: `Set the ${sideOf(run.environment!)} connection to workspace ${run.workspaceId} again, then resume the run: it leads to ${workspaceId} now.`,
    });
  const plan = await work.transaction(tx => planOfRun(tx, run.id));
  if (plan.dryRun) {
    await makePlan(context);
    return { state: 'SUCCEEDED' };
  }
  if (plan.checkedAt === null) {
    const changed = await findChanged(context, plan.planRunId);
    if (changed) {
      const { destinationType, destinationId, label } = changed;
      return {
        state: 'FAILED',
        blocker: {
          code: 'PLAN_STALE',
          message: `Make a new plan with dryRun and review it: ${destinationType} ${destinationId}${label ? ` (${label.slice(0, 100)})` : ''} has changed since. Nothing was written.`,
        },
      };
    }
    await work.fencedTransaction(async tx => {
      await createPhases(tx, work.lease, phases);
      await markChecked(tx, run.id);
    });
  }
  await executePlan(context, plan.planRunId, await progressOf(context, plan.planRunId));
  await readBack(context, plan.planRunId);
  return conclude(context, plan.planRunId);
}

/** Half of the calls write, a quarter read before, and a quarter read afterwards. */
async function progressOf({ work }: RollbackWork, planRunId: string): Promise<(done: number) => number> {
  const counts = await work.transaction(tx => countObjects(tx, planRunId));
  const sum = (states: readonly string[]) =>
    counts.filter(({ state }) => states.includes(state)).reduce((total, { count }) => total + count, 0);
  const total = sum(['PLANNED', 'BEGUN', 'DONE', 'FAILED']);
  let all = sum(['DONE', 'FAILED']);
  return done => {
    all += done;
    return total === 0 ? 0.75 : 0.25 + (all / total) * 0.5;
  };
}

async function conclude({ work, run, scope }: RollbackWork, planRunId: string): Promise<RunOutcome> {
  const counts = await work.transaction(tx => countPlaces(tx, planRunId));
  const isComplete = counts.every(({ state }) => state !== 'FAILED');
  if (isComplete) await resolveEnded(work, rollbackIssues, { environment: scope.environment });
  return work.fencedTransaction(async tx => {
    const stored = await phasesOf(tx, run.id);
    for (const { name } of phases) {
      const of = counts.filter(({ place }) => stepOf(place) === name);
      const sum = (...states: string[]) =>
        of.filter(({ state }) => states.includes(state)).reduce((total, { count }) => total + count, 0);
      const [done, failed, kept] = [sum('DONE'), sum('FAILED'), sum('KEPT')];
      const apiCalls = stored.find(each => each.name === name)?.apiCalls ?? 0;
      await changePhase(tx, run.id, name, {
        state: failed > 0 ? 'INCOMPLETE' : 'SUCCEEDED',
        source: done + failed + kept,
        staged: done,
        skipped: kept,
        failed,
        apiCalls,
      });
      await appendEvent(tx, {
        projectId: run.projectId,
        runId: run.id,
        type: 'PHASE_FINISHED',
        message: `${name}: ${done} rolled back, ${kept} kept, ${failed} not done.`,
        data: { phase: name, source: done + failed + kept, staged: done, skipped: kept, failed },
      });
    }
    await forgetRefusedImages(tx, scope);
    if (scope.environment === 'PRODUCTION') {
      await returnToStage(tx, run.projectId, 'PRODUCTION');
      await forgetCutover(tx, run.projectId);
    }
    return { state: isComplete ? 'SUCCEEDED' : 'INCOMPLETE' };
  });
}
