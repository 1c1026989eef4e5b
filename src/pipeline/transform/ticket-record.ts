import type { NewIssue } from '../../domain/model/issue.js';
import type { Fields } from '../../domain/model/record-fields.js';
import type { BreachShape } from '../../domain/model/source-shapes.js';
import type { StoredRecording } from '../../store/call-recordings.js';
import type { StoredFile } from '../../store/stored-files.js';

/** A record as it was read. */
export interface ReadRecord {
  sourceId: string;
  record: Fields;
  /** When this text was staged, in Unix milliseconds. Later dates in it are in the future. */
  stagedAt: number;
}

/** A ticket and everything that belongs to it. */
export interface TicketRecord extends ReadRecord {
  logs: readonly ReadRecord[];
  /** By id, without those that the source does not have. */
  emails: ReadonlyMap<string, Fields>;
  /** Calls of this ticket, by id. */
  calls: ReadonlyMap<string, ReadRecord>;
  /** Files of its messages, by id. */
  files: ReadonlyMap<string, StoredFile>;
  /** Recordings of its calls, by call id. */
  recordings: ReadonlyMap<string, StoredRecording>;
  /** Its service level breaches. */
  breaches: readonly BreachShape[];
  /** Tickets that were merged into it. */
  mergedFrom: readonly string[];
}

export type ReportIssue = (
  issue: Pick<NewIssue, 'code' | 'severity' | 'recordType' | 'sourceId' | 'about' | 'message' | 'hint'>,
) => void;
