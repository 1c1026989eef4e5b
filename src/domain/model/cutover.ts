import type { Reconciliation, ReconciliationRow } from '../verify/reconciliation.js';
import type { Run } from './run.js';

/** What was handed over of a record type. */
export type HandedOver = Pick<ReconciliationRow, 'recordType' | 'source' | 'loaded' | 'verified' | 'skipped' | 'failed'>;

/** The move of a project to its new workspace: freeze, last delta, handover, hypercare and end. */
export interface Cutover {
  projectId: string;
  /** From this time on nobody works in the source. */
  frozenAt: Date;
  begunAt: Date;
  begunBy: string;
  /** The last DELTA run. */
  deltaRunId: string;
  completedAt: Date | null;
  completedBy: string | null;
  note: string | null;
  figures: HandedOver[] | null;
  hypercareUntil: Date | null;
  closedAt: Date | null;
  closedBy: string | null;
  closeReason: string | null;
}

/** Codes of what keeps a cutover from being completed. */
export const readinessCodes = {
  CUTOVER_NOT_BEGUN: 'Call `beginCutover` first.',
  FINAL_DELTA_NOT_DONE: 'The last DELTA run has not ended as SUCCEEDED.',
  SLICES_MISSING: 'Tickets or calls are outside of the slices that were loaded. Start PRODUCTION runs for the rest.',
  NOT_BALANCED: 'The reconciliation of PRODUCTION is not balanced.',
} as const satisfies Record<string, string>;

export interface ReadinessGap {
  code: keyof typeof readinessCodes;
  message: string;
}

/** What keeps a cutover from being completed; empty if nothing does. */
export function readinessGaps(
  cutover: Pick<Cutover, 'deltaRunId'> | null,
  finalDelta: Pick<Run, 'state'> | null,
  { balanced, rows }: Pick<Reconciliation, 'balanced' | 'rows'>,
): ReadinessGap[] {
  if (!cutover)
    return [{ code: 'CUTOVER_NOT_BEGUN', message: 'Call beginCutover: it records the freeze and runs the last delta.' }];
  const gaps: ReadinessGap[] = [];
  if (finalDelta?.state !== 'SUCCEEDED') {
    const state = finalDelta?.state ?? 'not there';
    gaps.push({ code: 'FINAL_DELTA_NOT_DONE', message: `The last delta is ${state}. Wait for it, or call beginCutover again.` });
  }
  const outside = rows.reduce((sum, row) => sum + (row.recordType === 'MESSAGE' ? 0 : row.outside), 0);
  if (outside > 0) {
    const message = `${outside} tickets and calls are outside of the slices that were loaded. Start PRODUCTION for the rest.`;
    gaps.push({ code: 'SLICES_MISSING', message });
  } else if (!balanced)
    gaps.push({ code: 'NOT_BALANCED', message: 'Resolve or waive the open issues of PRODUCTION: it is not balanced.' });
  return gaps;
}

export const defaultHypercareDays = 7;
export const maxHypercareDays = 90;
