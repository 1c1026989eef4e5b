import type { CompanyDraft, ContactDraft, DealDraft } from '../drafts/drafts.js';
import type { CompanyView, ContactView, ObjectView } from '../ports/destination-records.js';
import { foldedTag } from '../text/tag-name.js';
import { compareCompany } from '../verify/compare-company.js';
import { compareContact } from '../verify/compare-contact.js';
import { compareDeal } from '../verify/compare-deal.js';
import type { FieldDifference, ReadValues } from '../verify/verification.js';
import { filled, type PreImage } from './plan.js';

/** The last read-back of an object, and whether it was written completely. */
export interface ReadBefore {
  isWhole: boolean;
  known: readonly FieldDifference[];
  /** Values of that read-back. */
  values: ReadValues;
}

const own = ['infoset_email', 'infoset_phone', 'infoset_id'];

/**
 * Differences that did not exist at the last read-back: somebody has changed the object since. An empty field of a record that was
 * not written completely means nothing.
 */
export function newDifferences(found: readonly FieldDifference[], { isWhole, known }: ReadBefore): FieldDifference[] {
  return found.filter(
    ({ field, actual }) =>
      !known.some(each => each.field === field && each.actual === actual) && (isWhole || (actual !== null && actual !== '')),
  );
}

/** Whether a field is what it was before it was adopted: nothing must be restored. @param target where the mapping sends it */
function isAsBefore(before: PreImage | null, target: string, actual: string | null): boolean {
  if (before === null) return false;
  const attribute = /^attributes\.(.+)$/s.exec(target)?.[1];
  const fields: Record<string, string> = {
    external_id: 'externalId',
    owner_id: 'ownerId',
    signed_up_at: 'signedUpAt',
    remote_created_at: 'remoteCreatedAt',
  };
  const was = attribute ? (before.attributes as PreImage | undefined)?.[attribute] : before[fields[target] ?? target];
  return String(was ?? '') === (actual ?? '');
}

const isIn = (names: readonly string[], before: unknown) => {
  const all = new Set([...names, ...(Array.isArray(before) ? before.map(String) : [])]);
  return (name: string) => all.has(name);
};

const attributesBefore = (before: PreImage | null) => Object.keys((before?.attributes ?? {}) as object);

/** Landfall's own attributes have no field of the source: their name is their target. */
const targetOf = ({ fields }: { fields: Record<string, string> }, field: string) => fields[field] ?? `attributes.${field}`;

/** Whether a person has changed a company since it was loaded. @param before what it was, where it was adopted */
export function isEditedCompany(draft: CompanyDraft, view: CompanyView, before: PreImage | null, read: ReadBefore): boolean {
  const { differences } = compareCompany(draft, view);
  const found = differences.filter(
    ({ field, actual }) =>
      !isAsBefore(before, targetOf(draft, field), actual) && (read.isWhole || targetOf(draft, field) !== 'tags'),
  );
  const isKnownTag = isIn(draft.tags.map(foldedTag), ((before?.tags ?? []) as string[]).map(foldedTag));
  const isKnownAttribute = isIn(Object.keys(draft.attributes), attributesBefore(before));
  return (
    newDifferences(found, read).length > 0 ||
    view.tags.some(tag => !isKnownTag(foldedTag(tag))) ||
    Object.keys(filled(view.attributes)).some(name => !isKnownAttribute(name))
  );
}

export interface ContactRefs {
  ownerId: string | null;
  companies: string[];
  tags: string[];
  /** Notes that Landfall did not write. */
  notesOfOthers: number;
  /** Deals that Landfall loaded. */
  deals: ReadonlySet<string>;
}

/** The same for a contact. */
export function isEditedContact(
  draft: ContactDraft,
  refs: ContactRefs,
  view: ContactView,
  before: PreImage | null,
  read: ReadBefore,
): boolean {
  const isForeign = before !== null && (before.externalId ?? null) !== null && before.externalId !== draft.key;
  const key = isForeign ? String(before!.externalId) : draft.key;
  const { differences } = compareContact(draft, { ...refs, key }, view);
  const found = differences.filter(({ field, expected, actual }) => {
    if (isAsBefore(before, targetOf(draft, field), actual)) return false;
    // It was refused or withheld, and is in an attribute.
    const kept = draft.fields[field] === 'email' ? 'infoset_email' : draft.fields[field] === 'phone' ? 'infoset_phone' : null;
    if (kept !== null && actual === null) return view.attributes[kept] !== expected;
    return read.isWhole || !['companies', 'tags'].includes(draft.fields[field] ?? '');
  });
  const isKnownTag = isIn(refs.tags, before?.tags);
  const isKnownCompany = isIn(refs.companies, before?.companies);
  const isKnownAttribute = isIn([...Object.keys(draft.attributes), ...own], attributesBefore(before));
  const referred = Object.values((before?.references ?? {}) as Record<string, string[]>).flat();
  const notesBefore = typeof before?.noteCount === 'number' ? before.noteCount : 0;
  return (
    newDifferences(found, read).length > 0 ||
    (view.externalId !== key && (before === null || view.externalId !== (before.externalId ?? null))) ||
    view.tags.some(tag => !isKnownTag(tag)) ||
    view.companies.some(company => !isKnownCompany(company)) ||
    Object.keys(filled(view.attributes)).some(name => !isKnownAttribute(name)) ||
    refs.notesOfOthers > notesBefore ||
    Object.values(view.references)
      .flat()
      .some(id => !refs.deals.has(id) && !referred.includes(id))
  );
}

/** The same for a deal. */
export function isEditedDeal(draft: DealDraft, view: ObjectView, before: PreImage | null, read: ReadBefore): boolean {
  const { differences } = compareDeal(draft, { isLinked: true, former: null }, view);
  const isKnownAttribute = isIn(Object.keys(draft.attributes), attributesBefore(before));
  return (
    newDifferences(differences, read).length > 0 || Object.keys(filled(view.attributes)).some(name => !isKnownAttribute(name))
  );
}
