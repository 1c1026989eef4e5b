import type { RecordType } from '../model/record-type.js';
import { compareArticle } from './compare-article.js';
import { compareCollection } from './compare-collection.js';
import { compareCompany } from './compare-company.js';
import { compareContact } from './compare-contact.js';
import { compareConversation } from './compare-conversation.js';
import { compareDeal } from './compare-deal.js';
import { compareParts } from './compare-parts.js';
import { compareRecording } from './compare-recording.js';
import { compareTable } from './compare-table.js';
import type { Verification } from './verification.js';

/**
 * The comparison of each record type. It gets what was sent and what was read back. Types that are missing here are
 * covered by another one: attachments by their message or article. Agents, teams and tags are matched and not compared.
 */
export const comparisons = {
  COMPANY: compareCompany,
  CONTACT: compareContact,
  DEAL: compareDeal,
  CATEGORY: compareCollection,
  ARTICLE: compareArticle,
  TICKET: compareConversation,
  MESSAGE: compareParts,
  CALL: compareConversation,
  RECORDING: compareRecording,
  MAIL_ACCOUNT: compareTable,
  CHAT_WIDGET: compareTable,
  AUTOMATION: compareTable,
  REPORT: compareTable,
} as const satisfies Partial<Record<RecordType, (...parameters: never[]) => Verification>>;

export type ComparedType = keyof typeof comparisons;
