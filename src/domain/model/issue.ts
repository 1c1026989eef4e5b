import type { RecordType } from './record-type.js';

export const severities = ['INFO', 'WARNING', 'ERROR'] as const;
export type Severity = (typeof severities)[number];
export const issueStatuses = ['OPEN', 'ACKNOWLEDGED', 'WAIVED', 'RESOLVED'] as const;
export type IssueStatus = (typeof issueStatuses)[number];

/** What can be wrong with one record or listing, while the rest continues. Codes are stable. */
export const issueCodes = {
  RESOURCE_UNAVAILABLE: 'Infoset refuses a listing. Nothing of it was read.',
  RECORD_TOO_LARGE: 'A record is larger than 16 MB or holds more than 300,000 values. It was not read; its neighbours were.',
  RECORD_WITHOUT_ID: 'A record has no id. It is stored under a digest of its text.',
  ID_UNUSABLE: 'The id of a record is longer than 255 characters or cannot be stored. The record is skipped.',
  RECORD_REFUSED: 'The database cannot store a value of the record. The record is skipped.',
  FIELD_ALTERED:
    'A field is too long, too deeply nested or named in a way that cannot be stored. The message says what was done.',
  CHARACTERS_REMOVED: 'A text holds NUL or half a surrogate pair. These characters are removed; the rest moves.',
  CUSTOM_FIELDS_UNREADABLE: 'The custom fields of a record are text that is not JSON. The text is kept.',
  DATE_UNREADABLE: 'A date cannot be read. The text is kept.',
  DATE_OUT_OF_RANGE: 'A message or call is dated before 1970 or in the future. It moves; its text contains its own date.',
  DETAIL_MISSING: 'Infoset does not have a detail that a record refers to.',
  DETAIL_FAILED: 'A detail or file could not be read this time. The run is INCOMPLETE; start it again.',
  RETENTION_DEADLINE:
    'The source soon deletes chats that were not extracted; ERROR if the extraction would end after that. Resolved by an extraction or delta that reads everything.',
  DANGLING_REFERENCE: 'A record refers to a record that Infoset does not have.',
  PARENT_GONE: 'The parent of a record no longer exists in Infoset.',
  SOURCE_DELETED: 'The record was deleted in Infoset after it was extracted.',
  SOURCE_MERGED:
    'Infoset has merged the record into another one after it was extracted. The message names that one. Both stay in Intercom.',
  HUMAN_EDIT:
    'A person has changed fields of the record in Intercom since it was read back. Their values stay. Does not unbalance.',
  FIELD_NOT_CLEARED: 'The source no longer has a value, and Intercom does not clear the field. The old value stays there.',
  LATE_MESSAGE:
    'A message belongs between others, and people have written in the conversation. It is at the end; its text contains its time.',
  CENSUS_DIFFERS: 'Infoset counts a different number of records than were read. The run is INCOMPLETE; start it again.',
  TEAM_UNMATCHED: 'The workspace has no team of this name.',
  SOURCE_LINK_REMOVED: 'A text linked to Infoset. The link is removed; the file or page is named instead.',
  EMAIL_BODY_MISSING: 'Infoset does not have the body of an e-mail. Its preview moves.',
  CONTENT_REMOVED: 'A text contains something that Intercom cannot show. The message names it; the words stay.',
  ATTACHMENT_NAMED: 'A file is too large for a message, or Intercom refuses it. It is named in the text and kept in the package.',
  FILE_UNAVAILABLE: 'Infoset does not return a file. It is named in its message.',
  RECORDING_UNAVAILABLE: 'Infoset does not return a recording. The note of its call says so.',
  CALL_WITHOUT_CONTACT: 'A call has neither a ticket nor a known contact. It is skipped and listed in the recording manifest.',
  CATEGORY_FOLDED: 'A category is nested deeper than three levels. It becomes part of the third.',
  CATEGORY_CIRCLE:
    'Categories are parents of each other. The circle is cut at one of them, which becomes a top-level collection.',
  ARTICLE_IMAGE_REMOVED: 'An image of an article is missing, has an unsupported format, or Intercom refuses it.',
  ARTICLE_LINK_BROKEN: 'An article links to something that does not exist or is a draft.',
  LOCALE_NOT_ENABLED: 'The help center does not have this language enabled. The translation is not loaded.',
  TRANSLATION_REPEATED: 'An article has several versions in one language. The first is loaded.',
  REDIRECT_REFUSED: 'Intercom refuses a redirect from an old article address.',
  LOAD_FAILED: 'A record was not loaded. The next run tries again. Unbalances until it is loaded or the issue is WAIVED.',
  PARENT_NOT_LOADED: 'A record refers to one that was not loaded. Fix that one first. Unbalances like LOAD_FAILED.',
  CONTACT_LOCKED: 'Intercom locks the e-mail address and key of a deleted contact for about a week. Unbalances like LOAD_FAILED.',
  ADDRESS_TAKEN:
    'Another migrated contact has this e-mail address in Intercom. The contact is loaded without it; `infoset_email` holds it. Unbalances like LOAD_FAILED.',
  VERIFICATION_DIFFERS:
    'A record did not arrive as it was sent. The reconciliation lists the differences. Unbalances until it is WAIVED.',
  DUPLICATE_REMOVED: 'A worker that had lost its lease wrote something twice. The duplicate was deleted.',
  DOCUMENTS_INCOMPLETE: 'Documents could not be written after a run. The data that was read and loaded is not affected.',
  ATTRIBUTE_CONFLICT: 'An attribute of this name exists with another type. The PROVISIONING run is INCOMPLETE.',
  ATTRIBUTE_REFUSED: 'Intercom refuses to create an attribute. The PROVISIONING run is INCOMPLETE.',
  TAG_REFUSED: 'Intercom refuses to create a tag. The PROVISIONING run is INCOMPLETE.',
  ROLLBACK_FAILED: 'A ROLLBACK run could not do with an object what its plan says. The run is INCOMPLETE.',
  ROLLBACK_RESIDUE: 'After a ROLLBACK run an object is still there, or not as it was before. The run is INCOMPLETE.',
} as const satisfies Record<string, string>;
export type IssueCode = keyof typeof issueCodes;

