import { CallFailure } from '../../domain/ports/call-failure.js';
import type { ObjectFields, ObjectView } from '../../domain/ports/destination-records.js';
import { orNull } from './companies.js';
import { type Answer, type IntercomClient, idIn } from './intercom-client.js';

const toObject = (answer: Answer): ObjectView => ({
  id: idIn(answer),
  key: String(answer.external_id),
  externalCreatedAt: answer.external_created_at ?? null,
  externalUpdatedAt: answer.external_updated_at ?? null,
  attributes: Object.fromEntries(
    Object.entries((answer.custom_attributes ?? {}) as Answer).filter(([, value]) => value !== null),
  ),
});

const path = (type: string, id?: string) => `custom_object_instances/${encodeURIComponent(type)}${id ? `/${id}` : ''}`;

export async function hasObjectType(client: IntercomClient, type: string): Promise<boolean> {
  try {
    return (await orNull(() => client.read(path(type), { per_page: '1' }))) !== null;
  } catch (error) {
    // How it is asked is refused, not what is asked for: only an unknown type is not found.
    if (error instanceof CallFailure && error.kind === 'REJECTED') return true;
    throw error;
  }
}

export function readObject(client: IntercomClient, type: string, id: string): Promise<ObjectView | null> {
  return orNull(async () => toObject(await client.read(path(type, id))));
}

/** One object, or a list of one. */
export async function objectByKey(client: IntercomClient, type: string, key: string): Promise<ObjectView | null> {
  const answer = await orNull(() => client.read(path(type), { external_id: key }));
  const found = answer && (Array.isArray(answer.data) ? answer.data[0] : answer);
  return found ? toObject(found) : null;
}

export async function upsertObject(client: IntercomClient, type: string, fields: ObjectFields): Promise<ObjectView> {
  const { key, externalCreatedAt, externalUpdatedAt, attributes } = fields;
  const body = {
    external_id: key,
    external_created_at: externalCreatedAt,
    external_updated_at: externalUpdatedAt,
    custom_attributes: attributes,
  };
  return toObject(await client.write('POST', path(type), body));
}

export async function deleteObject(client: IntercomClient, type: string, id: string): Promise<void> {
  await orNull(() => client.write('DELETE', path(type, id)));
}
