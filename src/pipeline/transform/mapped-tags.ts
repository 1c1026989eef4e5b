import { type Fields, isFilled, textOf } from '../../domain/record-fields.js';
import { foldedTag, tagName } from '../../domain/tag-name.js';
import type { TypeMapping } from './field-values.js';

/** A record's tags as the mapping names them, once each. */
export function mappedTags(record: Fields, mapping: TypeMapping, tagMapping: TypeMapping, target: string): string[] {
  const field = mapping.get('tags');
  if (field?.targetPath !== target || field.action === 'IGNORE') return [];
  const renamed = new Map((tagMapping.get('name')?.values ?? []).map(({ from, to }) => [tagName(from), tagName(to ?? '')]));
  const names = [record.tags]
    .flat()
    .filter(isFilled)
    .map(tag => renamed.get(tagName(textOf(tag))) ?? '')
    .filter(Boolean);
  return [...new Map(names.map(name => [foldedTag(name), name])).values()];
}
