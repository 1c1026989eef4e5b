import type { ArticleFields, ArticleView } from '../../../domain/model/help-center.js';
import { ownEntry } from '../../../domain/model/own-entry.js';
import { readValuesOf } from '../../../store/human-edits.js';
import { KeptEdits } from '../engine/kept-edits.js';
import type { Loading } from '../engine/loading.js';

/** What was found to be changed by people when it was first written to in this run. */
export async function editsBefore(context: Loading, sourceId: string): Promise<KeptEdits> {
  const last = await context.work.transaction(tx => readValuesOf(tx, context.scope, 'ARTICLE', [sourceId]));
  return new KeptEdits(new Set(Object.keys(last.get(sourceId) ?? {})));
}

/** An article is written whole: what people have changed is sent as it is. */
export function withEdits(fields: ArticleFields, existing: ArticleView | null, edits: KeptEdits): ArticleFields {
  if (!existing || edits.size === 0) return fields;
  const withExisting = (
    name: (field: string) => string,
    wanted: ArticleFields['main'],
    found: ArticleFields['main'] | undefined,
  ) =>
    found === undefined
      ? wanted
      : {
          title: edits.has(name('title')) ? found.title : wanted.title,
          html: edits.has(name('html')) ? found.html : wanted.html,
          published: edits.has(name('status')) ? found.published : wanted.published,
        };
  const { parentId } = fields;
  return {
    ...fields,
    authorId: edits.has('authorId') ? existing.authorId : fields.authorId,
    parentId: parentId !== null && edits.hasElement('categoryId', parentId) ? (existing.parentIds[0] ?? null) : parentId,
    main: withExisting(field => field, fields.main, existing.main),
    translations: Object.fromEntries(
      Object.entries(fields.translations).map(([locale, wanted]) => [
        locale,
        withExisting(field => `translations.${field}`, wanted, ownEntry(existing.translations, locale)),
      ]),
    ),
  };
}
