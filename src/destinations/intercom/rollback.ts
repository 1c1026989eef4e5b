import { CallFailure } from '../../domain/ports/call-failure.js';
import type { DestinationRollback, TagUser } from '../../domain/ports/destination-rollback.js';
import type { FieldChanges } from '../../domain/rollback/plan.js';
import { type Answer, idIn, orNull } from './answer.js';
import type { IntercomClient } from './client.js';
import { numberedPages, pagesByCursor } from './lists.js';

const searchPageSize = 150;
const listPageSize = 50;

const contactFields: Record<string, string> = {
  externalId: 'external_id',
  name: 'name',
  email: 'email',
  phone: 'phone',
  ownerId: 'owner_id',
  signedUpAt: 'signed_up_at',
};
const companyFields: Record<string, string> = { name: 'name', website: 'website', industry: 'industry', size: 'size' };

const isRefused = (error: unknown) => error instanceof CallFailure && error.kind === 'REJECTED';

/** Undoes writes to a workspace, and sets or clears fields. */
export class IntercomRollback implements DestinationRollback {
  constructor(private readonly client: IntercomClient) {}

  async eraseConversation(id: string): Promise<{ isStillCounted: boolean }> {
    const path = `conversations/${id}`;
    try {
      await this.remove(path, { retain_metrics: 'false' });
      return { isStillCounted: false };
    } catch (error) {
      // Removing it from reports needs a separate permission.
      if (!(error instanceof CallFailure && error.kind === 'FORBIDDEN')) throw error;
      await this.remove(path);
      return { isStillCounted: true };
    }
  }

  async contactByKey(key: string): Promise<string | null> {
    const answer = await orNull(() => this.client.read(`contacts/find_by_external_id/${encodeURIComponent(key)}`));
    return answer && idIn(answer);
  }

  async *conversationsOf(contactIds: readonly string[]): AsyncGenerator<{ id: string; contactIds: string[] }[]> {
    const value = contactIds.map(id => ({ field: 'contact_ids', operator: '=', value: id }));
    const pages = pagesByCursor(searchPageSize, (size, after) => {
      const pagination = { per_page: size, ...(after ? { starting_after: after } : {}) };
      return this.client.search('conversations/search', { query: { operator: 'OR', value }, pagination });
    });
    for await (const { conversations } of pages)
      yield ((conversations ?? []) as Answer[]).map(each => ({
        id: String(each.id),
        contactIds: ((each.contacts?.contacts ?? []) as Answer[]).map(contact => String(contact.id)),
      }));
  }

  async archiveContact(id: string): Promise<void> {
    await orNull(() => this.client.write('POST', `contacts/${id}/archive`));
  }

  setContactFields(id: string, fields: FieldChanges, attributes: FieldChanges): Promise<string[]> {
    return this.setOrClear(`contacts/${id}`, contactFields, fields, attributes);
  }

  async untagContact(id: string, tagId: string): Promise<void> {
    await this.remove(`contacts/${id}/tags/${tagId}`);
  }

  async detachCompany(contactId: string, companyId: string): Promise<void> {
    await this.remove(`contacts/${contactId}/companies/${companyId}`);
  }

  async deleteCompany(id: string): Promise<void> {
    await this.remove(`companies/${id}`);
  }

  async setCompanyFields(
    id: string,
    { remoteCreatedAt, key, ...fields }: FieldChanges,
    attributes: FieldChanges,
  ): Promise<string[]> {
    const refused = await this.setOrClear(`companies/${id}`, companyFields, fields, attributes);
    if (remoteCreatedAt === undefined) return refused;
    // An update ignores it, and an upsert does not accept null.
    if (remoteCreatedAt === null) return [...refused, 'remoteCreatedAt'];
    await this.client.write('POST', 'companies', { company_id: key, remote_created_at: remoteCreatedAt });
    return refused;
  }

  async untagCompany(id: string, tagName: string): Promise<void> {
    await this.client.write('POST', 'tags', { name: tagName, companies: [{ id, untag: true }] });
  }

  async restoreObject(type: string, object: Parameters<DestinationRollback['restoreObject']>[1]): Promise<void> {
    const { key, externalCreatedAt, externalUpdatedAt, attributes } = object;
    const body = {
      external_id: key,
      external_created_at: externalCreatedAt,
      external_updated_at: externalUpdatedAt,
      custom_attributes: attributes,
    };
    await this.client.write('POST', `custom_object_instances/${encodeURIComponent(type)}`, body);
  }

  async deleteArticle(id: string, isInternal: boolean): Promise<void> {
    await this.remove(`${isInternal ? 'internal_articles' : 'articles'}/${id}`);
  }

  async deleteCollection(id: string): Promise<void> {
    await this.remove(`help_center/collections/${id}`);
  }

  async *redirects(centerId: string): AsyncGenerator<{ id: string; from: string; articleId: string }> {
    for await (const { data } of numberedPages(this.client, `help_center/help_centers/${centerId}/redirects`, listPageSize))
      for (const each of (data ?? []) as Answer[])
        if (each.target_type === 'article')
          yield { id: idIn(each), from: String(each.from_url), articleId: String(each.target_id) };
  }

  async deleteRedirect(centerId: string, id: string): Promise<void> {
    await this.remove(`help_center/help_centers/${centerId}/redirects/${id}`);
  }

  async *tagUsers(tagId: string): AsyncGenerator<TagUser> {
    const found = (path: string, field: string) =>
      pagesByCursor(searchPageSize, (size, after) => {
        const pagination = { per_page: size, ...(after ? { starting_after: after } : {}) };
        return this.client.search(path, { query: { field, operator: '=', value: tagId }, pagination });
      });
    for await (const { data } of found('contacts/search', 'tag_id'))
      for (const each of data ?? []) yield { type: 'CONTACT', id: String(each.id) };
    for await (const { conversations } of found('conversations/search', 'tag_ids'))
      for (const each of conversations ?? []) yield { type: 'CONVERSATION', id: String(each.id) };
    for (let page = 1; ; page++) {
      const query = { tag_id: tagId, page: String(page), per_page: String(listPageSize) };
      const answer = await orNull(() => this.client.read('companies', query));
      for (const each of answer?.data ?? []) yield { type: 'COMPANY', id: String(each.id) };
      if (page >= Number(answer?.pages?.total_pages ?? 1)) return;
    }
  }

  async deleteTag(id: string): Promise<void> {
    await this.remove(`tags/${id}`);
  }

  async archiveAttribute(id: string): Promise<void> {
    await this.client.write('PUT', `data_attributes/${id}`, { archived: true });
  }

  private async remove(path: string, query: Record<string, string> = {}): Promise<void> {
    await orNull(() => this.client.write('DELETE', path, undefined, query));
  }

  /** Fields to clear are sent one by one, because the API may refuse each. */
  private async setOrClear(
    path: string,
    names: Record<string, string>,
    fields: FieldChanges,
    attributes: FieldChanges,
  ): Promise<string[]> {
    const named = Object.entries(fields).map(([field, value]) => [names[field]!, value] as const);
    const set = Object.fromEntries(named.filter(([, value]) => value !== null));
    const custom = Object.keys(attributes).length > 0 ? { custom_attributes: attributes } : {};
    if (Object.keys({ ...set, ...custom }).length > 0) await this.client.write('PUT', path, { ...set, ...custom });
    const refused: string[] = [];
    for (const [field, value] of Object.entries(fields)) {
      if (value !== null) continue;
      try {
        await this.client.write('PUT', path, { [names[field]!]: null });
      } catch (error) {
        if (!isRefused(error)) throw error;
        refused.push(field);
      }
    }
    return refused;
  }
}
