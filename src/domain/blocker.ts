/** Codes are stable: clients branch on them. */
export type BlockerCode =
  | 'SOURCE_NOT_CONNECTED'
  | 'SOURCE_CONNECTION_FAILED'
  | 'SOURCE_UNAUTHORIZED'
  | 'SOURCE_UNAVAILABLE'
  | 'INTERNAL_ERROR';

/** What must happen before work can go on, as an imperative. */
export interface Blocker {
  code: BlockerCode;
  message: string;
}
