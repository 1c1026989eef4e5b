import type { RecordType } from '../model/record-type.js';

/** Types that can be previewed. */
export const previewedTypes = ['CONTACT', 'COMPANY', 'DEAL', 'TICKET'] as const satisfies RecordType[];
export type PreviewedType = (typeof previewedTypes)[number];

/** A field of a record before and after. */
export interface PreviewLine {
  sourcePath: string;
  source: string;
  /** Where the value goes; null if it is not written to a field. */
  target: string | null;
  value: string | null;
  /** What happens to the value on its way, as codes of losses. */
  losses: string[];
}

/** A staged record as a mapping version would write it. */
export interface PreviewedRecord {
  recordType: PreviewedType;
  sourceId: string;
  lines: PreviewLine[];
  /** Values without another place, as a note; null if there are none. */
  note: string | null;
}
