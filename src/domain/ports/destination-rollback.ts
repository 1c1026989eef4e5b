import type { Restored } from '../rollback/plan.js';

/** Anyone who has a tag. */
export interface TagUser {
  type: 'CONTACT' | 'COMPANY' | 'CONVERSATION';
  id: string;
}

/**
 * Taking back what was written. Every function may be called any number of times: what is gone already is as wanted.
 * Each throws CallFailure.
 */
export interface DestinationRollback {
  /** @returns whether the reporting still counts it, because the app may not take it out */
  eraseConversation(id: string): Promise<{ isStillCounted: boolean }>;
  /** The contact of a key of ours; null where there is none. */
  contactByKey(key: string): Promise<string | null>;
  /**
   * Pages of the conversations in which any of these contacts takes part, as the search index knows them, which lags.
   * @param contactIds at most 15
   */
  conversationsOf(contactIds: readonly string[]): AsyncIterable<{ id: string; contactIds: string[] }[]>;
  archiveContact(id: string): Promise<void>;
  /** Sets fields and attributes; null clears one. @returns names of the fields that can't be cleared */
  restoreContact(id: string, fields: Restored, attributes: Restored): Promise<string[]>;
  untagContact(id: string, tagId: string): Promise<void>;
  detachCompany(contactId: string, companyId: string): Promise<void>;
  deleteCompany(id: string): Promise<void>;
  /** The same as `restoreContact`. @param key of the company, where its remoteCreatedAt is set */
  restoreCompany(id: string, fields: Restored, attributes: Restored): Promise<string[]>;
  untagCompany(id: string, tagName: string): Promise<void>;
  restoreObject(
    type: string,
    object: { key: string; externalCreatedAt: number | null; externalUpdatedAt: number | null; attributes: Restored },
  ): Promise<void>;
  deleteArticle(id: string, isInternal: boolean): Promise<void>;
  deleteCollection(id: string): Promise<void>;
  redirects(centerId: string): AsyncIterable<{ id: string; from: string; articleId: string }>;
  deleteRedirect(centerId: string, id: string): Promise<void>;
  /** As the search index knows them, which lags. */
  tagUsers(tagId: string): AsyncIterable<TagUser>;
  deleteTag(id: string): Promise<void>;
  /** Of contacts and companies. */
  archiveAttribute(id: string): Promise<void>;
}
