import type { RunKind, RunState } from '../domain/model/run.js';
import { appendEvent } from './project-events.js';
import type { Tx } from './transaction.js';

/** Appends an event about the state of a run, in the transaction that changes it. */
export function appendRunStateEvent(
  tx: Tx,
  { projectId, runId, kind }: { projectId: string; runId: string; kind: RunKind },
  state: RunState,
): Promise<void> {
  const message = `${kind} is ${state}.`;
  return appendEvent(tx, { projectId, runId, type: 'RUN_STATE_CHANGED', message, data: { kind, state } });
}
