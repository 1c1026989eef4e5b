import type { RecordType } from '../model/record-type.js';

export const fieldMappingActions = ['MAP', 'CREATE_ATTRIBUTE', 'IGNORE', 'UNDECIDED'] as const;
export type FieldMappingAction = (typeof fieldMappingActions)[number];
export const mappingStatuses = ['DRAFT', 'CONFIRMED', 'SUPERSEDED'] as const;
export type MappingStatus = (typeof mappingStatuses)[number];

/** Types whose fields are mapped. What is only an inventory is written down whole. */
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

/** Types of an attribute; a destination may use other names. */
export const attributeTypes = ['string', 'integer', 'decimal', 'boolean', 'date', 'datetime', 'options'] as const;
export type AttributeType = (typeof attributeTypes)[number];

/** What the values of a field are like, over all records. */
export interface FieldProfile {
  dataType: string;
  /** Share of the records in which it is filled, 0 to 1. */
  fillRate: number;
  distinctCount: number;
  /** In characters; null where it was never filled. */
  maxLength: number | null;
  samples: string[];
}

export type MappingLossCode = 'TOO_LONG' | 'PHONE_REFUSED' | 'EMAIL_REFUSED' | 'CHARACTERS_REMOVED' | 'UNREADABLE';

/** What will not arrive as it is, and how many records that is about. */
export interface MappingLoss {
  code: MappingLossCode;
  affectedRecords: number;
  message: string;
}

/** `to` null: the value is left out. */
export interface ValueMapping {
  from: string;
  to: string | null;
  occurrences: number;
}

/** What becomes of one field of a record type. */
export interface FieldMapping {
  id: string;
  recordType: MappedType;
  sourcePath: string;
  action: FieldMappingAction;
  targetPath: string | null;
  /** Of the attribute that it becomes, or would become. */
  attributeType: AttributeType | null;
  /** Where CREATE_ATTRIBUTE puts it unless somebody says otherwise; null where no attribute is possible. */
  proposedTarget: string | null;
  ignoreReason: string | null;
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
