import type { RollbackWork } from '../rollback-work.js';

interface Redirect {
  centerId: string;
  id: string;
  from: string;
  articleId: string;
}

/** Finds the redirects that Landfall created for an article. All are read once. */
export function redirectsOf({ destination }: RollbackWork): (articleId: string, from: readonly string[]) => Promise<Redirect[]> {
  let all: Promise<Map<string, Redirect[]>> | undefined;
  const readAll = async () => {
    const found: Redirect[] = [];
    const center = await destination.helpCenter();
    if (center) for await (const each of destination.rollback.redirects(center.id)) found.push({ ...each, centerId: center.id });
    return Map.groupBy(found, ({ articleId }) => articleId);
  };
  return async (articleId, from) => {
    if (from.length === 0) return [];
    all ??= readAll();
    return ((await all).get(articleId) ?? []).filter(each => from.includes(each.from));
  };
}
