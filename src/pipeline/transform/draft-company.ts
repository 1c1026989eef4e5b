import type { CompanyDraft } from '../../domain/drafts/drafts.js';
import { keyOf } from '../../domain/model/destination-key.js';
import { numberOf, textOf } from '../../domain/model/record-fields.js';
import { isThousands } from '../../domain/text/exact-json.js';
import { storableText } from '../../domain/text/html-text.js';
import { showsText, trimmed } from '../../domain/text/visible-text.js';
import { parentCompanyOf } from '../../sources/shapes.js';
import type { Lookups } from '../../store/lookups.js';
import { cut, type MappedValues, mapFields, nativeTimeOf, refuse, type TypeMapping, wholeValuesNote } from './field-values.js';
import { mappedTags } from './mapped-tags.js';
import type { ReadRecord } from './ticket-record.js';

export function draftCompany(
  { sourceId, record, stagedAt }: ReadRecord,
  mapping: TypeMapping,
  tagMapping: TypeMapping,
  lookups: Lookups,
): CompanyDraft {
  const mapped = mapFields(record, mapping, 'company', lookups.timeZone, (path, value) =>
    path === 'ownerId'
      ? (lookups.users.get(textOf(value))?.email ?? lookups.users.get(textOf(value))?.name ?? textOf(value))
      : value,
  );
  const parent = parentCompanyOf(record);
  const parentName = parent && mapped.fields.parentCompanyId ? lookups.companies.get(parent) : undefined;
  if (parentName) mapped.attributes.infoset_parent_company_name = cut(parentName);
  const text = (target: string) => ownText(mapped, mapping, `company.${target}`);
  const size = sizeOf(mapped, mapping);
  const remoteCreatedAt = nativeTimeOf(mapped, mapping, 'company.remote_created_at', {
    latest: stagedAt,
    timeZone: lookups.timeZone,
  });
  return {
    sourceId,
    key: keyOf(lookups.account, sourceId),
    name: text('name'),
    website: text('website'),
    industry: text('industry'),
    size,
    remoteCreatedAt,
    attributes: mapped.attributes,
    tags: mappedTags(record, mapping, tagMapping, 'company.tags', mapped.losses),
    fields: mapped.fields,
    note: wholeValuesNote(mapped.whole, lookups.sourceHosts),
    losses: mapped.losses,
  };
}

/** A whole number. Other values are kept in the note. */
function sizeOf(mapped: MappedValues, mapping: TypeMapping): number | null {
  for (const [path, value] of mapped.targets) {
    if (mapping.get(path)?.targetPath !== 'company.size') continue;
    const size = numberOf(textOf(value));
    if (Number.isSafeInteger(size) && (typeof value === 'number' || !isThousands(textOf(value)))) return size;
    refuse(mapped, path, textOf(value));
  }
  return null;
}

/** The value for a standard field of the destination. */
export function valueFor(mapped: MappedValues, mapping: TypeMapping, target: string): unknown {
  for (const [path, value] of mapped.targets) if (mapping.get(path)?.targetPath === target) return value;
  return undefined;
}

/** A text for a standard field of the destination: at most 255 characters; the note contains the whole text. */
export function ownText(mapped: MappedValues, mapping: TypeMapping, target: string): string | null {
  for (const [path, value] of mapped.targets) {
    if (mapping.get(path)?.targetPath !== target) continue;
    const text = trimmed(textOf(value));
    const storable = storableText(text);
    if (storable !== text) mapped.losses.push({ field: path, code: 'CHARACTERS_REMOVED', lossy: false });
    if (!showsText(storable)) {
      delete mapped.fields[path];
      continue;
    }
    if (storable.length > 255) {
      mapped.losses.push({ field: path, code: 'TOO_LONG', lossy: true });
      mapped.whole.push({ label: path, text: storable });
    }
    return cut(storable);
  }
  return null;
}
