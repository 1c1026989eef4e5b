import type { ArticleDraft } from '../../../domain/drafts/drafts.js';
import type { ArticleView } from '../../../domain/model/help-center.js';
import { type HelpSite, helpSiteOf } from '../../../domain/text/article-links.js';
import type { HelpLinks } from '../../../domain/text/help-links.js';
import { destinationsOf } from '../../../store/crosswalk.js';
import { draftsAfter } from '../../../store/drafts.js';
import type { Loading } from '../engine/loading.js';

const batchSize = 500;

/** The new addresses of articles of the old help center. Without loaded articles the workspace is not asked. */
export async function articleAddresses(context: Loading): Promise<HelpLinks> {
  const sites = new Map<string, HelpSite>();
  const moved = new Map<string, string>();
  for (let after = ''; ; ) {
    const batch = await context.work.transaction(tx => draftsAfter(tx, context.scope, 'ARTICLE', after, batchSize));
    if (batch.length === 0) break;
    const drafts = batch.map(({ body }) => JSON.parse(body) as ArticleDraft);
    for (const { url } of drafts.flatMap(draft => draft.contents)) {
      const site = helpSiteOf(url);
      if (site) sites.set(site.host + site.path, site);
    }
    const open = drafts.filter(draft => !draft.isInternal).map(draft => draft.sourceId);
    for (const [sourceId, id] of await context.work.transaction(tx =>
      destinationsOf(tx, context.scope, 'ARTICLE', 'ARTICLE', open),
    ))
      moved.set(sourceId, id);
    after = batch.at(-1)!.sourceId;
  }
  const made = new Map<string, Addresses>();
  if (moved.size > 0) for await (const view of context.destination.articles(false)) made.set(view.id, addressesOf(view));
  return {
    sites: [...sites.values()],
    urlOf(id, language) {
      const article = made.get(moved.get(id) ?? '');
      // In the requested language, otherwise in any.
      return article?.in.get((language ?? '').toLowerCase()) ?? article?.main ?? null;
    },
  };
}

interface Addresses {
  main: string | null;
  in: ReadonlyMap<string, string | null>;
}

const addressesOf = ({ main, translations }: ArticleView): Addresses => ({
  main: main.url,
  in: new Map(Object.entries(translations).map(([language, { url }]) => [language.toLowerCase(), url])),
});
