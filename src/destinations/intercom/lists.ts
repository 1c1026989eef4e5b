import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Answer, IntercomClient } from './intercom-client.js';

/** More than any workspace has of what is listed whole; who answers more means harm. */
const maxListed = 50_000;

/** Gathers what a list holds. @throws CallFailure REJECTED where it does not end */
export class Gathered<T> {
  readonly all: T[] = [];

  add(items: readonly T[]): void {
    this.all.push(...items);
    if (this.all.length > maxListed) throw new CallFailure('REJECTED', `A list of more than ${maxListed} is not read.`);
  }
}

/**
 * All of a list, which is whole unless it tells of more pages.
 * @param name of the list where it is not `data`; both were seen
 */
export async function wholeList(client: IntercomClient, path: string, name = 'data'): Promise<Answer[]> {
  const itemsOf = (answer: Answer): Answer[] => answer.data ?? answer[name] ?? [];
  const gathered = new Gathered<Answer>();
  const first = await client.read(path);
  gathered.add(itemsOf(first));
  for (let page = 2; page <= Number(first.pages?.total_pages ?? 1); page++) {
    const more = itemsOf(await client.read(path, { page: String(page) }));
    // However many it tells: behind an empty one there is none.
    if (more.length === 0) break;
    gathered.add(more);
  }
  return gathered.all;
}

const tooLarge = (error: unknown) => error instanceof CallFailure && error.kind === 'TOO_LARGE';

/** Sizes of a page: each divides the one before, so that smaller pages hold what the larger one would. */
const sizesFrom = (largest: number) => [largest, largest / 5, largest / 10, 1].filter(Number.isInteger);

/**
 * Pages by number. One that is too large is asked again in smaller ones.
 * @param largest how many a page holds; a multiple of 10
 * @param until TO_THE_LAST where it is not told how many there are: up to a page that is not full
 */
export async function* numberedPages(
  client: IntercomClient,
  path: string,
  largest: number,
  until: 'AS_TOLD' | 'TO_THE_LAST' = 'AS_TOLD',
): AsyncGenerator<Answer> {
  const sizes = sizesFrom(largest);
  let size = sizes.shift()!;
  for (let page = 1; ; ) {
    try {
      const answer = await client.read(path, { page: String(page), per_page: String(size) });
      yield answer;
      const isLast = until === 'AS_TOLD' ? page >= Number(answer.pages?.total_pages ?? 1) : (answer.data?.length ?? 0) < size;
      if (isLast) return;
      page++;
    } catch (error) {
      if (!tooLarge(error) || sizes.length === 0) throw error;
      const before = (page - 1) * size;
      size = sizes.shift()!;
      page = before / size + 1;
    }
  }
}

/** Pages by cursor; the same. @param ask for so many, behind the cursor */
export async function* pagesByCursor(
  largest: number,
  ask: (size: number, after: string | undefined) => Promise<Answer>,
): AsyncGenerator<Answer> {
  const sizes = sizesFrom(largest);
  let size = sizes.shift()!;
  for (let after: string | undefined; ; ) {
    try {
      const answer = await ask(size, after);
      yield answer;
      const next: string | undefined = answer.pages?.next?.starting_after;
      if (!next) return;
      if (next === after) throw new CallFailure('NOT_JSON', 'The list answers the same page again and again.');
      after = next;
    } catch (error) {
      if (!tooLarge(error) || sizes.length === 0) throw error;
      size = sizes.shift()!;
    }
  }
}
