import { ApiError, invalid, notFound } from './errors.js';
import type { Json, ObjectInstance, ObjectType, Workspace } from './workspace.js';

/** Types are created by people. The API cannot create one. */
function typeNamed(w: Workspace, name: string): ObjectType {
  const type = w.objectTypes.find(each => each.name === name);
  if (!type) throw notFound('Custom object type');
  return type;
}

const view = ({ name }: ObjectType, instance: ObjectInstance): Json => ({ ...instance, type: name });

const instancesOf = (w: Workspace, { name }: ObjectType) =>
  w.objectInstances.get(name) ?? w.objectInstances.set(name, new Map()).get(name)!;

export function upsertInstance(w: Workspace, typeName: string, body: Json): Json {
  const type = typeNamed(w, typeName);
  const instances = instancesOf(w, type);
  if (typeof body.external_id !== 'string' || body.external_id === '') throw invalid('external_id is required', 'external_id');
  const existing = [...instances.values()].find(each => each.external_id === body.external_id);
  const custom_attributes = { ...existing?.custom_attributes };
  for (const [name, value] of Object.entries((body.custom_attributes ?? {}) as Json)) {
    if (!type.attributes[name]) throw invalid(`Custom attribute '${name}' does not exist`, name);
    const fits: Record<string, boolean> = {
      text: typeof value === 'string',
      decimal: typeof value === 'number',
      number: Number.isInteger(value),
      date: Number.isInteger(value),
      boolean: typeof value === 'boolean',
      list: typeof value === 'string' && (type.options?.[name]?.includes(value) ?? true),
    };
    if (value !== null && !fits[type.attributes[name]]) throw invalid(`'${name}' is not a valid ${type.attributes[name]}`, name);
    custom_attributes[name] = value;
  }
  const instance: ObjectInstance = {
    id: existing?.id ?? w.id(),
    external_id: body.external_id,
    external_created_at: body.external_created_at ?? existing?.external_created_at ?? null,
    external_updated_at: body.external_updated_at ?? existing?.external_updated_at ?? null,
    created_at: existing?.created_at ?? w.now(),
    updated_at: w.now(),
    custom_attributes,
  };
  instances.set(instance.id, instance);
  return view(type, instance);
}

/** One instance by external_id, or else a page of all. */
export function findInstances(w: Workspace, typeName: string, query: URLSearchParams): Json {
  const type = typeNamed(w, typeName);
  const all = [...instancesOf(w, type).values()];
  const externalId = query.get('external_id');
  if (externalId !== null) {
    const found = all.find(each => each.external_id === externalId);
    if (!found) throw notFound('Custom object instance');
    return view(type, found);
  }
  const perPage = Math.min(150, Math.max(1, Number(query.get('per_page') ?? 20) || 20));
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1);
  return {
    type: 'list',
    pages: { type: 'pages', page, per_page: perPage, total_pages: Math.ceil(all.length / perPage) },
    total_count: all.length,
    data: all.slice((page - 1) * perPage, page * perPage).map(each => view(type, each)),
  };
}

export function instanceById(w: Workspace, typeName: string, id: string): Json {
  const type = typeNamed(w, typeName);
  const found = instancesOf(w, type).get(id);
  if (!found) throw notFound('Custom object instance');
  return view(type, found);
}

export function deleteInstance(w: Workspace, typeName: string, id: string | null, query: URLSearchParams): Json {
  const type = typeNamed(w, typeName);
  const instances = instancesOf(w, type);
  const found = [...instances.values()].find(each =>
    id === null ? each.external_id === query.get('external_id') : each.id === id,
  );
  if (!found) throw notFound('Custom object instance');
  instances.delete(found.id);
  return { id: found.id, object: typeName, deleted: true };
}

/** The type that a contact's attribute refers to; undefined for an attribute that is not a reference. */
export const referenceOf = (w: Workspace, attribute: string): ObjectType | undefined =>
  w.objectTypes.find(each => each.contactReference === attribute);

/** @returns the ids. @throws ApiError for an id that does not exist */
export function checkedReference(w: Workspace, type: ObjectType, value: unknown): string[] {
  if (!Array.isArray(value)) throw invalid(`'${type.contactReference}' takes a list of ids`, type.contactReference);
  const ids = value.map(String);
  for (const id of ids) if (!instancesOf(w, type).has(id)) throw new ApiError(404, 'not_found', `${type.name} ${id} Not Found`);
  return ids;
}

/** A contact's attributes in an answer. A reference shows the objects themselves. */
export function attributesView(w: Workspace, attributes: Json): Json {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      const type = referenceOf(w, name);
      if (!type) return [name, value];
      const instances = (value as string[]).flatMap(id => instancesOf(w, type).get(id) ?? []).map(each => view(type, each));
      return [name, { type: `${type.name.toLowerCase()}.list`, instances }];
    }),
  );
}
