import type { Destination } from '../../domain/ports/destination.js';
import { type Answer, orNull } from './answer.js';
import type { IntercomClient } from './client.js';

export function helpCenters(client: IntercomClient) {
  return {
    async helpCenter() {
      const centers: Answer[] = (await orNull(() => client.read('help_center/help_centers')))?.data ?? [];
      const center = centers.find(each => each.default) ?? centers[0];
      if (!center) return null;
      const locales: string[] = center.locales ?? [];
      return {
        id: String(center.id),
        url: center.url ?? null,
        locales,
        defaultLocale: (await defaultLocale(client, center)) ?? locales[0] ?? null,
      };
    },

    async createRedirect(centerId, { from, locale, articleId }) {
      const body = { from_url: from, locale, target_type: 'article', target_id: articleId };
      await client.write('POST', `help_center/help_centers/${centerId}/redirects`, body);
    },
  } satisfies Partial<Destination>;
}

/** A help center reports only its locales. Its collections and articles report the default one. */
async function defaultLocale(client: IntercomClient, center: Answer): Promise<string | null> {
  if (center.default_locale) return center.default_locale;
  for (const path of ['help_center/collections', 'articles']) {
    const found: Answer | undefined = (await orNull(() => client.read(path, { page: '1', per_page: '1' })))?.data?.[0];
    if (found?.default_locale) return found.default_locale;
  }
  return null;
}
