/** How a field arrived. */
export type FieldOutcome = 'equal' | 'normalised' | 'lossy' | 'different';

/** Counts by outcome: of one record 1 in all, of the messages of a ticket as many as they are. */
export type FieldCounts = Partial<Record<FieldOutcome, number>>;

export interface FieldDifference {
  field: string;
  /** Of a message: its own id, where the verification is the ticket's. */
  sourceId?: string;
  expected: string | null;
  actual: string | null;
}

/** What was read of one field of the destination. */
export interface ReadValue {
  /** The fields of the source that stand in it. */
  fields: string[];
  digest: string;
  /** Of a list: the wanted elements that are there, and those that are not. */
  present?: string[];
  lacking?: string[];
}

/** What the read-back of one record showed. */
export interface Verification {
  outcomes: Record<string, FieldCounts>;
  differences: FieldDifference[];
  /** By the field of the destination. */
  read?: Record<string, ReadValue>;
}

/** Of a record that a person has deleted in the workspace. */
export const gone: Verification = {
  outcomes: { id: { different: 1 } },
  differences: [{ field: 'id', expected: 'there', actual: null }],
};
