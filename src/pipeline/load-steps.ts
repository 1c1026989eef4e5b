import type { DraftType } from '../domain/drafts/drafts.js';
import type { RecordType } from '../domain/model/record-type.js';
import { loadCalls, loadConversations, readBackConversations } from './load/conversations/load-conversations.js';
import type { Loading } from './load/engine/loading.js';
import { linkArticles, loadArticles } from './load/help-center/load-articles.js';
import { loadCollections, readBackCollections } from './load/help-center/load-collections.js';
import { loadCompanies } from './load/load-companies.js';
import { loadContacts } from './load/load-contacts.js';
import { loadDeals } from './load/load-deals.js';
import { packRecordings } from './load/pack-recordings.js';
import { transformCalls, transformCompanies, transformContacts, transformTickets } from './transform/transform.js';
import { transformDeals } from './transform/transform-deals.js';
import { transformArticles, transformCategories } from './transform/transform-help-center.js';
import type { Transformation } from './transform/transformation.js';
import { type Verifying, verifyRecords } from './verify/verify-records.js';

/** How records of a type are loaded. Types that belong to other records, are matched or documented have no step. */
export interface LoadStep {
  /** Creates the drafts of all its records. */
  draft?: (context: Transformation) => Promise<void>;
  /** Writes the drafts that are not done. */
  load: (context: Loading) => Promise<void>;
  /** Reads records back after the load, unless the loader already calls `ReadBack`. */
  verify?: (context: Verifying, phase: string) => Promise<void>;
  /** Reads back what the loader reads back itself, and writes nothing. */
  readBack?: (context: Loading) => Promise<void>;
}

export const loadSteps: Readonly<Partial<Record<RecordType, LoadStep>>> = {
  COMPANY: {
    draft: transformCompanies,
    load: loadCompanies,
    verify: (context, phase) => verifyRecords(context, 'COMPANY', phase),
  },
  CONTACT: { draft: transformContacts, load: loadContacts, verify: (context, phase) => verifyRecords(context, 'CONTACT', phase) },
  DEAL: { draft: transformDeals, load: loadDeals, verify: (context, phase) => verifyRecords(context, 'DEAL', phase) },
  CATEGORY: { draft: transformCategories, load: loadCollections, readBack: readBackCollections },
  ARTICLE: { draft: transformArticles, load: loadArticles, readBack: linkArticles },
  TICKET: { draft: transformTickets, load: loadConversations, readBack: context => readBackConversations(context, 'TICKET') },
  CALL: { draft: transformCalls, load: loadCalls, readBack: context => readBackConversations(context, 'CALL') },
  RECORDING: { load: packRecordings },
};

/** Types that have drafts. */
export const draftTypes = (Object.keys(loadSteps) as RecordType[]).filter(type => loadSteps[type]!.draft) as DraftType[];
