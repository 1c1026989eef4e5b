import type { FieldFidelity, ReconciliationRow } from '../verify/reconciliation.js';
import type { Cutover } from './cutover.js';
import type { DocumentDraft, DocumentHead } from './document.js';
import type { RecordType } from './record-type.js';

/** Who did something, and when. */
export interface Act {
  by: string;
  at: Date;
}

/** What the final report of a migration says. */
export interface Handover {
  cutover: Pick<Cutover, 'frozenAt' | 'begunAt' | 'begunBy'>;
  completed: Act;
  note: string | null;
  hypercareUntil: Date;
  mappingConfirmed: Act | null;
  signedOff: Act | null;
  rows: readonly ReconciliationRow[];
  fields: readonly FieldFidelity[];
  /** Open ones that are more than information. */
  issues: readonly { code: string; recordType: RecordType | null; count: number }[];
  /** Recordings that wait for somebody to attach them. */
  openRecordings: number;
}

/** The final report, as text and as a page. */
export type DescribeHandover = (handover: Handover, head: DocumentHead) => DocumentDraft[];
