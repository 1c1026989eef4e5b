import { type Fields, textOf } from '../../domain/record-fields.js';
import { accountLocale } from '../../store/account-locale.js';
import { connectionOf } from '../../store/connections.js';
import { type Lookups, readLookups } from '../../store/lookups.js';
import { stagedPortion } from '../../store/staged-records.js';
import type { Reporting } from './write-documents.js';

const atOnce = 500;

export interface Staged {
  sourceId: string;
  record: Fields;
}

/** Staged records of a listing by their ids, a page at a time. */
export async function* stagedPages({ work }: Pick<Reporting, 'work'>, listing: string): AsyncGenerator<Staged[]> {
  for (let after = ''; ; ) {
    const portion = await work.read(tx => stagedPortion(tx, work.lease.projectId, listing, after, atOnce));
    if (portion.length === 0) return;
    work.checkHalt();
    yield portion.map(({ sourceId, raw }) => ({ sourceId, record: JSON.parse(raw) as Fields }));
    after = portion.at(-1)!.sourceId;
  }
}

/** All of a small listing, in the order of their numbers. */
export async function allStaged(x: Pick<Reporting, 'work'>, listing: string): Promise<Staged[]> {
  const all: Staged[] = [];
  for await (const page of stagedPages(x, listing)) all.push(...page);
  return all.sort((a, b) => Number(a.sourceId) - Number(b.sourceId) || (a.sourceId < b.sourceId ? -1 : 1));
}

/** Names of what records refer to. */
export function namesOf({ work }: Pick<Reporting, 'work'>): Promise<Lookups> {
  return work.read(async tx => {
    const { projectId } = work.lease;
    const account = (await connectionOf(tx, projectId, 'SOURCE'))?.workspaceId ?? '';
    return readLookups(tx, projectId, { account, ...(await accountLocale(tx, projectId)), sourceHosts: [] });
  });
}

/** An id with its name. */
export const named = (names: ReadonlyMap<string, string | { name: string }>, id: unknown): string => {
  const found = names.get(textOf(id));
  return found === undefined ? textOf(id) : typeof found === 'string' ? found : found.name;
};
