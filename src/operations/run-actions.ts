import { UserError } from '../domain/model/errors.js';
import type { Run } from '../domain/model/run.js';
import { comingState, effectOf, type RunAction, runActions } from '../domain/model/run-transitions.js';
import { projectById } from '../store/projects.js';
import { runById, saveRequest, setRunState } from '../store/runs.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { once } from './once.js';
import { runInReach } from './project-in-reach.js';

export interface RunActionInput {
  runId: string;
  idempotencyKey?: string | null;
}

/** Pauses a run after the calls in flight. @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, RUN_STATE_CONFLICT */
export const pauseRun = (context: OperationContext, input: RunActionInput): Promise<Run> => act(context, 'pauseRun', input);

/** Continues a run where it stopped. @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, RUN_STATE_CONFLICT */
export async function resumeRun(context: OperationContext, input: RunActionInput): Promise<Run> {
  const run = await act(context, 'resumeRun', input);
  const project = await within(context, tx => projectById(tx, run.projectId));
  await context.wakeWorker({ runId: run.id, organizationId: project!.organizationId });
  return run;
}

/** Ends a run for good. What it has done stays. @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, RUN_STATE_CONFLICT */
export const cancelRun = (context: OperationContext, input: RunActionInput): Promise<Run> => act(context, 'cancelRun', input);

async function act(context: OperationContext, name: RunAction, input: RunActionInput): Promise<Run> {
  requirePermission(context.principal, name);
  const { runId } = await once(context, name, input, async tx => {
    const run = await runInReach(tx, input.runId);
    const effect = effectOf(name, run);
    if (effect === 'REFUSED') {
      const allowed = runActions(run).join(', ') || 'nothing';
      const coming = comingState(run);
      const state = coming === run.state ? run.state : `about to be ${coming}`;
      throw new UserError('RUN_STATE_CONFLICT', `The run is ${state}: it allows ${allowed}.`, { path: ['input', 'runId'] });
    }
    // Unchanged: a repetition is safe even without a key.
    if (effect === 'UNCHANGED') return { runId: run.id };
    if ('wanted' in effect) await saveRequest(tx, run.id, effect.wanted);
    else await setRunState(tx, run, effect.state);
    return { runId: run.id };
  });
  return (await within(context, tx => runById(tx, runId)))!;
}
