import type { CompanyDraft, ContactDraft, DealDraft } from '../drafts/drafts.js';
import type { CompanyView, ContactView, ObjectView } from '../ports/destination-records.js';
import { foldedTag } from '../text/tag-name.js';
import type { FieldChanges, PlannedChange, PreImage } from './plan.js';

type Scalar = FieldChanges[string];

/** Fields of the object that differ from before. */
function fieldsToRestore(now: object, before: PreImage, names: readonly string[]): FieldChanges {
  const values = now as Record<string, Scalar>;
  return Object.fromEntries(
    names.flatMap(name => {
      const was = (before[name] ?? null) as Scalar;
      return name in before && (values[name] ?? null) !== was ? [[name, was]] : [];
    }),
  );
}

/** Attributes that Landfall set, as they were; null where there was none. */
function attributesToRestore(now: Record<string, unknown>, before: PreImage, names: readonly string[]): FieldChanges {
  const then = (before.attributes ?? {}) as FieldChanges;
  return Object.fromEntries(
    names.flatMap(name => {
      const was = Object.hasOwn(then, name) ? (then[name] ?? null) : null;
      return (now[name] ?? null) !== was ? [[name, was]] : [];
    }),
  );
}

const listed = (value: unknown) => new Set(Array.isArray(value) ? value.map(String) : []);

export function contactRestoration(
  draft: ContactDraft,
  refs: { tags: readonly string[]; companies: readonly string[] },
  view: ContactView,
  before: PreImage,
): PlannedChange {
  const [tags, companies] = [listed(before.tags), listed(before.companies)];
  const set = [...Object.keys(draft.attributes), 'infoset_id', 'infoset_email', 'infoset_phone'];
  return {
    fields: fieldsToRestore(view, before, ['externalId', 'name', 'email', 'phone', 'ownerId', 'signedUpAt']),
    attributes: attributesToRestore(view.attributes, before, set),
    untag: view.tags.filter(tag => refs.tags.includes(tag) && !tags.has(tag)),
    detach: view.companies.filter(company => refs.companies.includes(company) && !companies.has(company)),
    archive: before.archived === true,
  };
}

export function companyRestoration(draft: CompanyDraft, view: CompanyView, before: PreImage): PlannedChange {
  const tags = new Set([...listed(before.tags)].map(foldedTag));
  const set = new Set(draft.tags.map(foldedTag));
  const fields = fieldsToRestore(view, before, ['name', 'website', 'industry', 'size', 'remoteCreatedAt']);
  return {
    fields: 'remoteCreatedAt' in fields ? { ...fields, key: view.key } : fields,
    attributes: attributesToRestore(view.attributes, before, Object.keys(draft.attributes)),
    untag: view.tags.filter(tag => set.has(foldedTag(tag)) && !tags.has(foldedTag(tag))),
  };
}

export function dealRestoration(draft: DealDraft, view: ObjectView, before: PreImage): PlannedChange {
  return {
    object: {
      key: view.key,
      externalCreatedAt: (before.externalCreatedAt ?? null) as number | null,
      externalUpdatedAt: (before.externalUpdatedAt ?? null) as number | null,
      attributes: attributesToRestore(view.attributes, before, Object.keys(draft.attributes)),
    },
  };
}

/** The parts of a change that did not take effect: names of fields, tags and links. */
export function notRestored(
  { fields = {}, attributes = {}, untag = [], detach = [] }: PlannedChange,
  view: { attributes: Record<string, unknown>; tags: readonly string[]; companies?: readonly string[] },
): string[] {
  const values = view as unknown as Record<string, Scalar>;
  return [
    ...Object.entries(fields).flatMap(([name, was]) => (name !== 'key' && (values[name] ?? null) !== was ? [name] : [])),
    ...Object.entries(attributes).flatMap(([name, was]) => ((view.attributes[name] ?? null) !== was ? [name] : [])),
    ...untag.filter(tag => view.tags.includes(tag)).map(tag => `tag ${tag}`),
    ...detach.filter(id => view.companies?.includes(id)).map(id => `company ${id}`),
  ];
}
