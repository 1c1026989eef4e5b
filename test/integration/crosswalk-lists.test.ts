import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Keyset } from '../../src/domain/model/page.js';
import { type CrosswalkFilter, crosswalkList, pagesOfEntries } from '../../src/store/crosswalk-lists.js';
import { createDataSource, type Database } from '../../src/store/data-source.js';
import { countsOf } from '../../src/store/pages.js';
import { transactionFor } from '../../src/store/transaction.js';
import { freshDatabase } from '../support/database.js';
import { atEndOfFile } from '../support/end-of-file.js';

const tickets = 30_000;
const [organization, small, large] = [randomUUID(), randomUUID(), randomUUID()];
let urls: { ownerUrl: string; serverUrl: string };
let database: Database;

const asOwner = async <T>(work: (owner: pg.Client) => Promise<T>): Promise<T> => {
  const owner = new pg.Client({ connectionString: urls.ownerUrl });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
};

// Written by SQL alone. Few entries are adopted or rolled back, and they are the oldest: a page of them is far from the newest.
beforeAll(async () => {
  urls = await freshDatabase('template_landfall', end => atEndOfFile(end as () => Promise<unknown>));
  await asOwner(async owner => {
    await owner.query(`INSERT INTO landfall.organizations (id, name, kind, path) VALUES ($1, 'A', 'PARTNER', ARRAY[$1::uuid])`, [
      organization,
    ]);
    for (const [project, count] of [
      [small, 40],
      [large, tickets],
    ] as const) {
      await owner.query(`INSERT INTO landfall.projects (id, organization_id, name, stage) VALUES ($1, $2, 'P', 'MAPPING')`, [
        project,
        organization,
      ]);
      await owner.query(
        `INSERT INTO landfall.crosswalk (project_id, organization_id, environment, source_type, source_id, destination_type, destination_id, origin, state, loaded_at)
         SELECT $1, $2, environment, kind, n::text, target, n::text,
           CASE WHEN kind = 'CONTACT' AND n <= 7 THEN 'ADOPTED' ELSE 'CREATED' END, CASE WHEN n = 9 THEN 'ROLLED_BACK' ELSE 'ACTIVE' END,
           '2026-01-01'::timestamptz + (n / 3) * interval '1 second'
         FROM generate_series(1, $3::int) n,
           (VALUES ('TICKET', 'CONVERSATION'), ('TICKET', 'CONVERSATION_PART'), ('MESSAGE', 'CONVERSATION_PART'), ('CONTACT', 'CONTACT')) AS kinds (kind, target),
           (VALUES ('PRODUCTION'), ('SANDBOX')) AS environments (environment) WHERE environment = 'PRODUCTION' OR n < 5`,
        [project, organization, count],
      );
    }
  });
  database = createDataSource(urls.serverUrl, { poolSize: 2 });
  await database.initialize();
  atEndOfFile(() => database.destroy());
});

const all: CrosswalkFilter = {
  environment: 'PRODUCTION',
  sourceType: null,
  destinationType: null,
  origin: null,
  state: null,
  order: 'NEWEST',
};
const filters: [name: string, filter: CrosswalkFilter][] = [
  ['all', all],
  ['oldest first', { ...all, order: 'OLDEST' }],
  ['one kind of record', { ...all, sourceType: 'TICKET' }],
  ['one kind of object', { ...all, destinationType: 'CONVERSATION_PART' }],
  ['adopted', { ...all, origin: 'ADOPTED' }],
  ['rolled back', { ...all, state: 'ROLLED_BACK' }],
  ['adopted tickets, of which there are none', { ...all, sourceType: 'TICKET', origin: 'ADOPTED' }],
  ['active contacts', { ...all, sourceType: 'CONTACT', destinationType: 'CONTACT', origin: 'CREATED', state: 'ACTIVE' }],
];

const within = async <T>(work: Parameters<typeof transactionFor<T>>[2]) =>
  (await transactionFor(database, organization, work)).result;

const page = (project: string, filter: CrosswalkFilter, after: Keyset | null, size = 20, fromEnd = false) =>
  within(async tx => {
    const window = { size, fromEnd, after: fromEnd ? null : after, before: fromEnd ? after : null };
    return (await pagesOfEntries(tx, crosswalkList(filter), [project], window))[0]!;
  });

test.each(filters)('%s: pages walk through the same entries, in the same order, as one sorted list', async (_, filter) => {
  const expected = await asOwner(async owner => {
    const { rows } = await owner.query<{ id: string }>(
      `SELECT id FROM landfall.crosswalk WHERE project_id = $1 AND environment = $2 AND source_type = coalesce($3, source_type)
         AND destination_type = coalesce($4, destination_type) AND origin = coalesce($5, origin) AND state = coalesce($6, state)
       ORDER BY loaded_at, id`,
      [small, filter.environment, filter.sourceType, filter.destinationType, filter.origin, filter.state],
    );
    return rows.map(({ id }) => id);
  });
  if (filter.order === 'NEWEST') expected.reverse();
  for (const fromEnd of [false, true]) {
    const seen: string[] = [];
    let at: Keyset | null = null;
    for (let more = true; more; ) {
      const { items, hasNextPage, hasPreviousPage } = await page(small, filter, at, 17, fromEnd);
      seen.splice(fromEnd ? 0 : seen.length, 0, ...items.map(({ id }) => id));
      const edge = fromEnd ? items[0] : items.at(-1);
      if (edge) at = { at: edge.loadedAt, id: edge.id };
      more = fromEnd ? hasPreviousPage : hasNextPage;
    }
    expect(seen).toEqual(expected);
  }
  expect(await within(tx => countsOf(tx, crosswalkList(filter), [small]))).toEqual([expected.length]);
});

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** What the database does for a page, as the server's role in its tenant. */
const planOf = (filter: CrosswalkFilter, after: Keyset | null): Promise<Plan> =>
  within(async tx => {
    let plan: Plan | null = null;
    const explained = Object.assign(Object.create(tx.manager), {
      query: async (sql: string, parameters: unknown[]) => {
        const explain = `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`;
        const [row] = await tx.manager.query<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(explain, parameters);
        plan = row!['QUERY PLAN'][0]!.Plan;
        return [];
      },
    }) as typeof tx.manager;
    const window = { size: 20, fromEnd: false, after, before: null };
    await pagesOfEntries({ ...tx, manager: explained }, crosswalkList(filter), [large], window);
    return plan!;
  });

const middle: Keyset = { at: new Date('2026-01-01T01:00:00Z'), id: '80000000-0000-4000-8000-000000000000' };

describe.each([false, true])('with statistics: %s', analyzed => {
  beforeAll(() => asOwner(async owner => void (analyzed && (await owner.query('ANALYZE landfall.crosswalk')))));

  test.each(filters)('%s: an index finds a page among many entries', async (_, filter) => {
    for (const after of [null, middle]) {
      const plan = await planOf(filter, after);
      const reads = nodesOf(plan).filter(node => node['Relation Name'] === 'crosswalk');
      expect(reads.length).toBeGreaterThan(0);
      expect(reads.map(node => node['Node Type']).filter(type => !/Index/.test(type))).toEqual([]);
      // Some pages for each combination that occurs, and one for each row that is read.
      expect(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']).toBeLessThan(400);
      const rows = reads.reduce((sum, node) => sum + node['Actual Rows'] * node['Actual Loops'], 0);
      expect(rows).toBeLessThan(250);
    }
  });
});
