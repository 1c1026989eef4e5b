import type { FieldChanges } from '../rollback/plan.js';

/** Anyone who has a tag. */
export interface TagUser {
  type: 'CONTACT' | 'COMPANY' | 'CONVERSATION';
  id: string;
}

/**
 * Undoes writes, and sets or clears fields. Every function can be called any number of times; it succeeds if the object is already gone.
 * Each throws CallFailure.
 */
export interface DestinationRollback {
  /** @returns whether reports still count it, because the app lacks a permission */
  eraseConversation(id: string): Promise<{ isStillCounted: boolean }>;
  /** The contact with a key that Landfall set; null if there is none. */
  contactByKey(key: string): Promise<string | null>;
  /**
   * Pages of the conversations in which any of these contacts takes part, from the search index, which lags behind.
   * @param contactIds at most 15
   */
  conversationsOf(contactIds: readonly string[]): AsyncIterable<{ id: string; contactIds: string[] }[]>;
  archiveContact(id: string): Promise<void>;
  /** Sets fields and attributes; null clears one. @returns names of the fields that cannot be cleared */
  setContactFields(id: string, fields: FieldChanges, attributes: FieldChanges): Promise<string[]>;
  untagContact(id: string, tagId: string): Promise<void>;
  detachCompany(contactId: string, companyId: string): Promise<void>;
  deleteCompany(id: string): Promise<void>;
  /** The same as `setContactFields`. `fields.key` is needed together with remoteCreatedAt. */
  setCompanyFields(id: string, fields: FieldChanges, attributes: FieldChanges): Promise<string[]>;
  untagCompany(id: string, tagName: string): Promise<void>;
  restoreObject(
    type: string,
    object: { key: string; externalCreatedAt: number | null; externalUpdatedAt: number | null; attributes: FieldChanges },
  ): Promise<void>;
  deleteArticle(id: string, isInternal: boolean): Promise<void>;
  deleteCollection(id: string): Promise<void>;
  redirects(centerId: string): AsyncIterable<{ id: string; from: string; articleId: string }>;
  deleteRedirect(centerId: string, id: string): Promise<void>;
  /** From the search index, which lags behind. */
  tagUsers(tagId: string): AsyncIterable<TagUser>;
  deleteTag(id: string): Promise<void>;
  /** Of contacts and companies. */
  archiveAttribute(id: string): Promise<void>;
}
