import pg from 'pg';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { isUnavailable } from '../../src/store/failures.js';
import { preparingClient, StatementNames } from '../../src/store/prepared-statements.js';
import { freshDatabase } from '../support/database.js';
import { atEndOfFile } from '../support/end-of-file.js';

let client: pg.Client;
let ownerUrl: string;
const prepared = async () =>
  (await client.query("SELECT statement FROM pg_prepared_statements WHERE statement NOT LIKE '%pg_prepared%'")).rows.map(
    ({ statement }) => statement as string,
  );

beforeAll(async () => {
  ({ ownerUrl } = await freshDatabase('template0', atEndOfFile));
});
beforeEach(async () => {
  client = new (preparingClient(new StatementNames()))({ connectionString: ownerUrl });
  await client.connect();
  return () => client.end();
});

test('a statement is prepared when it repeats; one without parameters never', async () => {
  const answers: number[] = [];
  for (const value of [1, 2, 3, 4, 5]) {
    const { rows } = await client.query('SELECT $1::int + 1 AS sum', [value]);
    answers.push(rows[0].sum);
    await client.query('SELECT 7');
  }
  await client.query('SELECT $1::int AS once', [1]);
  expect(answers).toEqual([2, 3, 4, 5, 6]);
  expect(await prepared()).toEqual(['SELECT $1::int + 1 AS sum']);
});

test('however many statements a process has, a bounded number is prepared', async () => {
  for (let round = 0; round < 4; round++)
    for (let width = 1; width <= 320; width++)
      await client.query(`SELECT $1::int AS n WHERE $1 IN (${Array(width).fill('$1').join(',')})`, [width]);
  expect((await prepared()).length).toBe(300);
});

test('after a change of its columns a statement fails once, as something that can be repeated', async () => {
  await client.query('CREATE TABLE changed (id int)');
  await client.query('INSERT INTO changed VALUES (1)');
  const read = () => client.query('SELECT * FROM changed WHERE id = $1', [1]).then(({ rows }) => rows);
  for (let time = 0; time < 4; time++) expect(await read()).toEqual([{ id: 1 }]);
  await client.query("ALTER TABLE changed ADD name text DEFAULT 'x'");
  const failure = await read().catch(error => error);
  expect(failure).toBeInstanceOf(Error);
  expect(isUnavailable(failure)).toBe(true);
  expect(await read()).toEqual([{ id: 1, name: 'x' }]);
});

test('a plan that was made for a small table is replaced when the table has grown', async () => {
  await client.query('CREATE TABLE grown (id int PRIMARY KEY, filler text) WITH (autovacuum_enabled = off)');
  await client.query("INSERT INTO grown VALUES (1, 'x')");
  await client.query('ANALYZE grown');
  for (let time = 0; time < 12; time++) await client.query('SELECT filler FROM grown WHERE id = $1', [5]);
  const { rows } = await client.query("SELECT name FROM pg_prepared_statements WHERE statement LIKE '%FROM grown%'");
  const plan = async () => JSON.stringify((await client.query(`EXPLAIN EXECUTE ${pg.escapeIdentifier(rows[0].name)} (5)`)).rows);
  await client.query("INSERT INTO grown SELECT n, repeat('x', 100) FROM generate_series(2, 20000) n");
  expect(await plan()).toMatch(/Seq Scan on grown/);
  const now = performance.now.bind(performance);
  performance.now = () => now() + 6_000;
  try {
    await client.query('START TRANSACTION');
    expect(await plan()).toMatch(/Index Scan using grown_pkey/);
    await client.query('COMMIT');
  } finally {
    performance.now = now;
  }
});
