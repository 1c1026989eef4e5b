import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Destination } from '../../domain/ports/destination.js';
import type { ObjectView } from '../../domain/ports/destination-records.js';
import { type Answer, idIn, orNull } from './answer.js';
import type { IntercomClient } from './client.js';

const toObject = (answer: Answer): ObjectView => ({
  id: idIn(answer),
  key: String(answer.external_id),
  externalCreatedAt: answer.external_created_at ?? null,
  externalUpdatedAt: answer.external_updated_at ?? null,
  attributes: Object.fromEntries(
    Object.entries((answer.custom_attributes ?? {}) as Answer).filter(([, value]) => value !== null),
  ),
});

const bodyOf = ({ key, externalCreatedAt, externalUpdatedAt, attributes }: Parameters<Destination['upsertObject']>[1]) => ({
  external_id: key,
  external_created_at: externalCreatedAt,
  external_updated_at: externalUpdatedAt,
  custom_attributes: attributes,
});

const path = (type: string, id?: string) => `custom_object_instances/${encodeURIComponent(type)}${id ? `/${id}` : ''}`;

export function customObjects(client: IntercomClient) {
  return {
    async hasObjectType(type) {
      try {
        return (await orNull(() => client.read(path(type), { per_page: '1' }))) !== null;
      } catch (error) {
        // The API refuses the form of this request, not the type: an unknown type is not found.
        if (error instanceof CallFailure && error.kind === 'REJECTED') return true;
        throw error;
      }
    },

    object: (type, id) => orNull(async () => toObject(await client.read(path(type, id)))),

    async objectByKey(type, key) {
      const answer = await orNull(() => client.read(path(type), { external_id: key }));
      // The API answers with one object, or with a list of one.
      const found = answer && (Array.isArray(answer.data) ? answer.data[0] : answer);
      return found ? toObject(found) : null;
    },

    async upsertObject(type, fields) {
      return toObject(await client.write('POST', path(type), bodyOf(fields)));
    },

    async deleteObject(type, id) {
      await orNull(() => client.write('DELETE', path(type, id)));
    },
  } satisfies Partial<Destination>;
}
