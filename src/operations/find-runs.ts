import { uuidOf } from '../domain/ids.js';
import { fromCursor, type Page } from '../domain/page.js';
import type { Run, RunKind, RunPhase } from '../domain/run.js';
import { phasesOf } from '../store/run-phases.js';
import { pageOfRuns, runById } from '../store/runs.js';
import { type OperationContext, within } from './context.js';
import { checkFirst } from './input-check.js';

/** @throws UserError MALFORMED_ID */
export async function findRun(context: OperationContext, id: string): Promise<Run | null> {
  const uuid = uuidOf('Run', id);
  return uuid === null ? null : within(context, tx => runById(tx, uuid));
}

/** A run's listings, in their order. */
export function findPhases(context: OperationContext, runId: string): Promise<RunPhase[]> {
  return within(context, tx => phasesOf(tx, runId));
}

/** Newest first. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export function listRuns(
  context: OperationContext,
  projectId: string,
  kind: RunKind | null,
  first: number,
  after: string | null,
): Promise<Page<Run>> {
  checkFirst(first);
  const keyset = after === null ? null : fromCursor(after);
  return within(context, tx => pageOfRuns(tx, projectId, kind, first, keyset));
}
