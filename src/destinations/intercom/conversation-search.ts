import type { Destination } from '../../domain/ports/destination.js';
import type { Answer } from './answer.js';
import type { IntercomClient } from './client.js';
import { BoundedList, pagesByCursor } from './lists.js';

/** The largest page that the API answers. */
const pageSize = 150;
const path = 'conversations/search';

/** The search index, which is updated with a delay. */
export function conversationSearch(client: IntercomClient) {
  return {
    async searchConversations(contactId, createdAt) {
      const found = new BoundedList<{ id: string; body: string }>();
      const filters = [
        { field: 'contact_ids', operator: '=', value: contactId },
        { field: 'created_at', operator: '>', value: createdAt - 1 },
        { field: 'created_at', operator: '<', value: createdAt + 1 },
      ];
      const pages = pagesByCursor(pageSize, (size, after) => {
        const pagination = { per_page: size, ...(after ? { starting_after: after } : {}) };
        return client.search(path, { query: { operator: 'AND', value: filters }, pagination });
      });
      for await (const page of pages) {
        const ofThatSecond = ((page.conversations ?? []) as Answer[]).filter(each => each.created_at === createdAt);
        found.add(ofThatSecond.map(each => ({ id: String(each.id), body: each.source?.body ?? '' })));
      }
      return found.items;
    },

    async isIndexed(conversationId, updatedSince) {
      const value = [
        { field: 'id', operator: '=', value: conversationId },
        { field: 'updated_at', operator: '>', value: updatedSince },
      ];
      return (await client.search(path, { query: { operator: 'AND', value } })).total_count > 0;
    },
  } satisfies Partial<Destination>;
}
