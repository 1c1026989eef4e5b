import type { CollectionFields, CollectionView } from '../../domain/model/help-center.js';
import type { Destination } from '../../domain/ports/destination.js';
import { type Answer, idIn, orNull } from './answer.js';
import type { IntercomClient } from './client.js';
import { numberedPages } from './lists.js';
import { translationsIn } from './translations.js';

const path = 'help_center/collections';
const pageSize = 50;

const toCollection = (answer: Answer): CollectionView => ({
  id: idIn(answer),
  createdAt: Number(answer.created_at),
  name: answer.name,
  description: answer.description ?? null,
  parentId: answer.parent_id === null || answer.parent_id === undefined ? null : String(answer.parent_id),
  url: answer.url ?? null,
  translations: translationsIn(answer, content => ({ name: content.name, description: content.description ?? null })),
});

const bodyOf = ({ name, description, parentId, translations }: CollectionFields) => ({
  name,
  ...(description === null ? {} : { description }),
  parent_id: parentId,
  translated_content: Object.fromEntries(
    Object.entries(translations).map(([locale, each]) => [
      locale,
      { name: each.name, ...(each.description === null ? {} : { description: each.description }) },
    ]),
  ),
});

export function collections(client: IntercomClient) {
  return {
    collection: id => orNull(async () => toCollection(await client.read(`${path}/${id}`))),

    async *collections() {
      for await (const { data } of numberedPages(client, path, pageSize))
        for (const each of (data ?? []) as Answer[]) yield toCollection(each);
    },

    async saveCollection(id, fields) {
      const body = bodyOf(fields);
      return toCollection(await (id ? client.write('PUT', `${path}/${id}`, body) : client.write('POST', path, body)));
    },
  } satisfies Partial<Destination>;
}
