import { type RecordType, recordTypes } from '../model/record-type.js';
import { listingOf, type RecordTypeDeclaration, recordTypeDeclarations } from '../model/record-types.js';
import { balancedRow, type Reconciliation, type ReconciliationRow } from './reconciliation.js';

/** A record type that is counted by its listing and the crosswalk. */
export interface ReconciledType extends RecordTypeDeclaration {
  recordType: RecordType;
}

/** Files and recordings are counted in their own tables. */
const hasOwnTable: ReadonlySet<RecordType> = new Set(['ATTACHMENT', 'RECORDING']);
export const reconciledTypes: readonly ReconciledType[] = recordTypes
  .filter(type => !hasOwnTable.has(type))
  .map(recordType => ({ recordType, ...recordTypeDeclarations[recordType] }));

/** Issues that explain a failed record. If one of them is waived, the failure does not unbalance. */
export const failureCodes = ['LOAD_FAILED', 'PARENT_NOT_LOADED', 'CONTACT_LOCKED', 'ADDRESS_TAKEN'] as const;

/** Files in these states can never be loaded. */
export const unavailableFileStates = ['MISSING', 'FORBIDDEN', 'TOO_LARGE', 'CORRUPT'] as const;

export interface StagedCounts {
  staged: number;
  /** Records whose id cannot be used. */
  skipped: number;
}

export interface LoadedCounts {
  loaded: number;
  verified: number;
  /** Not read back, because the last attempt to change the record, or its ticket, failed. */
  failedUnread: number;
}

export interface ProblemCounts {
  skipped: number;
  allFailed: number;
  /** Failures and differences that are not waived. */
  failed: number;
  different: number;
  /** Loaded with an older draft than the current one. */
  outdated: number;
}

export interface FileCounts {
  staged: number;
  loaded: number;
  verified: number;
  skipped: number;
  failed: number;
}

/** The counts of one project in one workspace. */
export interface ReconciliationFacts {
  /** Whether a sample was chosen, where only a sample is moved. Before that, nothing can be balanced. */
  isBegun: boolean;
  /** What the newest extraction counted at the source, by listing. */
  source: (listing: string) => number | null;
  staged: (listing: string) => StagedCounts;
  /** Distinct tags. They have no record of their own at the source. */
  tags: StagedCounts;
  loaded: (type: RecordType) => LoadedCounts;
  /** Staged, not in the crosswalk, and failed: itself, or the ticket that it is part of. */
  failed: (type: RecordType) => number;
  problems: (type: RecordType) => ProblemCounts;
  /** Records that no slice of a PRODUCTION run contains yet. */
  outside: (type: RecordType) => number;
  files: FileCounts;
  recordings: FileCounts;
}

/** A row for each type, and whether everything is accounted for. */
export function reconcile(facts: ReconciliationFacts): Reconciliation {
  const rows = [...reconciledTypes.map(type => rowOf(type, facts)), attachmentRow(facts), recordingRow(facts)];
  return {
    balanced: facts.isBegun && rows.every(row => row.balanced),
    settled: rows.some(row => row.outside > 0) && rows.every(row => row.balanced || isSettled(row, facts)),
    rows,
  };
}

/** Tickets, calls and what belongs to them: not balanced until every slice is loaded. */
const sliced: ReadonlySet<RecordType> = new Set(['TICKET', 'CALL', 'MESSAGE', 'ATTACHMENT']);

function isSettled(row: ReconciliationRow, { problems }: ReconciliationFacts): boolean {
  const { recordType, source, staged, loaded, skipped, failed, outside } = row;
  if (!sliced.has(recordType)) return false;
  const open = problems(recordType);
  if (open.failed > 0 || open.different > 0 || open.outdated > 0) return false;
  // Files are not counted by slice.
  if (recordType === 'ATTACHMENT') return failed === 0;
  return (source === null || staged === source) && staged === loaded + skipped + failed + outside;
}

function rowOf({ recordType, listing, arrival, partOf }: ReconciledType, facts: ReconciliationFacts): ReconciliationRow {
  const isTag = recordType === 'TAG';
  const staged = isTag ? facts.tags : facts.staged(listing);
  const { loaded, verified, failedUnread } = facts.loaded(recordType);
  const open = facts.problems(recordType);
  const about = { recordType, source: isTag ? null : facts.source(listing), staged: staged.staged, loaded };
  // Agents, teams and tags are matched, not written: a match counts as verified.
  if (arrival === 'MATCHED') return balancedRow({ ...about, verified: loaded, skipped: staged.staged - loaded, failed: 0 }, open);
  const failed = facts.failed(recordType);
  // Parts of a ticket fail with it. Only the ticket can be waived.
  const withTicket = failed > 0 && partOf ? facts.problems(partOf.type).failed : 0;
  const openFailed = (partOf?.by === 'PARENT' ? 0 : open.failed) + withTicket;
  return balancedRow(
    { ...about, verified, skipped: staged.skipped + open.skipped, failed },
    { ...open, failedUnread, failed: openFailed },
    facts.outside(recordType),
  );
}

function recordingRow({ recordings, problems, source }: ReconciliationFacts): ReconciliationRow {
  const open = problems('RECORDING');
  const pending = recordings.failed - open.allFailed;
  return balancedRow(
    { recordType: 'RECORDING', source: source(listingOf('RECORDING')), ...recordings },
    { failed: pending + open.failed, different: open.different },
  );
}

function attachmentRow({ files, problems, source }: ReconciliationFacts): ReconciliationRow {
  const tickets = problems('TICKET');
  const { staged, loaded, skipped, failed: broken } = files;
  // If their ticket failed, its files were not sent.
  const lost = tickets.allFailed > 0 ? staged - loaded - skipped - broken : 0;
  return balancedRow(
    { recordType: 'ATTACHMENT', source: source(listingOf('ATTACHMENT')), ...files, failed: broken + lost },
    { failed: broken + (lost > 0 ? tickets.failed : 0), different: 0 },
  );
}
