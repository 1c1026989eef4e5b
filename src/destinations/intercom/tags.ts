import type { Destination } from '../../domain/ports/destination.js';
import { type Answer, idIn } from './answer.js';
import type { IntercomClient } from './client.js';
import { wholeList } from './lists.js';

export function tags(client: IntercomClient) {
  return {
    async tags() {
      return (await wholeList(client, 'tags')).map(({ id, name }: Answer) => ({ id: String(id), name }));
    },

    async createTag(name) {
      return idIn(await client.write('POST', 'tags', { name }));
    },
  } satisfies Partial<Destination>;
}