/** What a run that has done its work ends: problems of earlier runs that can only be seen by working again. */
export const readingIssues = ['CENSUS_DIFFERS', 'DETAIL_FAILED', 'RESOURCE_UNAVAILABLE'] as const satisfies IssueCode[];
export const provisioningIssues = ['ATTRIBUTE_CONFLICT', 'ATTRIBUTE_REFUSED', 'TAG_REFUSED'] as const satisfies IssueCode[];
export const rollbackIssues = ['ROLLBACK_FAILED', 'ROLLBACK_RESIDUE'] as const satisfies IssueCode[];
export const documentIssues = ['DOCUMENTS_INCOMPLETE'] as const satisfies IssueCode[];

/** What is wrong with one record or listing, while the rest continues. */
export interface NewIssue {
  code: IssueCode;
  severity: Severity;
  recordType: RecordType | null;
  listing: string | null;
  sourceId: string | null;
  /** Distinguishes several issues of one record; '' if there is only one. */
  about: string;
  message: string;
  hint: string | null;
}

export interface Issue extends Omit<NewIssue, 'code' | 'about' | 'listing'> {
  id: string;
  projectId: string;
  code: string;
  status: IssueStatus;
  runId: string | null;
  createdAt: Date;
  /** Null if Landfall itself changed the status, or nothing did. */
  statusChangedBy: string | null;
  /** When the status changed last; null if it never did. */
  statusChangedAt: Date | null;
  /** What the person wrote about the change. */
  statusNote: string | null;
}
