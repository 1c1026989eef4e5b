import type { NewIssue } from '../../domain/model/issue.js';
import type { Fields } from '../../domain/model/record-fields.js';
import type { StoredRecording } from '../../store/call-recordings.js';
import type { StoredFile } from '../../store/stored-files.js';

/** A record as it was read. */
export interface ReadRecord {
  sourceId: string;
  record: Fields;
  /** When it was read as it is, in Unix milliseconds: a later date in it is in the future. */
  stagedAt: number;
}

/** One ticket, and all that belongs to it. */
export interface TicketRecord extends ReadRecord {
  logs: readonly ReadRecord[];
  /** By their id; those that the source does not have are missing. */
  emails: ReadonlyMap<string, Fields>;
  /** Of this ticket, by their id. */
  calls: ReadonlyMap<string, ReadRecord>;
  /** Files of its messages, by their id. */
  files: ReadonlyMap<string, StoredFile>;
  /** Of its calls, by the call's id. */
  recordings: ReadonlyMap<string, StoredRecording>;
  /** Its breaches of service levels. */
  breaches: readonly Fields[];
  /** Tickets that were merged into it. */
  mergedFrom: readonly string[];
}

export type ReportIssue = (
  issue: Pick<NewIssue, 'code' | 'severity' | 'recordType' | 'sourceId' | 'about' | 'message' | 'hint'>,
) => void;
