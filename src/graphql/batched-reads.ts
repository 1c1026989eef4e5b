import DataLoader from 'dataloader';
import type { OperationContext } from '../operations/context.js';

/** An operation that answers for many objects at once: one result an id, in their order. */
type Question<Args extends unknown[], Result> = (
  context: OperationContext,
  ids: readonly string[],
  ...args: Args
) => Promise<Result[]>;

/**
 * Collects what the objects of one level of an answer ask, so that a page of them costs as many statements as one.
 * Nothing is kept: a later mutation of the same operation, or a later event, is answered anew.
 */
export class BatchedReads {
  private readonly loaders = new Map<unknown, Map<string, DataLoader<string, unknown>>>();

  constructor(private readonly context: OperationContext) {}

  /** @param id uuid of the object that asks */
  load<Args extends unknown[], Result>(question: Question<Args, Result>, id: string, ...args: Args): Promise<Result> {
    const byArguments = this.loaders.get(question) ?? new Map<string, DataLoader<string, unknown>>();
    this.loaders.set(question, byArguments);
    const key = JSON.stringify(args);
    const loader = byArguments.get(key) ?? new DataLoader(ids => this.ask(question, ids, args), { cache: false });
    byArguments.set(key, loader);
    return loader.load(id) as Promise<Result>;
  }

  /** Asks for each id once, however many objects share it. */
  private async ask<Args extends unknown[], Result>(
    question: Question<Args, Result>,
    ids: readonly string[],
    args: Args,
  ): Promise<Result[]> {
    const unique = [...new Set(ids)];
    const results = await question(this.context, unique, ...args);
    const byId = new Map(unique.map((id, index) => [id, results[index]!]));
    return ids.map(id => byId.get(id)!);
  }
}
