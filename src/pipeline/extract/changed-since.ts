import { piecesOf } from '../../domain/ports/page-pieces.js';
import type { Journal } from './journal.js';
import { type ListingWork, tooLargeIssue } from './listing-work.js';

/** How far back a delta looks behind the start of the last reading: whether the source's filter takes the instant itself is not known. */
export const overlapMs = 10 * 60_000;

/** Shortly before the last reading began, by the clock of the source. @param at the clock of the source now */
export const shortlyBefore = (lastReading: Date, at: Date): Date =>
  // Both clocks now: the clock of the source can be wrong by days.
  new Date(lastReading.getTime() - overlapMs + Math.min(0, at.getTime() - Date.now()));

/**
 * Reads what has changed since then, by the source's own filter. A record with an unchanged text is only marked as seen.
 * @param since by the clock of the source
 */
export async function readChanges(
  { work, source, listing }: ListingWork,
  { sweep, since, size }: { sweep: number; since: Date; size: number },
  journal: Journal,
): Promise<void> {
  for (let number = 1, read = 0; ; number++) {
    work.checkHalt();
    const issues: ReturnType<typeof tooLargeIssue>[] = [];
    const onTooLarge = (position: number) => issues.push(tooLargeIssue(listing, position, null));
    let count = 0;
    let total: number | null = null;
    for await (const piece of piecesOf(source, listing, { number, size, since, onTooLarge })) {
      count += piece.records.length;
      total = piece.total;
      await journal.write({ records: piece.records, sweep });
    }
    if (issues.length > 0) await journal.write({ records: [], issues, sweep });
    read += count + issues.length;
    if (count === 0 || (total !== null && read >= total)) return;
  }
}
