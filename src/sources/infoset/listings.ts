import { CallFailure } from '../../domain/ports/call-failure.js';
import { isTooLarge } from '../../domain/ports/page-pieces.js';
import type { Source, SourceListing } from '../../domain/ports/source.js';
import { usualTimeZone } from '../../domain/text/time-zone.js';
import type { InfosetAccount } from './account.js';
import type { InfosetClient, JsonAnswer } from './client.js';
import { itemTexts } from './item-texts.js';
import type { InfosetProfile, ResourceProfile } from './profile.js';
import { toRecord } from './records.js';

const maxTotal = 2_147_483_647;
/** The record of a page may be too large to read, so a count tries this many pages. */
const pagesToCount = 3;

export const listingsOf = ({ resources }: InfosetProfile): SourceListing[] =>
  Object.entries(resources).map(([name, { recordType, shape, of, observed, pathById, since }]) => ({
    name,
    recordType,
    shape,
    ...(of ? { of } : {}),
    observed: observed ?? false,
    byId: pathById !== undefined,
    since: since ?? false,
  }));

/** Reads the listings of the profile. */
export function listings(client: InfosetClient, profile: InfosetProfile, account: InfosetAccount) {
  const resourceOf = ({ name }: SourceListing) => profile.resources[name]!;
  return {
    async page(listing, page, { size = profile.pageSize, parentId, since } = {}) {
      const resource = resourceOf(listing);
      const timeZone = await account.timeZone();
      const parameters = parametersOf(profile, resource, page, size, since);
      if (parentId !== undefined) parameters.push([resource.parentParameter!, parentId]);
      const answer = await client.get(resource.path, parameters);
      const { items, total } = resource.nullIsNone && answer.json === null ? { items: [], total: 0 } : envelope(answer);
      const texts = itemTexts(answer.text);
      const records = items.map((item, index) =>
        toRecord(profile, resource, timeZone, texts[index] ?? JSON.stringify(item), item),
      );
      // A child may leave out its parent, because only the children of that parent were requested.
      if (parentId !== undefined) for (const record of records) record.parentId ??= parentId;
      return { records, total, at: answer.at };
    },

    async count(listing, since) {
      const { path, ...resource } = resourceOf(listing);
      for (let page = 1; ; page++) {
        try {
          const answer = await client.get(path, parametersOf(profile, resource, page, 1, since));
          return { total: envelope(answer).total, at: answer.at };
        } catch (error) {
          // Every page reports the total, so another page will do.
          if (!isTooLarge(error) || page === pagesToCount) throw error;
        }
      }
    },

    async one(listing, id) {
      const resource = resourceOf(listing);
      const path = id === null ? resource.path : resource.pathById!.replace('{id}', encodeURIComponent(id));
      const timeZone = listing.shape === 'SINGLE' ? usualTimeZone : await account.timeZone();
      try {
        const { json, text } = await client.get(path);
        if (json === null) return null;
        if (resource === profile.resources.account) account.learn(json as Record<string, unknown>);
        const record = toRecord(profile, resource, timeZone, text.trim(), json);
        // A record that was requested by its id may leave the id out.
        if (id === null || record.id === id || typeof json !== 'object') return record;
        const problems = record.problems.filter(each => each.code !== 'RECORD_WITHOUT_ID' && each.code !== 'ID_UNUSABLE');
        return { ...record, id, skipped: false, problems };
      } catch (error) {
        if (error instanceof CallFailure && (error.kind === 'NOT_FOUND' || error.kind === 'GONE') && id !== null) return null;
        throw error;
      }
    },
  } satisfies Partial<Source>;
}

function parametersOf(
  { parameters: names }: InfosetProfile,
  { parameters = {}, sortBy }: Pick<ResourceProfile, 'parameters' | 'sortBy'>,
  page: number,
  size: number,
  since: Date | undefined,
): [string, string][] {
  const list: [string, string][] = Object.entries(parameters);
  list.push([names.page, String(page)], [names.pageSize, String(size)], [names.withTotal, 'true']);
  if (sortBy) list.push([names.sortBy, sortBy], [names.sortDirection, 'asc']);
  if (since) list.push([names.since, since.toISOString()]);
  return list;
}

/** @throws CallFailure NOT_JSON if a page has no items: an error that came with status 200 */
function envelope({ json }: JsonAnswer): { items: unknown[]; total: number | null } {
  if (Array.isArray(json)) return { items: json, total: json.length };
  const { items, totalItems } = (json ?? {}) as { items?: unknown; totalItems?: unknown };
  if (!Array.isArray(items)) throw new CallFailure('NOT_JSON', 'It answers with a body that is not a page.');
  // A total that no listing can have is ignored. So is 0 together with items, which means that nothing was counted.
  const counted = Number.isInteger(totalItems) && Math.abs(totalItems as number) <= maxTotal ? (totalItems as number) : null;
  const total = counted !== null && counted >= 0 && (counted > 0 || items.length === 0) ? counted : null;
  return { items, total };
}
