import type { Loss } from '../../domain/drafts/drafts.js';
import { renamedTags } from '../../domain/mapping/renamed-tags.js';
import { type Fields, textOf } from '../../domain/model/record-fields.js';
import { foldedTag, tagName } from '../../domain/text/tag-name.js';
import { tagsOf } from '../../sources/shapes.js';
import type { TypeMapping } from './field-values.js';

/** The mapped tags of a record, each once. */
export function mappedTags(
  record: Fields,
  mapping: TypeMapping,
  tagMapping: TypeMapping,
  target: string,
  losses: Loss[],
): string[] {
  const field = mapping.get('tags');
  if (field?.targetPath !== target || field.action === 'IGNORE') return [];
  const renamed = renamedTags(tagMapping.get('name')?.values ?? []);
  const tags = tagsOf(record)
    .map(tag => tagName(textOf(tag)))
    .filter(Boolean);
  if (tags.some(tag => !renamed.has(tag))) losses.push({ field: 'tags', code: 'NOT_MAPPED', lossy: true });
  const names = tags.map(tag => renamed.get(tag) ?? '').filter(Boolean);
  return [...new Map(names.map(name => [foldedTag(name), name])).values()];
}
