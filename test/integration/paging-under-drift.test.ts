import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Source, SourceListing, SourceRecord } from '../../src/domain/ports/source.js';
import { extractPages } from '../../src/pipeline/extract/extract-pages.js';
import type { ListingWork } from '../../src/pipeline/extract/listing-work.js';
import { createDataSource, type Database } from '../../src/store/data-source.js';
import { type Tx, transactionFor } from '../../src/store/transaction.js';
import { freshDatabase } from '../support/database.js';
import { atEndOfFile } from '../support/end-of-file.js';

const organizationId = randomUUID();
let owner: Database;
let server: Database;
const transact = async <T>(each: (tx: Tx) => Promise<T>) => (await transactionFor(server, organizationId, each)).result;

beforeAll(async () => {
  const urls = await freshDatabase('template_landfall', atEndOfFile);
  const open = async (url: string) => {
    const database = await createDataSource(url).initialize();
    atEndOfFile(() => database.destroy());
    return database;
  };
  owner = await open(urls.ownerUrl);
  server = await open(urls.serverUrl);
  await owner.query(`INSERT INTO landfall.organizations (id, name, kind) VALUES ($1, 'One', 'PARTNER')`, [organizationId]);
});

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

/** Reads the listing in a run of a new project. */
async function extract(listing: DriftingListing, about: { byId: boolean; since: boolean }) {
  const [projectId, runId] = [randomUUID(), randomUUID()];
  await owner.query(
    `WITH project AS (INSERT INTO landfall.projects (id, organization_id, name) VALUES ($1, $3, 'One')),
       run AS (INSERT INTO landfall.runs (id, project_id, organization_id, kind, state) VALUES ($2, $1, $3, 'EXTRACTION', 'RUNNING'))
     INSERT INTO landfall.run_phases (run_id, organization_id, name, record_type, position) VALUES ($2, $3, 'tickets', 'TICKET', 0)`,
    [projectId, runId, organizationId],
  );
  const lease = { projectId, runId, organizationId, kind: 'EXTRACTION', epoch: 0 };
  const context = {
    work: { lease, transaction: transact, fencedTransaction: transact, checkHalt: () => {} },
    source: listing.source,
    listing: { name: 'tickets', recordType: 'TICKET', shape: 'PAGES', observed: true, ...about },
    phase: { checkpoint: {} },
    urgentSince: null,
    changedSince: null,
    progress: { set: () => {}, fraction: () => 0 },
  } as unknown as ListingWork;
  const { listed } = await extractPages(context);
  const rows: { id: string; isGone: boolean }[] = await owner.query(
    `SELECT source_id AS id, gone_at IS NOT NULL AS "isGone" FROM landfall.staged_records WHERE project_id = $1 ORDER BY 1`,
    [projectId],
  );
  const [phase] = await owner.query('SELECT staged FROM landfall.run_phases WHERE run_id = $1', [runId]);
  // As the end of a listing counts: what the source has no longer is counted too.
  const source = listed === null ? null : listed + rows.filter(each => each.isGone).length;
  return { source, staged: new Map(rows.map(({ id, isGone }) => [id, isGone])), counted: Number(phase.staged) };
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
/** Generated inputs; more of them find more. */
const runs = Number(process.env.LANDFALL_DRIFTS ?? 150);
const listings = fc.record({ size: fc.integer({ min: 0, max: 10 }), pageSize: fc.integer({ min: 1, max: 3 }), drift: schedules });

test('records that move between pages while they are read: none is lost, none is counted twice, gone ones are marked', async () => {
  await fc.assert(
    fc.asyncProperty(listings, fc.boolean(), async ({ size, pageSize, drift }, byId) => {
      const listing = new DriftingListing(size, pageSize, drift);
      const before = new Set(listing.items.map(({ id }) => id));
      const { source, staged, counted } = await extract(listing, { byId, since: true });
      const alive = listing.items.filter(({ id }) => before.has(id)).map(({ id }) => id);
      expect(alive.filter(id => staged.get(id) !== false)).toEqual([]);
      // What was counted is what is staged: each record once, and the source has as many.
      expect(counted).toBe(staged.size);
      expect(source).toBe(staged.size);
    }),
    { numRuns: runs, examples: [[found, false]] },
  );
});

test('a listing at rest is read with one call for each page, and the calls that count it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 6 }), async (size, pageSize) => {
      const listing = new DriftingListing(size, pageSize, []);
      const { source, staged } = await extract(listing, { byId: true, since: true });
      expect(source).toBe(size);
      expect([...staged.keys()]).toEqual(listing.items.map(({ id }) => id));
      const pages = Math.max(1, Math.ceil(size / pageSize));
      expect(listing.calls).toBe(pages === 1 ? 1 : pages + 2);
    }),
    { numRuns: Math.ceil(runs / 5) },
  );
});
