import type { CategoryDraft } from '../drafts/drafts.js';
import type { CollectionFields, CollectionView } from '../model/help-center.js';
import { ownEntry } from '../model/own-entry.js';
import { digestOfValue } from './human-edits.js';
import { imageDigestOf } from './image-digest.js';
import type { Verification } from './verification.js';

/** Compares a category with the collection that it became: the fields that were sent. */
export function compareCollection(
  { losses, fields: mapped }: CategoryDraft,
  wanted: CollectionFields,
  found: CollectionView,
): Verification {
  const read: NonNullable<Verification['read']> = {};
  const rules: Record<string, string> = {};
  const verification: Verification = { outcomes: {}, differences: [], read, rules, imageDigest: imageDigestOf(found) };
  const judge = (field: string, expected: string | null, actual: string | null) => {
    read[field] = { fields: [field], digest: digestOfValue(actual) };
    const loss = losses.find(each => each.field === field);
    const outcome = expected !== actual ? 'different' : loss ? 'lossy' : 'equal';
    if (outcome === 'lossy') rules[field] = loss!.code;
    verification.outcomes[field] = { [outcome]: 1 };
    if (outcome === 'different') verification.differences.push({ field, expected, actual });
  };
  judge('name', wanted.name, found.name);
  if (mapped.description) judge('description', wanted.description, found.description);
  if (mapped.parentId) judge('parentId', wanted.parentId, found.parentId);
  const names = (view: CollectionFields) =>
    Object.keys(wanted.translations)
      .sort()
      .map(locale => `${locale}: ${ownEntry(view.translations, locale)?.name ?? ''}`)
      .join(', ');
  if (mapped.translations) judge('translations', names(wanted), names(found));
  return verification;
}
