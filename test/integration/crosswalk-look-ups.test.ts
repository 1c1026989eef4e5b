import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import type { CrosswalkLookup } from '../../src/domain/model/crosswalk.js';
import { lookUp, lookUpSql } from '../../src/store/crosswalk.js';
import { createDataSource } from '../../src/store/data-source.js';
import { transactionFor } from '../../src/store/transaction.js';
import { freshDatabase } from '../support/database.js';
import { atEndOfFile } from '../support/end-of-file.js';

const tickets = 40_000;
const [organization, project] = [randomUUID(), randomUUID()];
let urls: { ownerUrl: string; serverUrl: string };

// Written by SQL alone: a look-up finds rows of any writer.
beforeAll(async () => {
  urls = await freshDatabase('template_landfall', close => atEndOfFile(close as () => Promise<unknown>));
  const owner = new pg.Client({ connectionString: urls.ownerUrl });
  await owner.connect();
  await owner.query(`INSERT INTO landfall.organizations (id, name, kind, path) VALUES ($1, 'A', 'PARTNER', ARRAY[$1::uuid])`, [
    organization,
  ]);
  await owner.query(`INSERT INTO landfall.projects (id, organization_id, name, stage) VALUES ($1, $2, 'P', 'MAPPING')`, [
    project,
    organization,
  ]);
  await owner.query(
    `INSERT INTO landfall.crosswalk (project_id, organization_id, environment, source_type, source_id, destination_type, destination_id, conversation_id, origin)
     SELECT $1, $2, 'PRODUCTION', kind, n::text, target, (n + shift)::text, (n + 1000000)::text, 'CREATED'
     FROM generate_series(1, $3::int) n, (VALUES ('TICKET', 'CONVERSATION', 1000000), ('MESSAGE', 'CONVERSATION_PART', 2000000)) AS kinds (kind, target, shift)`,
    [project, organization, tickets],
  );
  await owner.end();
});

const shapes: [name: string, lookups: CrosswalkLookup[]][] = [
  ['a source key', [{ sourceType: 'TICKET', sourceId: '777' }]],
  ['a source key and where it went', [{ sourceType: 'TICKET', sourceId: '777', destinationType: 'CONVERSATION' }]],
  ['the number of a ticket, whatever its type', [{ sourceId: '777' }]],
  ['a destination key', [{ destinationType: 'CONVERSATION', destinationId: '1000777' }]],
  ['a destination id alone', [{ destinationId: '1000777' }]],
  ['both ids', [{ sourceId: '777', destinationId: '1000777' }]],
  [
    'a thousand, mixed',
    Array.from({ length: 1_000 }, (_, n) =>
      n % 2 ? { sourceId: String(n + 1) } : { destinationType: 'CONVERSATION' as const, destinationId: String(1_000_001 + n) },
    ),
  ],
];

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** What the database does for look-ups, as the server's role in its tenant. */
async function planOf(lookups: CrosswalkLookup[]): Promise<Plan> {
  const client = new pg.Client({ connectionString: urls.serverUrl });
  await client.connect();
  try {
    await client.query(`SELECT set_config('landfall.organization_id', $1, false)`, [organization]);
    const { rows } = await client.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${lookUpSql}`, [
      project,
      'PRODUCTION',
      lookups.map((_, place) => place),
      lookups.map(each => each.sourceType ?? null),
      lookups.map(each => each.sourceId ?? null),
      lookups.map(each => each.destinationType ?? null),
      lookups.map(each => each.destinationId ?? null),
    ]);
    return rows[0]['QUERY PLAN'][0].Plan as Plan;
  } finally {
    await client.end();
  }
}

describeEach('before the statistics are gathered', false);
describeEach('with statistics', true);

function describeEach(when: string, analyzed: boolean): void {
  test.each(shapes)(`%s is found by an index, ${when}`, async (_, lookups) => {
    if (analyzed) {
      const owner = new pg.Client({ connectionString: urls.ownerUrl });
      await owner.connect();
      await owner.query('ANALYZE landfall.crosswalk');
      await owner.end();
    }
    const plan = await planOf(lookups);
    const reads = nodesOf(plan).filter(node => node['Relation Name'] === 'crosswalk');
    expect(reads.map(node => node['Node Type']).filter(type => !/Index/.test(type))).toEqual([]);
    expect(reads.length).toBeGreaterThan(0);
    // A few pages for each look-up, for any size of the table.
    expect(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']).toBeLessThan(40 + 12 * lookups.length);
  });
}

test('each form of a look-up finds the same ticket, in the order of the look-ups', async () => {
  const database = createDataSource(urls.serverUrl, { poolSize: 2 });
  await database.initialize();
  try {
    const lookups = shapes.slice(0, -1).map(([, [lookup]]) => lookup!);
    const { result } = await transactionFor(database, organization, tx =>
      lookUp(tx, project, 'PRODUCTION', [...lookups, { sourceId: 'none' }]),
    );
    for (const entries of result.slice(0, -1))
      expect(entries).toContainEqual(
        expect.objectContaining({ sourceType: 'TICKET', sourceId: '777', destinationId: '1000777' }),
      );
    expect(result.at(-1)).toEqual([]);
    expect(result.map(entries => entries.length)).toEqual([1, 1, 2, 1, 1, 1, 0]);
  } finally {
    await database.destroy();
  }
});
