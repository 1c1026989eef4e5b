import { uuidOf } from '../domain/model/ids.js';
import type { Page } from '../domain/model/page.js';
import type { Run, RunKind, RunPhase } from '../domain/model/run.js';
import { phasesOfRuns } from '../store/run-phases.js';
import { pagesOfRuns, runById, runList, runsById } from '../store/runs.js';
import { type OperationContext, within } from './context.js';
import { countedPages } from './counted-pages.js';
import { keysetCursor, type PageRequest, readPage } from './cursor.js';

/** @throws UserError MALFORMED_ID */
export async function findRun(context: OperationContext, id: string): Promise<Run | null> {
  const uuid = uuidOf('Run', id);
  return uuid === null ? null : within(context, tx => runById(tx, uuid));
}

/** The runs with these uuids, in this order; null for one that the caller does not reach. */
export async function findRuns(context: OperationContext, uuids: readonly string[]): Promise<(Run | null)[]> {
  const found = await within(context, tx => runsById(tx, uuids));
  return uuids.map(uuid => found.get(uuid) ?? null);
}

/** The phases of each run, in their order. */
export async function findPhases(context: OperationContext, runIds: readonly string[]): Promise<RunPhase[][]> {
  const phases = await within(context, tx => phasesOfRuns(tx, runIds));
  return runIds.map(id => phases.get(id)!);
}

/** A page of each project, newest first. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export async function listRuns(
  context: OperationContext,
  projectIds: readonly string[],
  { kind, ...page }: PageRequest & { kind: RunKind | null },
): Promise<Page<Run>[]> {
  const window = readPage(page, keysetCursor);
  const list = runList(kind);
  return countedPages(context, list, projectIds, tx => pagesOfRuns(tx, list, projectIds, window));
}
