import type { NewIssue } from '../../domain/model/issue.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Source, SourceListing } from '../../domain/ports/source.js';
import type { StoredPhase } from '../../store/run-phases.js';
import type { RunWork } from '../../store/run-work.js';

/** Calls that are begun at once; the client keeps the same limit over all of them. */
export const concurrentCalls = 5;

/** What a listing of any shape is extracted with. */
export interface ListingWork {
  work: RunWork;
  source: Source;
  listing: SourceListing;
  phase: StoredPhase;
  /** Tickets with chats updated since then come first: older chats are gone. Null where the source keeps all. */
  urgentSince: Date | null;
  /** DELTA: what is known since then is not read again; by this machine's clock. Null: everything is. */
  changedSince: Date | null;
  /** Tells the share of this listing that is done, and answers the share of the whole run. */
  progress: { set(share: number): void; fraction(): number };
}

/** What a listing says in the end: how many there are, as the source tells it, plus what we hold that it has not any more. */
export interface Census {
  source: number | null;
}

/** What a whole listing is refused with, without anything being wrong; null for any other failure. */
export function refusalOf(listing: SourceListing, error: unknown): CallFailure | null {
  if (!(error instanceof CallFailure)) return null;
  if (error.kind === 'FORBIDDEN' || error.kind === 'NOT_FOUND') return error;
  // To a good key, a 401 of a resource that is only assumed to exist means the same.
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

/** A record so large that nothing is known of it but its place. */
export const tooLargeIssue = (listing: SourceListing, place: number, parentId: string | null): NewIssue => ({
  ...issueOf(
    listing,
    'RECORD_TOO_LARGE',
    'ERROR',
    parentId,
    `Record ${place} of ${listing.name}${parentId === null ? '' : ` of ${listing.of} ${parentId}`} is too large to be read.`,
    'Make it smaller at the source, for instance by moving long texts into a file, and extract again.',
  ),
  about: `place ${place}`,
});
