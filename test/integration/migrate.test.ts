import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { migrations } from '../../migrations/index.js';
import { createQueues, queueSchema } from '../../src/jobs/queue.js';
import { queueNames } from '../../src/jobs/tasks.js';
import { createDataSource } from '../../src/store/data-source.js';
import { purgeIdempotencyKeys } from '../../src/store/idempotency-keys.js';
import { migrate } from '../../src/store/migrate.js';
import { schemaDifference } from '../../src/store/schema-difference.js';
import { freshDatabase } from '../support/database.js';

const run = (urls: { ownerUrl: string; serverUrl: string }) =>
  migrate(urls, migrations, queueSchema, url => createQueues(url, queueNames));

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

test('five starts at once migrate once', async () => {
  const urls = await freshDatabase('template0');
  const ran = await Promise.all(Array.from({ length: 5 }, () => run(urls)));
  expect(ran.filter(names => names.length > 0)).toEqual([migrations.map(migration => migration.name)]);
  expect(await schemaDifference(urls.ownerUrl)).toEqual([]);
});

test('an entity that no migration knows is reported as a difference', async () => {
  const urls = await freshDatabase();
  await withClient(urls.ownerUrl, owner => owner.query('ALTER TABLE landfall.projects DROP COLUMN external_ref'));
  expect(await schemaDifference(urls.ownerUrl)).toContainEqual(expect.stringContaining('external_ref'));
});

test("the server's role may do with each table what its code does, and nothing else", async () => {
  const { ownerUrl } = await freshDatabase();
  const granted = await withClient(ownerUrl, owner =>
    owner.query(
      `SELECT table_name AS table, string_agg(privilege_type, ' ' ORDER BY privilege_type) AS may FROM information_schema.table_privileges
       WHERE table_schema = 'landfall' AND grantee = 'landfall' GROUP BY 1 ORDER BY 1`,
    ),
  );
  expect(granted.rows).toEqual([
    { table: 'agents', may: 'INSERT SELECT UPDATE' },
    { table: 'api_keys', may: 'INSERT SELECT' },
    { table: 'audit_entries', may: 'INSERT SELECT' },
    { table: 'call_recordings', may: 'INSERT SELECT UPDATE' },
    { table: 'child_listings', may: 'DELETE INSERT SELECT UPDATE' },
    { table: 'connections', may: 'DELETE INSERT SELECT UPDATE' },
    { table: 'crosswalk', may: 'INSERT SELECT UPDATE' },
    { table: 'cutovers', may: 'DELETE INSERT SELECT UPDATE' },
    { table: 'discoveries', may: 'INSERT SELECT UPDATE' },
    { table: 'documents', may: 'INSERT SELECT UPDATE' },
    { table: 'drafts', may: 'DELETE INSERT SELECT UPDATE' },
    { table: 'duplicate_groups', may: 'DELETE INSERT SELECT' },
    { table: 'field_mappings', may: 'INSERT SELECT UPDATE' },
    { table: 'idempotency_keys', may: 'INSERT SELECT UPDATE' },
    { table: 'installation', may: 'INSERT SELECT UPDATE' },
    { table: 'issues', may: 'INSERT SELECT UPDATE' },
    { table: 'load_intents', may: 'DELETE INSERT SELECT UPDATE' },
    { table: 'load_slices', may: 'DELETE INSERT SELECT' },
    { table: 'load_states', may: 'DELETE INSERT SELECT UPDATE' },
    { table: 'mapping_versions', may: 'INSERT SELECT UPDATE' },
    { table: 'migrations', may: 'SELECT' },
    { table: 'organizations', may: 'INSERT SELECT' },
    { table: 'project_events', may: 'INSERT SELECT' },
    { table: 'projects', may: 'INSERT SELECT UPDATE' },
    { table: 'provisioned_objects', may: 'DELETE INSERT SELECT UPDATE' },
    { table: 'provisioning_checks', may: 'INSERT SELECT UPDATE' },
    { table: 'purges', may: 'INSERT SELECT UPDATE' },
    { table: 'rate_budgets', may: 'INSERT SELECT UPDATE' },
    { table: 'rollback_objects', may: 'DELETE INSERT SELECT UPDATE' },
    { table: 'rollback_plans', may: 'INSERT SELECT UPDATE' },
    { table: 'run_leases', may: 'INSERT SELECT UPDATE' },
    { table: 'run_phases', may: 'INSERT SELECT UPDATE' },
    { table: 'runs', may: 'INSERT SELECT UPDATE' },
    { table: 'sample_records', may: 'INSERT SELECT' },
    { table: 'sample_reviews', may: 'DELETE INSERT SELECT' },
    { table: 'sign_offs', may: 'INSERT SELECT' },
    { table: 'staged_records', may: 'DELETE INSERT SELECT UPDATE' },
    { table: 'stored_files', may: 'DELETE INSERT SELECT UPDATE' },
    { table: 'usage_months', may: 'INSERT SELECT UPDATE' },
    { table: 'verifications', may: 'DELETE INSERT SELECT UPDATE' },
    { table: 'webhook_positions', may: 'INSERT SELECT UPDATE' },
    { table: 'webhooks', may: 'DELETE INSERT SELECT UPDATE' },
    { table: 'workspace_members', may: 'DELETE INSERT SELECT' },
    { table: 'written_notes', may: 'INSERT SELECT' },
  ]);
});

