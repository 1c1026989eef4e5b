import { compareIds } from '../domain/model/ids.js';
import { type Fields, recordOf } from '../domain/model/record-fields.js';
import type { RunWork } from './run-work.js';
import { stagedBatch } from './staged-records.js';

const batchSize = 500;

export interface Staged {
  sourceId: string;
  record: Fields;
}

/** Staged records of a listing by their ids, a page at a time. */
export async function* stagedPages({ work }: { work: RunWork }, listing: string): AsyncGenerator<Staged[]> {
  for (let after = ''; ; ) {
    const batch = await work.transaction(tx => stagedBatch(tx, work.lease.projectId, listing, after, batchSize));
    if (batch.length === 0) return;
    work.checkHalt();
    yield batch.map(({ sourceId, raw }) => ({ sourceId, record: recordOf(raw) }));
    // Most listings have one page: documents read dozens of them.
    if (batch.length < batchSize) return;
    after = batch.at(-1)!.sourceId;
  }
}

/** All of a small listing, in the order of their numbers. */
export async function allStaged(context: { work: RunWork }, listing: string): Promise<Staged[]> {
  const all: Staged[] = [];
  for await (const page of stagedPages(context, listing)) all.push(...page);
  return all.sort((a, b) => compareIds(a.sourceId, b.sourceId));
}
