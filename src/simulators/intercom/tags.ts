import { ApiError, missing, notFound } from './errors.js';
import type { Json, Workspace } from './workspace.js';

const view = ({ id, name }: { id: string; name: string }): Json => ({ type: 'tag', id, name });

export const listTags = (w: Workspace): Json => ({ type: 'list', data: [...w.tags.values()].map(view) });

/** Finds a tag by name, ignoring case, or creates it. Tags the given contacts and companies. */
export function createTag(w: Workspace, body: Json): Json {
  if (typeof body.name !== 'string' || !body.name) throw missing('name');
  const same = [...w.tags.values()].find(each => each.name.toLowerCase() === body.name.toLowerCase());
  const tag = same ?? { id: w.id(), name: body.name };
  w.tags.set(tag.id, tag);
  for (const { id, company_id, untag } of body.companies ?? []) {
    const company = id ? w.companies.get(id) : w.index.companyId.get(company_id);
    if (!company || company.archived) continue;
    if (untag) company.tags.delete(tag.id);
    else company.tags.add(tag.id);
    w.touch(company);
  }
  for (const { id } of body.users ?? []) w.contacts.get(id)?.tags.add(tag.id);
  return view(tag);
}

export function deleteTag(w: Workspace, id: string): Json {
  if (!w.tags.delete(id)) throw notFound('Tag', 'tag_not_found');
  for (const objects of [w.companies, w.contacts, w.conversations]) for (const object of objects.values()) object.tags.delete(id);
  return {};
}

/** Tags or untags an object. */
export function applyTag(w: Workspace, object: { tags: Set<string>; updated_at: number }, id: unknown, apply = true): Json {
  const tag = w.tags.get(String(id));
  if (!tag) throw notFound('Tag', 'tag_not_found');
  if (apply) object.tags.add(tag.id);
  else if (!object.tags.delete(tag.id)) throw new ApiError(404, 'tag_not_found', 'The object does not have this tag');
  w.touch(object);
  return view(tag);
}

export const tagsOf = (w: Workspace, ids: Set<string>): Json[] => [...ids].map(id => view(w.tags.get(id)!));
