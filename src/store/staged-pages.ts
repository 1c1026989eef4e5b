import { compareIds } from '../domain/model/ids.js';
import { type Fields, recordOf } from '../domain/model/record-fields.js';
import type { RunWork } from './run-work.js';
import { stagedPortion } from './staged-records.js';

const atOnce = 500;

export interface Staged {
  sourceId: string;
  record: Fields;
}

/** Staged records of a listing by their ids, a page at a time. */
export async function* stagedPages({ work }: { work: RunWork }, listing: string): AsyncGenerator<Staged[]> {
  for (let after = ''; ; ) {
    const portion = await work.read(tx => stagedPortion(tx, work.lease.projectId, listing, after, atOnce));
    if (portion.length === 0) return;
    work.checkHalt();
    yield portion.map(({ sourceId, raw }) => ({ sourceId, record: recordOf(raw) }));
    after = portion.at(-1)!.sourceId;
  }
}

/** All of a small listing, in the order of their numbers. */
export async function allStaged(x: { work: RunWork }, listing: string): Promise<Staged[]> {
  const all: Staged[] = [];
  for await (const page of stagedPages(x, listing)) all.push(...page);
  return all.sort((a, b) => compareIds(a.sourceId, b.sourceId));
}
