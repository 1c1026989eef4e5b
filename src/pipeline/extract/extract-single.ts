import { Journal } from './journal.js';
import type { Census, ListingWork } from './listing-work.js';

/** Reads one object. */
export async function extractSingle({ work, source, listing, progress }: ListingWork): Promise<Census> {
  const journal = new Journal(work, source, listing, { fraction: () => progress.fraction(), checkpoint: () => null });
  const record = await source.one(listing, null);
  await journal.write({ records: record ? [record] : [], sweep: 1 });
  return { listed: record ? 1 : 0 };
}
