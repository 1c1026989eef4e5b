import type { RecordType } from '../model/record-type.js';

export const fieldMappingActions = ['MAP', 'CREATE_ATTRIBUTE', 'IGNORE', 'UNDECIDED'] as const;
export type FieldMappingAction = (typeof fieldMappingActions)[number];
export const mappingStatuses = ['DRAFT', 'CONFIRMED', 'SUPERSEDED'] as const;
export type MappingStatus = (typeof mappingStatuses)[number];

/** Types whose fields are mapped. Inventories contain every field. */
export const mappedTypes = [
  'COMPANY',
  'CONTACT',
  'DEAL',
  'CATEGORY',
  'ARTICLE',
  'TICKET',
  'MESSAGE',
  'CALL',
  'AGENT',
  'TEAM',
  'TAG',
  'MAIL_ACCOUNT',
  'CHAT_WIDGET',
  'AUTOMATION',
  'REPORT',
] as const satisfies RecordType[];
export type MappedType = (typeof mappedTypes)[number];

/** Types of an attribute, independent of the destination. */
export const attributeTypes = ['string', 'integer', 'decimal', 'boolean', 'date', 'datetime', 'options'] as const;
export type AttributeType = (typeof attributeTypes)[number];

/** Statistics of a field over all records. */
export interface FieldProfile {
  dataType: string;
  /** Share of the records that have a value, 0 to 1. */
  fillRate: number;
  distinctCount: number;
  /** In characters; null if it was never filled. */
  maxLength: number | null;
  samples: string[];
}

export type MappingLossCode =
  | 'TOO_LONG'
  | 'PHONE_REFUSED'
  | 'EMAIL_REFUSED'
  | 'CHARACTERS_REMOVED'
  | 'UNREADABLE'
  | 'REQUIRED_EMPTY';

/** A value that will not arrive unchanged, and the number of records affected. */
export interface MappingLoss {
  code: MappingLossCode;
  affectedRecords: number;
  message: string;
}

/** `to` is null if the value is left out. */
export interface ValueMapping {
  from: string;
  to: string | null;
  occurrences: number;
}

/** A target that a person may choose. Nothing is mapped to it before. */
export interface Suggestion {
  suggestedTarget: string | null;
  /** 0 to 1; null without a target. */
  suggestionConfidence: number | null;
  suggestionReason: string | null;
}

export const noSuggestion: Suggestion = { suggestedTarget: null, suggestionConfidence: null, suggestionReason: null };

/** The mapping of one field of a record type. */
export interface FieldMapping extends Suggestion {
  id: string;
  recordType: MappedType;
  sourcePath: string;
  action: FieldMappingAction;
  targetPath: string | null;
  /** Type of the attribute that it becomes, or would become. */
  attributeType: AttributeType | null;
  /** The target of CREATE_ATTRIBUTE unless another one is given; null if no attribute is possible. */
  proposedTarget: string | null;
  ignoreReason: string | null;
  /** Written where the source has no value; null for nothing. */
  defaultValue: string | null;
  /** 0 to 1. */
  confidence: number;
  rationale: string;
  profile: FieldProfile;
  losses: MappingLoss[];
  values: ValueMapping[];
}

export type ProposedField = Omit<FieldMapping, 'id'>;

export interface MappingVersion {
  id: string;
  projectId: string;
  version: number;
  status: MappingStatus;
  hash: string;
  confirmedBy: string | null;
  confirmedAt: Date | null;
}
