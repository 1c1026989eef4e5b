import { UserError } from '../domain/model/errors.js';
import { comingState, type Run, type RunState, runActions } from '../domain/model/run.js';
import { projectById } from '../store/projects.js';
import { runById, saveRequest, setRunState } from '../store/runs.js';
import type { Tx } from '../store/transaction.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { once } from './once.js';
import { runInReach } from './project-in-reach.js';

export interface RunActionInput {
  runId: string;
  idempotencyKey?: string | null;
}

type ActionName = 'pauseRun' | 'resumeRun' | 'cancelRun';

/** States, current or wanted, in which a repeated action has nothing to do. */
const doneIn: Record<ActionName, readonly RunState[]> = {
  pauseRun: ['PAUSED'],
  resumeRun: ['QUEUED', 'RUNNING'],
  cancelRun: ['CANCELLED'],
};

/** Pauses a run after the calls in flight. @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, RUN_STATE_CONFLICT */
export function pauseRun(context: OperationContext, input: RunActionInput): Promise<Run> {
  return act(context, 'pauseRun', input, async (tx, run) => {
    if (run.state === 'RUNNING') return saveRequest(tx, run.id, 'PAUSE');
    await setRunState(tx, run, 'PAUSED');
  });
}

/** Continues a run where it stopped. @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, RUN_STATE_CONFLICT */
export async function resumeRun(context: OperationContext, input: RunActionInput): Promise<Run> {
  const run = await act(context, 'resumeRun', input, async (tx, run) => {
    // Its worker has not paused yet.
    if (run.state === 'RUNNING') return saveRequest(tx, run.id, null);
    await setRunState(tx, run, 'QUEUED');
  });
  const project = await within(context, tx => projectById(tx, run.projectId));
  await context.wakeWorker({ runId: run.id, organizationId: project!.organizationId });
  return run;
}

/** Ends a run for good. What it has done stays. @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, RUN_STATE_CONFLICT */
export function cancelRun(context: OperationContext, input: RunActionInput): Promise<Run> {
  return act(context, 'cancelRun', input, async (tx, run) => {
    if (run.state === 'RUNNING') return saveRequest(tx, run.id, 'CANCEL');
    await setRunState(tx, run, 'CANCELLED');
  });
}

async function act(
  context: OperationContext,
  name: ActionName,
  input: RunActionInput,
  work: (tx: Tx, run: Run) => Promise<void>,
): Promise<Run> {
  requirePermission(context.principal, name);
  const { runId } = await once(context, name, input, async tx => {
    const run = await runInReach(tx, input.runId);
    const coming = comingState(run);
    // Nothing to do, so a repetition is safe even without a key.
    if (doneIn[name].includes(coming)) return { runId: run.id };
    if (!runActions(run).includes(name)) {
      const allowed = runActions(run).join(', ') || 'nothing';
      const state = coming === run.state ? run.state : `about to be ${coming}`;
      throw new UserError('RUN_STATE_CONFLICT', `The run is ${state}: it allows ${allowed}.`, { path: ['input', 'runId'] });
    }
    await work(tx, run);
    return { runId: run.id };
  });
  return (await within(context, tx => runById(tx, runId)))!;
}
