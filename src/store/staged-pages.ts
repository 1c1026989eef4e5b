import { compareIds } from '../domain/model/ids.js';
import { type Fields, recordOf } from '../domain/model/record-fields.js';
import type { RunWork } from './run-work.js';
import { stagedBatch } from './staged-records.js';

const batchSize = 500;
/** Characters of raw records. */
const maxKept = 2_000_000;

export interface Staged {
  sourceId: string;
  record: Fields;
}

/** Listings of one page. The documents of a run read the same ones dozens of times, after the last record was staged. */
export class SmallListings {
  private readonly pages = new Map<string, Staged[]>();
  private characters = 0;

  of(listing: string): Staged[] | undefined {
    return this.pages.get(listing);
  }

  /** Keeps a page, while there is room. */
  keep(listing: string, page: Staged[], characters: number): void {
    if (this.characters + characters > maxKept) return;
    this.characters += characters;
    this.pages.set(listing, page);
  }
}

/** @param small what was read before; without it everything is read anew */
export interface ReadsStaged {
  work: RunWork;
  small?: SmallListings;
}

/** Staged records of a listing by their ids, a page at a time. */
export async function* stagedPages({ work, small }: ReadsStaged, listing: string): AsyncGenerator<Staged[]> {
  const known = small?.of(listing);
  if (known) {
    work.checkHalt();
    if (known.length > 0) yield known;
    return;
  }
  for (let after = ''; ; ) {
    const batch = await work.transaction(tx => stagedBatch(tx, work.lease.projectId, listing, after, batchSize));
    work.checkHalt();
    const page = batch.map(({ sourceId, raw }) => ({ sourceId, record: recordOf(raw) }));
    const isLast = batch.length < batchSize;
    if (isLast && after === '')
      small?.keep(
        listing,
        page,
        batch.reduce((sum, { raw }) => sum + raw.length, 0),
      );
    if (page.length > 0) yield page;
    if (isLast) return;
    after = batch.at(-1)!.sourceId;
  }
}

/** All of a small listing, in the order of their numbers. */
export async function allStaged(context: ReadsStaged, listing: string): Promise<Staged[]> {
  const all: Staged[] = [];
  for await (const page of stagedPages(context, listing)) all.push(...page);
  return all.sort((a, b) => compareIds(a.sourceId, b.sourceId));
}