test("only the functions that decision 2 lists run with the owner's rights, and not for everybody", async () => {
  const { ownerUrl } = await freshDatabase();
  const { rows } = await withClient(ownerUrl, owner =>
    owner.query(
      `SELECT proname AS name, has_function_privilege('public', oid, 'EXECUTE') AS public FROM pg_proc
       WHERE pronamespace = 'landfall'::regnamespace AND prosecdef`,
    ),
  );
  const decision = await readFile(resolve('docs/decisions/002-row-level-security-has-one-rule.md'), 'utf8');
  const listed = [...decision.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name);
  expect(rows.map(({ name }) => name).sort()).toEqual(listed.sort());
  expect(rows.filter(each => each.public)).toEqual([]);
});

test('a credential that is limited to projects is limited in every table of tenants', async () => {
  const { ownerUrl } = await freshDatabase();
  const { rows } = await withClient(ownerUrl, owner =>
    owner.query(
      `SELECT tablename AS table FROM pg_policies WHERE schemaname = 'landfall'
       GROUP BY 1 HAVING count(*) FILTER (WHERE policyname = 'project') = 0 ORDER BY 1`,
    ),
  );
  // Repetitions of a call belong to the organization, and are found by the whole input.
  expect(rows).toEqual([{ table: 'idempotency_keys' }]);
});

test('migrations can be reverted and applied again', async () => {
  const urls = await freshDatabase();
  const dataSource = createDataSource(urls.ownerUrl, { migrations, poolSize: 1 });
  await dataSource.initialize();
  for (const _ of migrations) await dataSource.undoLastMigration();
  await dataSource.destroy();
  expect(await run(urls)).toEqual(migrations.map(migration => migration.name));
});

test('keys older than two days are purged, by the job that the queue knows', async () => {
  const urls = await freshDatabase();
  await withClient(urls.ownerUrl, async owner => {
    await owner.query(`INSERT INTO landfall.organizations (name, kind) VALUES ('Root', 'PARTNER')`);
    await owner.query(
      `INSERT INTO landfall.idempotency_keys (organization_id, key, input_hash, result, created_at)
       SELECT id, age, '', '{}', now() - age::interval FROM landfall.organizations, unnest(ARRAY['1 hour', '25 hours', '49 hours', '9 days']) AS age`,
    );
  });
  const database = createDataSource(urls.serverUrl, { poolSize: 1 });
  await database.initialize();
  expect(await purgeIdempotencyKeys(database)).toBe(2);
  expect(await purgeIdempotencyKeys(database)).toBe(0);
  await database.destroy();
});
