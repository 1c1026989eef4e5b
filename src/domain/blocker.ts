/** Codes are stable: clients branch on them. */
export type BlockerCode = 'SOURCE_NOT_CONNECTED';

/** What must happen before work can go on, as an imperative. */
export interface Blocker {
  code: BlockerCode;
  message: string;
}
