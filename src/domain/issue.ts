import type { RecordType } from './record-type.js';

export const severities = ['INFO', 'WARNING', 'ERROR'] as const;
export type Severity = (typeof severities)[number];
export const issueStatuses = ['OPEN', 'ACKNOWLEDGED', 'WAIVED', 'RESOLVED'] as const;
export type IssueStatus = (typeof issueStatuses)[number];

/** Codes are stable and documented. */
export type IssueCode =
  | 'RESOURCE_UNAVAILABLE'
  | 'RECORD_WITHOUT_ID'
  | 'ID_UNUSABLE'
  | 'FIELD_ALTERED'
  | 'RECORD_REFUSED'
  | 'RECORD_TOO_LARGE'
  | 'CUSTOM_FIELDS_UNREADABLE'
  | 'DATE_UNREADABLE'
  | 'DETAIL_MISSING'
  | 'DETAIL_FAILED'
  | 'DANGLING_REFERENCE'
  | 'PARENT_GONE'
  | 'SOURCE_DELETED'
  | 'CENSUS_DIFFERS'
  | 'TEAM_UNMATCHED'
  | 'SOURCE_LINK_REMOVED'
  | 'EMAIL_BODY_MISSING'
  | 'CONTENT_REMOVED'
  | 'ATTACHMENT_NAMED'
  | 'LOAD_FAILED'
  | 'PARENT_NOT_LOADED'
  | 'CONTACT_LOCKED'
  | 'VERIFICATION_DIFFERS'
  | 'DUPLICATE_REMOVED'
  | 'CALL_WITHOUT_CONTACT'
  | 'FILE_UNAVAILABLE'
  | 'RECORDING_UNAVAILABLE'
  | 'CATEGORY_FOLDED'
  | 'CATEGORY_CIRCLE'
  | 'ARTICLE_IMAGE_REMOVED'
  | 'ARTICLE_LINK_BROKEN'
  | 'LOCALE_NOT_ENABLED'
  | 'TRANSLATION_REPEATED'
  | 'REDIRECT_REFUSED'
  | 'DOCUMENTS_INCOMPLETE'
  | 'ATTRIBUTE_CONFLICT'
  | 'ATTRIBUTE_REFUSED'
  | 'TAG_REFUSED';

/** What is odd about one record or listing, while the rest goes on. */
export interface NewIssue {
  code: IssueCode;
  severity: Severity;
  recordType: RecordType | null;
  listing: string | null;
  sourceId: string | null;
  /** Tells several issues of one record apart; '' where there is one. */
  about: string;
  message: string;
  hint: string | null;
}

export interface Issue extends Omit<NewIssue, 'code' | 'about' | 'listing'> {
  id: string;
  code: string;
  status: IssueStatus;
  runId: string | null;
  createdAt: Date;
}
