export const duplicateOutcomes = ['WILL_MERGE', 'LOOKS_ALIKE'] as const;
/** What the load does with a group: it makes one contact of all, or loads each on its own. */
export type DuplicateOutcome = (typeof duplicateOutcomes)[number];

export const duplicateReasons = [
  'SAME_ADDRESS',
  'SIMILAR_ADDRESS',
  'SAME_NAME_AND_PHONE',
  'SAME_NAME_AND_COMPANY',
  'SAME_NAME_AND_DOMAIN',
  'SAME_NAME',
  'SAME_DOMAIN',
] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];

export type DuplicateType = 'CONTACT' | 'COMPANY';

/** Two or more records of one type that share something. */
export interface DuplicateGroup {
  recordType: DuplicateType;
  outcome: DuplicateOutcome;
  reason: DuplicateReason;
  /** The number of its records. */
  size: number;
  /** The first of them by id, at most `longestGroup`. */
  sourceIds: string[];
}

/** A group as it is listed: the name, address and number of each of `sourceIds`, in one line. */
export interface ListedGroup extends DuplicateGroup {
  position: number;
  labels: string[];
}

export const longestGroup = 100;
