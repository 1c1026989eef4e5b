import type { RecordType } from '../model/record-type.js';

/** Which listing of the source the records of a type are in. */
export const listingOf: Partial<Record<RecordType, string>> = {
  COMPANY: 'companies',
  CONTACT: 'contacts',
  DEAL: 'deals',
  CATEGORY: 'articlecategories',
  ARTICLE: 'articles',
  TICKET: 'tickets',
  MESSAGE: 'ticketlogs',
  CALL: 'calls',
};
