import type { RecordType } from '../model/record-type.js';

/** Counts of a record type. */
export interface ReconciliationRow {
  recordType: RecordType;
  source: number | null;
  staged: number;
  loaded: number;
  verified: number;
  skipped: number;
  failed: number;
  /** Not loaded yet, because no slice of a PRODUCTION run contains it. */
  outside: number;
  balanced: boolean;
}

/** Outcomes of a field over all records that were read back. */
export interface FieldFidelity {
  recordType: RecordType;
  field: string;
  compared: number;
  equal: number;
  normalised: number;
  lossy: number;
  different: number;
}

export interface Reconciliation {
  balanced: boolean;
  /** Not balanced only because records are outside of the slices that were loaded. */
  settled: boolean;
  rows: ReconciliationRow[];
}

export interface Difference {
  recordType: RecordType;
  sourceId: string;
  destinationId: string | null;
  field: string;
  expected: string | null;
  actual: string | null;
}

export interface OpenProblems {
  /** Failures and differences that are not waived. */
  failed: number;
  different: number;
  /** Loaded before and not read back since, because the last attempt to change them failed. They count as failures. */
  failedUnread?: number;
  /** Records that are loaded with an older draft than the current one. */
  outdated?: number;
}

export function balancedRow(
  row: Omit<ReconciliationRow, 'balanced' | 'outside'>,
  open: OpenProblems,
  outside = 0,
): ReconciliationRow {
  const { source, staged, loaded, verified, skipped, failed } = row;
  const balanced =
    (source === null || staged === source) &&
    staged === loaded + skipped + failed &&
    open.failed === 0 &&
    verified + (open.failedUnread ?? 0) === loaded &&
    open.different === 0 &&
    (open.outdated ?? 0) === 0 &&
    outside === 0;
  return { ...row, outside, balanced };
}
