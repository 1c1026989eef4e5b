import type { NewIssue } from '../../domain/model/issue.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Source, SourceListing } from '../../domain/ports/source.js';
import type { StoredPhase } from '../../store/run-phases.js';
import type { RunWork } from '../../store/run-work.js';

/** Concurrent calls. The client has the same limit over all of them. */
export const concurrentCalls = 5;

/** The context for the extraction of a listing. */
export interface ListingWork {
  work: RunWork;
  source: Source;
  listing: SourceListing;
  phase: StoredPhase;
  /** Tickets with chats that were updated since then are read first: older chats are deleted. Null if the source keeps all. */
  urgentSince: Date | null;
  /** DELTA: what is known since then is not read again, by the clock of this machine. Null: everything is read. */
  changedSince: Date | null;
  /** Sets the share of this listing that is done, and returns the share of the run. */
  progress: { set(share: number): void; fraction(): number };
}

/** The final count of a listing at the source. */
export interface Census {
  /** Null if the source does not tell it. */
  listed: number | null;
}

/** The refusal of a listing that is not an error; null for any other failure. */
export function refusalOf(listing: SourceListing, error: unknown): CallFailure | null {
  if (!(error instanceof CallFailure)) return null;
  if (error.kind === 'FORBIDDEN' || error.kind === 'NOT_FOUND') return error;
  // With a valid key, a 401 of a listing that is only assumed means the same.
  return error.kind === 'UNAUTHORIZED' && !listing.observed ? error : null;
}

export function issueOf(
  listing: SourceListing,
  code: NewIssue['code'],
  severity: NewIssue['severity'],
  sourceId: string | null,
  message: string,
  hint: string | null,
): NewIssue {
  return { code, severity, recordType: listing.recordType, listing: listing.name, sourceId, about: '', message, hint };
}

/** A record that is too large: only its position is known. */
export const tooLargeIssue = (listing: SourceListing, position: number, parentId: string | null): NewIssue => ({
  ...issueOf(
    listing,
    'RECORD_TOO_LARGE',
    'ERROR',
    parentId,
    `Record ${position} of ${listing.name}${parentId === null ? '' : ` of ${listing.of} ${parentId}`} is too large to read.`,
    'Make it smaller at the source, for example by moving long texts into a file, and extract again.',
  ),
  about: `place ${position}`,
});
