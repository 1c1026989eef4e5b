import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Source, SourceListing, SourceRecord } from '../../../src/domain/ports/source.js';
import { extractPages } from '../../../src/pipeline/extract/extract-pages.js';
import type { ListingWork } from '../../../src/pipeline/extract/listing-work.js';

/** A staged record: the sweep that found it last, and whether it counts as gone. */
const store = vi.hoisted(() => ({
  rows: new Map<string, { raw: string; sweep: number; gone: boolean }>(),
  counted: 0,
}));

// Staging in memory, with the meaning of the statements of the store.
vi.mock('../../../src/store/staging.js', () => ({
  stage: async (_: unknown, __: unknown, { sweep }: { sweep: number }, records: readonly SourceRecord[]) => {
    let added = 0;
    for (const { id, raw } of records) {
      if (!store.rows.has(id)) added++;
      store.rows.set(id, { raw, sweep, gone: false });
    }
    return added;
  },
  countSeen: async (_: unknown, __: unknown, { sweep }: { sweep: number }) =>
    [...store.rows.values()].filter(row => row.sweep === sweep && !row.gone).length,
  missing: async (_: unknown, __: unknown, { sweep }: { sweep: number }, after: string) =>
    [...store.rows]
      .filter(([id, row]) => !row.gone && row.sweep !== sweep && id > after)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([sourceId, row]) => ({ sourceId, sinceSweep: row.sweep })),
  markGone: async (_: unknown, __: unknown, ___: unknown, ids: readonly string[]) => {
    for (const id of ids) store.rows.get(id)!.gone = true;
  },
}));
vi.mock('../../../src/store/staged-records.js', () => ({
  countStaged: async () => ({ gone: [...store.rows.values()].filter(row => row.gone).length }),
}));
vi.mock('../../../src/store/issues.js', () => ({ raiseIssues: async () => {} }));
vi.mock('../../../src/store/child-listings.js', () => ({ saveChildListings: async () => {} }));
vi.mock('../../../src/store/run-leases.js', () => ({ reportProgress: async () => {} }));
vi.mock('../../../src/store/run-phases.js', () => ({
  changePhase: async () => {},
  countInPhase: async (_: unknown, __: unknown, ___: unknown, { staged }: { staged: number }) => {
    store.counted += staged;
  },
}));

/** A change of the listing. Positions are shares of its length. */
type Drift = { is: 'insert' | 'remove' | 'update' | 'move'; at: number; to: number };

interface Item {
  id: string;
  version: number;
  updatedAt: number;
}

/** A listing that changes before its calls are answered. Each change and each call takes a second of its clock. */
class DriftingListing {
  private clock = 1_000_000;
  private made = 0;
  calls = 0;
  readonly pageSize: number;
  readonly items: Item[];

  constructor(
    size: number,
    pageSize: number,
    private readonly drift: readonly (readonly Drift[])[],
  ) {
    this.pageSize = pageSize;
    this.items = Array.from({ length: size }, () => this.create());
  }

  private create(): Item {
    return { id: `r${String(this.made++).padStart(3, '0')}`, version: 0, updatedAt: this.clock };
  }

  private apply({ is, at, to }: Drift): void {
    this.clock += 1_000;
    const { items } = this;
    const place = Math.floor(at * items.length);
    if (is === 'insert') items.splice(place, 0, this.create());
    else if (items.length === 0) return;
    else if (is === 'remove') items.splice(place, 1);
    else {
      const item = items[place]!;
      Object.assign(item, { version: item.version + 1, updatedAt: this.clock });
      if (is === 'move') items.splice(Math.floor(to * items.length), 0, ...items.splice(place, 1));
    }
  }

  private async answer<T>(read: () => T): Promise<T> {
    for (const each of this.drift[this.calls++] ?? []) this.apply(each);
    this.clock += 1_000;
    return read();
  }

  private record = ({ id, version }: Item): SourceRecord => ({
    id,
    raw: JSON.stringify({ id, version }),
    parentId: null,
    createdAt: null,
    updatedAt: null,
    channel: null,
    references: [],
    tags: [],
    skipped: false,
    problems: [],
  });

