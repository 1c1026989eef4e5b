import type { NewIssue } from '../../domain/issue.js';
import type { Fields } from '../../domain/record-fields.js';
import type { StoredRecording } from '../../store/call-recordings.js';
import type { StoredFile } from '../../store/stored-files.js';

export interface LogRecord {
  sourceId: string;
  record: Fields;
}

/** One ticket, and all that belongs to it. */
export interface TicketRecord extends LogRecord {
  logs: readonly LogRecord[];
  /** By their id; those that the source does not have are missing. */
  emails: ReadonlyMap<string, Fields>;
  /** Of this ticket, by their id. */
  calls: ReadonlyMap<string, Fields>;
  /** Files of its messages, by their id. */
  files: ReadonlyMap<string, StoredFile>;
  /** Of its calls, by the call's id. */
  recordings: ReadonlyMap<string, StoredRecording>;
  /** Its breaches of service levels. */
  breaches: readonly Fields[];
  /** Tickets that were merged into it. */
  mergedFrom: readonly string[];
}

export type TellIssue = (
  issue: Pick<NewIssue, 'code' | 'severity' | 'recordType' | 'sourceId' | 'about' | 'message' | 'hint'>,
) => void;
