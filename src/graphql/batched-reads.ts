import DataLoader from 'dataloader';
import type { OperationContext } from '../operations/context.js';

/** An operation that reads for many objects together: one result for each id, in the same order. */
type BatchRead<Args extends unknown[], Result> = (
  context: OperationContext,
  ids: readonly string[],
  ...args: Args
) => Promise<Result[]>;

/**
 * Collects the reads of all objects at one level of an answer, so that a page needs as many statements as one object.
 * Results are not cached: a later mutation of the same operation, or a later event, reads again.
 */
export class BatchedReads {
  private readonly loaders = new Map<unknown, Map<string, DataLoader<string, unknown>>>();

  constructor(private readonly context: OperationContext) {}

  /** @param id uuid of the object that is read for */
  load<Args extends unknown[], Result>(read: BatchRead<Args, Result>, id: string, ...args: Args): Promise<Result> {
    const byArguments = this.loaders.get(read) ?? new Map<string, DataLoader<string, unknown>>();
    this.loaders.set(read, byArguments);
    const key = JSON.stringify(args);
    const loader = byArguments.get(key) ?? new DataLoader(ids => this.readAll(read, ids, args), { cache: false });
    byArguments.set(key, loader);
    return loader.load(id) as Promise<Result>;
  }

  /** Reads each id once, however many objects share it. */
  private async readAll<Args extends unknown[], Result>(
    read: BatchRead<Args, Result>,
    ids: readonly string[],
    args: Args,
  ): Promise<Result[]> {
    const unique = [...new Set(ids)];
    const results = await read(this.context, unique, ...args);
    const byId = new Map(unique.map((id, index) => [id, results[index]!]));
    return ids.map(id => byId.get(id)!);
  }
}