  private since(date?: Date): Item[] {
    return this.items.filter(({ updatedAt }) => !date || updatedAt >= date.getTime());
  }

  get source(): Source {
    const listing = this;
    return {
      pageSize: listing.pageSize,
      get calls() {
        return listing.calls;
      },
      page: (_: SourceListing, number: number, { size = listing.pageSize, since }: { size?: number; since?: Date } = {}) =>
        listing.answer(() => {
          const all = listing.since(since);
          const records = all.slice((number - 1) * size, number * size).map(listing.record);
          return { records, total: all.length, at: new Date(listing.clock) };
        }),
      count: (_: SourceListing, since?: Date) =>
        listing.answer(() => ({ total: listing.since(since).length, at: new Date(listing.clock) })),
      one: (_: SourceListing, id: string) =>
        listing.answer(() => {
          const item = listing.items.find(each => each.id === id);
          return item ? listing.record(item) : null;
        }),
    } as unknown as Source;
  }
}

async function extract(listing: DriftingListing, about: { byId: boolean; since: boolean }): Promise<number | null> {
  store.rows.clear();
  store.counted = 0;
  const run = <T>(work: (tx: unknown) => Promise<T>) => work({});
  const context = {
    work: { lease: { projectId: 'p', runId: 'r' }, transaction: run, fencedTransaction: run, checkHalt: () => {} },
    source: listing.source,
    listing: { name: 'tickets', recordType: 'TICKET', shape: 'PAGES', observed: true, ...about },
    phase: { checkpoint: {} },
    urgentSince: null,
    changedSince: null,
    progress: { set: () => {}, fraction: () => 0 },
  } as unknown as ListingWork;
  return (await extractPages(context)).source;
}

/** Often the first place: a change there moves every record. */
const places = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.999, noNaN: true }));
const drifts = fc.record({
  is: fc.constantFrom('insert', 'remove', 'update', 'move'),
  at: places,
  to: places,
}) as fc.Arbitrary<Drift>;
/** At most six changes, each before one of the first calls: the listing comes to rest before the last sweep. */
const schedules = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 24 }), drifts), { maxLength: 6 })
  .map(changes => Array.from({ length: 25 }, (_, call) => changes.filter(([at]) => at === call).map(([, drift]) => drift)));
/** Once lost a record: a deletion shifts it to a page that was read, and an insertion hides that in the totals, in two sweeps. */
const found = {
  size: 5,
  pageSize: 1,
  drift: Array.from({ length: 25 }, (_, call): Drift[] =>
    call === 1 || call === 18 ? [{ is: 'remove', at: 0, to: 0 }] : call === 8 ? [{ is: 'insert', at: 0, to: 0 }] : [],
  ),
};
const listings = fc.record({ size: fc.integer({ min: 0, max: 10 }), pageSize: fc.integer({ min: 1, max: 3 }), drift: schedules });

test('records that move between pages while they are read: none is lost, none is counted twice, gone ones are marked', async () => {
  await fc.assert(
    fc.asyncProperty(listings, fc.boolean(), async ({ size, pageSize, drift }, byId) => {
      const listing = new DriftingListing(size, pageSize, drift);
      const before = new Set(listing.items.map(({ id }) => id));
      const source = await extract(listing, { byId, since: true });
      const alive = listing.items.filter(({ id }) => before.has(id)).map(({ id }) => id);
      expect(alive.filter(id => store.rows.get(id)?.gone !== false)).toEqual([]);
      // What was counted is what is staged: each record once, and the source has as many.
      expect(store.counted).toBe(store.rows.size);
      expect(source).toBe(store.rows.size);
    }),
    { numRuns: 3_000, examples: [[found, false]] },
  );
});

test('a listing at rest is read with one call for each page, and the calls that count it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 6 }), async (size, pageSize) => {
      const listing = new DriftingListing(size, pageSize, []);
      expect(await extract(listing, { byId: true, since: true })).toBe(size);
      expect([...store.rows.keys()].sort()).toEqual(listing.items.map(({ id }) => id));
      const pages = Math.max(1, Math.ceil(size / pageSize));
      expect(listing.calls).toBe(pages === 1 ? 1 : pages + 2);
    }),
    { numRuns: 200 },
  );
});
