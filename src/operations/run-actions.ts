import { UserError } from '../domain/errors.js';
import { type Run, type RunState, runActions } from '../domain/run.js';
import { appendEvent } from '../store/project-events.js';
import { projectById } from '../store/projects.js';
import { runById, setRunState } from '../store/runs.js';
import type { Tx } from '../store/transaction.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { once } from './once.js';
import { runInReach } from './project-in-reach.js';

export interface RunActionInput {
  runId: string;
  idempotencyKey?: string | null;
}

type Act = 'pauseRun' | 'resumeRun' | 'cancelRun';

/** The state in which an action that is repeated finds its work done. */
const doneIn: Record<Act, readonly RunState[]> = {
  pauseRun: ['PAUSED'],
  resumeRun: ['QUEUED', 'RUNNING'],
  cancelRun: ['CANCELLED'],
};

/** Stops after what is in flight; what is read stays. @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, RUN_STATE_CONFLICT */
export function pauseRun(context: OperationContext, input: RunActionInput): Promise<Run> {
  return act(context, 'pauseRun', input, async (tx, run) => {
    if (run.state === 'RUNNING') return setRunState(tx, run.id, { wanted: 'PAUSE' });
    await change(tx, run, 'PAUSED');
  });
}

/** Goes on where it stood. @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, RUN_STATE_CONFLICT */
export async function resumeRun(context: OperationContext, input: RunActionInput): Promise<Run> {
  const run = await act(context, 'resumeRun', input, async (tx, run) => change(tx, run, 'QUEUED'));
  const project = await within(context, tx => projectById(tx, run.projectId));
  await context.wakeWorker({ runId: run.id, organizationId: project!.organizationId });
  return run;
}

/** Ends it for good; what is read stays. @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, RUN_STATE_CONFLICT */
export function cancelRun(context: OperationContext, input: RunActionInput): Promise<Run> {
  return act(context, 'cancelRun', input, async (tx, run) => {
    if (run.state === 'RUNNING') return setRunState(tx, run.id, { wanted: 'CANCEL' });
    await change(tx, run, 'CANCELLED');
  });
}

async function change(tx: Tx, run: Run, state: RunState): Promise<void> {
  await setRunState(tx, run.id, { state, wanted: null });
  const { projectId, id, kind } = run;
  await appendEvent(tx, {
    projectId,
    runId: id,
    type: 'RUN_STATE_CHANGED',
    message: `${kind} is ${state}.`,
    data: { kind, state },
  });
}

async function act(
  context: OperationContext,
  name: Act,
  input: RunActionInput,
  work: (tx: Tx, run: Run) => Promise<void>,
): Promise<Run> {
  requirePermission(context.principal, name);
  const { runId } = await once(context, name, input, async tx => {
    const run = await runInReach(tx, input.runId);
    // Done already: safe to repeat, also without a key.
    if (doneIn[name].includes(run.state)) return { runId: run.id };
    if (!runActions(run.state).includes(name)) {
      const allowed = runActions(run.state).join(', ') || 'nothing';
      throw new UserError('RUN_STATE_CONFLICT', `The run is ${run.state}: it answers ${allowed}.`, { path: ['input', 'runId'] });
    }
    await work(tx, run);
    return { runId: run.id };
  });
  return (await within(context, tx => runById(tx, runId)))!;
}
