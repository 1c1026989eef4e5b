import { storedText } from '../../domain/kept-text.js';
import { type Fields, textOf } from '../../domain/record-fields.js';
import type { TypeMapping } from './field-values.js';

/** A record's tags as the mapping names them, once each. */
export function mappedTags(record: Fields, mapping: TypeMapping, tagMapping: TypeMapping, target: string): string[] {
  const field = mapping.get('tags');
  if (field?.targetPath !== target || field.action === 'IGNORE' || !Array.isArray(record.tags)) return [];
  const values = tagMapping.get('name')?.values ?? [];
  const names = record.tags
    .map(textOf)
    .map(storedText)
    .flatMap(tag => {
      const mapped = values.find(({ from }) => from === tag);
      return mapped ? (mapped.to === null ? [] : [mapped.to]) : [];
    });
  return [...new Set(names)];
}
