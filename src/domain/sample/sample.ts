/** What a SANDBOX run moves: ids of staged records by their listing; a listing that is absent moves completely. */
export type Sample = ReadonlyMap<string, readonly string[]>;

/** A record of a sample, and why it was chosen. */
export interface SampleRecord {
  listing: string;
  sourceId: string;
  reason: string;
}
