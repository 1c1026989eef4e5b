import type { FieldValue } from '../drafts/drafts.js';
import type { NewIssue } from '../model/issue.js';
import type { RecordType } from '../model/record-type.js';

/** The value of a field of the destination. */
export type ActualValue = FieldValue | string[] | null | undefined;

/** How a field arrived. */
export type FieldOutcome = 'equal' | 'normalised' | 'lossy' | 'different';

/** Why a value counts as arrived although it is not the same: a loss that the mapping declares has its own code. */
export const comparisonRules = {
  CASE_AND_SPACE: 'Case, white space at the ends and Unicode composition do not count.',
  PHONE_FORMAT: 'Only the digits of a telephone number count.',
  MARKUP: 'The words are the same; the markup is that of the destination.',
  TABLE_CELL: 'A cell of a document holds the value, guarded against formulas.',
  PLAIN_TEXT: 'The connection sends plain text: formatting is lost.',
} as const;

/** Counts by outcome. They add up to 1 for one record, and to the number of messages for the messages of a ticket. */
export type FieldCounts = Partial<Record<FieldOutcome, number>>;

export interface FieldDifference {
  field: string;
  /** The id of the message, if the verification belongs to its ticket. */
  sourceId?: string;
  expected: string | null;
  actual: string | null;
}

/** What was read of one field of the destination. */
export interface ReadValue {
  /** The fields of the source that are stored in it. */
  fields: string[];
  digest: string;
  /** Of a list: the expected elements that were found, and those that were not. */
  present?: string[];
  lacking?: string[];
}

/** Digests of the last read-back, by the field of the destination. A list has one for each element that was found. */
export type ReadValues = Readonly<Record<string, string>>;

/** Result of the read-back of one record. */
export interface Verification {
  outcomes: Record<string, FieldCounts>;
  differences: FieldDifference[];
  /** By the field of the destination. */
  read?: Record<string, ReadValue>;
  /** By the field: a comparison rule, or the code of a declared loss. */
  rules?: Record<string, string>;
  /** Digest of everything that was read. */
  imageDigest?: string;
  /** Everything that the record has in the destination. Not stored. */
  actual?: { fields: Record<string, ActualValue>; attributes: Record<string, FieldValue> };
}

/** The verification of a record that a person deleted in the workspace. */
export const gone: Verification = {
  outcomes: { id: { different: 1 } },
  differences: [{ field: 'id', expected: 'there', actual: null }],
};

/** The verification of one record, and where it is in the workspace. */
export interface VerifiedRecord extends Verification {
  recordType: RecordType;
  sourceId: string;
  destinationId: string | null;
  /** The source ids that it verifies, by type. */
  covers: { recordType: RecordType; sourceIds: readonly string[] }[];
  /** Names of the fields that people have changed; absent if that was not checked. */
  edited?: string[];
  /** Digests of what was read. */
  readValues?: ReadValues;
}

/** What a read-back found: stored together with the load state of the record. */
export interface VerificationOutcome {
  verifications: VerifiedRecord[];
  issues: NewIssue[];
}
