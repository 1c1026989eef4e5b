import pg from 'pg';
import { expect, test } from 'vitest';
import { migrations } from '../../migrations/index.js';
import { createQueues, queueSchema } from '../../src/jobs/queue.js';
import { queueNames } from '../../src/jobs/tasks.js';
import { createDataSource } from '../../src/store/data-source.js';
import { migrate } from '../../src/store/migrate.js';
import { checkDatabase } from '../../src/store/readiness.js';
import { freshDatabase } from '../support/database.js';

async function as<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const bring = (urls: { ownerUrl: string; serverUrl: string }) =>
  migrate(urls, migrations, queueSchema, url => createQueues(url, queueNames));

async function check(serverUrl: string): Promise<void> {
  const database = createDataSource(serverUrl, { poolSize: 1 });
  await database.initialize();
  try {
    await checkDatabase(database, migrations, queueSchema);
  } finally {
    await database.destroy();
  }
}

test("a migration revokes rights that the server's role does not need, and a start refuses remaining ones", async () => {
  const urls = await freshDatabase('template0');
  // As older versions, and Postgres itself, leave it.
  await as(urls.ownerUrl, owner => owner.query(`GRANT TEMP ON DATABASE ${new URL(urls.ownerUrl).pathname.slice(1)} TO PUBLIC`));
  await bring(urls);
  await as(urls.ownerUrl, owner =>
    owner.query('GRANT TRUNCATE ON ALL TABLES IN SCHEMA pgboss TO landfall; GRANT CREATE ON SCHEMA public TO PUBLIC'),
  );
  await expect(check(urls.serverUrl)).rejects.toThrow(/CREATE on a schema.*TRUNCATE/);
  await bring(urls);
  await check(urls.serverUrl);
  await as(urls.serverUrl, async server => {
    const { rows } = await server.query(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('landfall', 'pgboss')`,
    );
    expect(rows.length).toBeGreaterThan(20);
    for (const { name } of rows) await expect(server.query(`TRUNCATE ${name}`), name).rejects.toThrow(/permission denied/);
    for (const sql of [
      'CREATE TEMP TABLE x (y int)',
      'CREATE TABLE public.x (y int)',
      'CREATE TABLE landfall.x (y int)',
      'CREATE SCHEMA x',
      'CREATE FUNCTION public.x() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
    ]) {
      await expect(server.query(sql), sql).rejects.toThrow(/permission denied/);
    }
    const owned = await server.query(
      `SELECT 1 FROM pg_class WHERE relowner = current_user::regrole UNION ALL SELECT 1 FROM pg_proc WHERE proowner = current_user::regrole`,
    );
    expect(owned.rowCount).toBe(0);
  });
  const name = new URL(urls.ownerUrl).pathname.slice(1);
  await as(urls.ownerUrl, owner => owner.query(`GRANT TEMP ON DATABASE ${name} TO landfall`));
  await expect(check(urls.serverUrl)).rejects.toThrow(/TEMP on the database/);
});
