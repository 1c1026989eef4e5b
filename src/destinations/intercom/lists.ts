import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Answer } from './answer.js';
import type { IntercomClient } from './client.js';

/** No workspace has more items in a list that is read whole. A longer list is an attack. */
const maxItems = 50_000;

/** A list that grows page by page. @throws CallFailure REJECTED if it does not end */
export class BoundedList<T> {
  readonly items: T[] = [];

  add(items: readonly T[]): void {
    this.items.push(...items);
    if (this.items.length > maxItems) throw new CallFailure('REJECTED', `The list has more than ${maxItems} items.`);
  }
}

/**
 * All items of a list, which is whole unless its first answer reports more pages.
 * @param name of the list if the answer does not call it `data`; the API uses both
 */
export async function wholeList(client: IntercomClient, path: string, name = 'data'): Promise<Answer[]> {
  const itemsOf = (answer: Answer): Answer[] => answer.data ?? answer[name] ?? [];
  const list = new BoundedList<Answer>();
  const first = await client.read(path);
  list.add(itemsOf(first));
  for (let page = 2; page <= Number(first.pages?.total_pages ?? 1); page++) {
    const more = itemsOf(await client.read(path, { page: String(page) }));
    // An empty page is the last one, even if another number of pages is reported.
    if (more.length === 0) break;
    list.add(more);
  }
  return list.items;
}

const isTooLarge = (error: unknown) => error instanceof CallFailure && error.kind === 'TOO_LARGE';

/** Page sizes to try. Each divides the one before, so that smaller pages begin where the larger one would. */
const sizesFrom = (largest: number) => [largest, largest / 5, largest / 10, 1].filter(Number.isInteger);

/**
 * Pages by number. A page that is too large is requested again in smaller ones.
 * @param largest page size; a multiple of 10
 * @param until UNTIL_NOT_FULL if the API does not report the number of pages: ends with the first page that is not full
 */
export async function* numberedPages(
  client: IntercomClient,
  path: string,
  largest: number,
  until: 'AS_REPORTED' | 'UNTIL_NOT_FULL' = 'AS_REPORTED',
): AsyncGenerator<Answer> {
  const sizes = sizesFrom(largest);
  let size = sizes.shift()!;
  for (let page = 1; ; ) {
    try {
      const answer = await client.read(path, { page: String(page), per_page: String(size) });
      yield answer;
      const isLast = until === 'AS_REPORTED' ? page >= Number(answer.pages?.total_pages ?? 1) : (answer.data?.length ?? 0) < size;
      if (isLast) return;
      page++;
    } catch (error) {
      if (!isTooLarge(error) || sizes.length === 0) throw error;
      const before = (page - 1) * size;
      size = sizes.shift()!;
      page = before / size + 1;
    }
  }
}

/**
 * Pages by cursor. A page that is too large is requested again in smaller ones.
 * @param read a page of this size, after the cursor
 */
export async function* pagesByCursor(
  largest: number,
  read: (size: number, after: string | undefined) => Promise<Answer>,
): AsyncGenerator<Answer> {
  const sizes = sizesFrom(largest);
  let size = sizes.shift()!;
  for (let after: string | undefined; ; ) {
    try {
      const answer = await read(size, after);
      yield answer;
      const next: string | undefined = answer.pages?.next?.starting_after;
      if (!next) return;
      if (next === after) throw new CallFailure('NOT_JSON', 'The list answers the same page again and again.');
      after = next;
    } catch (error) {
      if (!isTooLarge(error) || sizes.length === 0) throw error;
      size = sizes.shift()!;
    }
  }
}
