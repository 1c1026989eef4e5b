import type { DestinationType } from '../../../../domain/model/crosswalk.js';
import type { IssueCode, IssueStatus } from '../../../../domain/model/issue.js';
import type { RecordType } from '../../../../domain/model/record-type.js';
import type { PlannedAction } from '../../../../domain/rollback/plan.js';
import { type Reason, reasons as reasonTexts } from '../../../../domain/rollback/reasons.js';

const recordTypes: Record<RecordType, string> = {
  TEAM: 'Teams',
  AGENT: 'Agents',
  TAG: 'Tags',
  COMPANY: 'Companies',
  CONTACT: 'Contacts',
  DEAL: 'Deals',
  CATEGORY: 'Categories',
  ARTICLE: 'Articles',
  TICKET: 'Tickets',
  MESSAGE: 'Messages',
  CALL: 'Calls',
  ATTACHMENT: 'Files',
  RECORDING: 'Recordings',
  MAIL_ACCOUNT: 'Mail accounts',
  CHAT_WIDGET: 'Chat widgets',
  AUTOMATION: 'Automations',
  REPORT: 'Reports',
};

const destinationTypes: Record<DestinationType, string> = {
  TEAM: 'Team',
  TEAMMATE: 'Teammate',
  TAG: 'Tag',
  ATTRIBUTE: 'Attribute',
  COMPANY: 'Company',
  CONTACT: 'Contact',
  CUSTOM_OBJECT: 'Custom object',
  COLLECTION: 'Collection',
  ARTICLE: 'Article',
  CONVERSATION: 'Conversation',
  CONVERSATION_PART: 'Message of a conversation',
  ATTACHMENT: 'File',
  NOTE: 'Note',
  DOCUMENT: 'Document',
};

const issues: Record<IssueCode, string> = {
  RESOURCE_UNAVAILABLE: 'The source refuses a listing; nothing of it was read',
  RECORD_TOO_LARGE: 'The record is too large and was not read',
  RECORD_WITHOUT_ID: 'The record has no id',
  ID_UNUSABLE: 'The id of the record cannot be used; it is skipped',
  RECORD_REFUSED: 'A value of the record cannot be stored; it is skipped',
  FIELD_ALTERED: 'A field was shortened or renamed to be stored',
  CHARACTERS_REMOVED: 'Characters that cannot be stored were removed',
  CUSTOM_FIELDS_UNREADABLE: 'Custom fields cannot be read; their text is kept',
  DATE_UNREADABLE: 'A date cannot be read; its text is kept',
  DATE_OUT_OF_RANGE: 'A date is before 1970 or in the future; it is in the text',
  DETAIL_MISSING: 'The source lacks a detail that the record refers to',
  DETAIL_FAILED: 'A detail or file could not be read this time',
  DANGLING_REFERENCE: 'The record refers to one that the source does not have',
  PARENT_GONE: 'The parent of the record no longer exists at the source',
  RETENTION_DEADLINE: 'The source soon deletes chats that were not read',
  SOURCE_DELETED: 'Deleted at the source after it was read',
  SOURCE_MERGED: 'Merged into another record at the source after it was read',
  HUMAN_EDIT: 'A person changed it in Intercom; that value stays',
  FIELD_NOT_CLEARED: 'Intercom does not clear a field that the source has emptied',
  LATE_MESSAGE: 'A late message is at the end of its conversation',
  CENSUS_DIFFERS: 'The source counts another number of records than were read',
  TEAM_UNMATCHED: 'The workspace has no team of this name',
  SOURCE_LINK_REMOVED: 'A link to the source was replaced by a name',
  EMAIL_BODY_MISSING: 'The source lacks the body of an e-mail; its preview moves',
  CONTENT_REMOVED: 'A text holds something that Intercom cannot show; the words stay',
  ATTACHMENT_NAMED: 'A file is named in the text and kept in the package',
  FILE_UNAVAILABLE: 'The source does not return a file',
  RECORDING_UNAVAILABLE: 'The source does not return a recording',
  CALL_WITHOUT_CONTACT: 'A call without a ticket and a known contact is skipped',
  CATEGORY_FOLDED: 'A category below the third level became part of the third',
  CATEGORY_CIRCLE: 'Categories were parents of each other; the circle was cut',
  ARTICLE_IMAGE_REMOVED: 'An image of an article is missing or not supported',
  ARTICLE_LINK_BROKEN: 'An article links to something that does not exist',
  LOCALE_NOT_ENABLED: 'The help center does not have this language enabled',
  TRANSLATION_REPEATED: 'An article has several versions in one language; the first is loaded',
  REDIRECT_REFUSED: 'Intercom refuses a redirect from an old address',
  LOAD_FAILED: 'Not loaded',
  PARENT_NOT_LOADED: 'Not loaded, because a record that it refers to was not loaded',
  CONTACT_LOCKED: 'Not loaded: Intercom locks the address of a deleted contact for about a week',
  ADDRESS_TAKEN: 'Loaded without its e-mail address, which another contact has',
  VERIFICATION_DIFFERS: 'Did not arrive as it was sent',
  DUPLICATE_REMOVED: 'Something was written twice; the duplicate was deleted',
  DOCUMENTS_INCOMPLETE: 'Documents could not be written after a run',
  ATTRIBUTE_CONFLICT: 'An attribute of this name exists with another type',
  ATTRIBUTE_REFUSED: 'Intercom refuses to create an attribute',
  TAG_REFUSED: 'Intercom refuses to create a tag',
  ROLLBACK_FAILED: 'The rollback could not do what its plan says',
  ROLLBACK_RESIDUE: 'Something is left after the rollback',
};

const statuses: Record<IssueStatus, string> = {
  OPEN: 'open',
  ACKNOWLEDGED: 'acknowledged',
  WAIVED: 'waived',
  RESOLVED: 'resolved',
};

const reasons: Record<Reason, string> = reasonTexts;

const actions: Record<PlannedAction['action'], string> = {
  DELETE: 'deleted',
  ARCHIVE: 'archived',
  RESTORE: 'restored',
  KEEP: 'kept',
};

/** Words instead of codes. */
export const names = { recordTypes, destinationTypes, issues, statuses, reasons, actions };
