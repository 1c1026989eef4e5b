import pg from 'pg';
import { LandfallError } from '../domain/model/errors.js';
import { connect } from './connect.js';
import { createDataSource, type MigrationList } from './data-source.js';

/** The rights of the server's role on each table. */
const privileges: Record<string, string> = {
  migrations: 'SELECT',
  organizations: 'SELECT, INSERT, UPDATE (name)',
  installation: 'SELECT, INSERT, UPDATE',
  api_keys: 'SELECT, INSERT, UPDATE (hash, revoked_at)',
  audit_entries: 'SELECT, INSERT',
  projects: 'SELECT, INSERT, UPDATE',
  project_events: 'SELECT, INSERT',
  idempotency_keys: 'SELECT, INSERT, UPDATE',
  connections: 'SELECT, INSERT, UPDATE, DELETE',
  runs: 'SELECT, INSERT, UPDATE',
  run_leases: 'SELECT, INSERT, UPDATE',
  run_phases: 'SELECT, INSERT, UPDATE',
  purges: 'SELECT, INSERT, UPDATE',
  staged_records: 'SELECT, INSERT, UPDATE, DELETE',
  child_listings: 'SELECT, INSERT, UPDATE, DELETE',
  issues: 'SELECT, INSERT, UPDATE',
  discoveries: 'SELECT, INSERT, UPDATE',
  duplicate_groups: 'SELECT, INSERT, DELETE',
  mapping_versions: 'SELECT, INSERT, UPDATE',
  field_mappings: 'SELECT, INSERT, UPDATE',
  agents: 'SELECT, INSERT, UPDATE',
  workspace_members: 'SELECT, INSERT, DELETE',
  provisioned_objects: 'SELECT, INSERT, UPDATE, DELETE',
  provisioning_checks: 'SELECT, INSERT, UPDATE',
  stored_files: 'SELECT, INSERT, UPDATE, DELETE',
  call_recordings: 'SELECT, INSERT, UPDATE',
  documents: 'SELECT, INSERT, UPDATE',
  drafts: 'SELECT, INSERT, UPDATE, DELETE',
  load_states: 'SELECT, INSERT, UPDATE, DELETE',
  load_slices: 'SELECT, INSERT, DELETE',
  load_intents: 'SELECT, INSERT, UPDATE, DELETE',
  crosswalk: 'SELECT, INSERT, UPDATE',
  written_notes: 'SELECT, INSERT',
  verifications: 'SELECT, INSERT, UPDATE, DELETE',
  sample_records: 'SELECT, INSERT',
  sample_reviews: 'SELECT, INSERT, DELETE',
  sign_offs: 'SELECT, INSERT',
  cutovers: 'SELECT, INSERT, UPDATE, DELETE',
  rollback_plans: 'SELECT, INSERT, UPDATE',
  rollback_objects: 'SELECT, INSERT, UPDATE, DELETE',
  rate_budgets: 'SELECT, INSERT, UPDATE',
  usage_months: 'SELECT, INSERT, UPDATE',
  webhooks: 'SELECT, INSERT, UPDATE, DELETE',
  webhook_positions: 'SELECT, INSERT, UPDATE',
};
const oldestVersion = 15;
// One start at a time: two concurrent GRANTs fail. Any constant will do.
const migrationLock = 7_301_003;

/**
 * Brings the schema, the schema of the queue and the grants of the server's role up to date, as their owner. With several
 * starting processes it runs once.
 * @param makeQueue creates the schema and the queues with a connection of the owner
 * @param queueSchema the schema that `makeQueue` creates
 * @returns the names of the migrations that ran
 */
export async function migrate(
  { ownerUrl, serverUrl }: { ownerUrl: string; serverUrl: string },
  migrations: MigrationList,
  queueSchema: string,
  makeQueue: (ownerUrl: string) => Promise<void>,
): Promise<string[]> {
  const owner = await connect(ownerUrl, 'DATABASE_OWNER_URL', 'landfall migrate');
  try {
    await checkVersion(owner);
    await owner.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await owner.query('CREATE SCHEMA IF NOT EXISTS landfall');
    const dataSource = createDataSource(ownerUrl, { migrations, poolSize: 2 });
    await dataSource.initialize();
    let ran: string[];
    try {
      ran = (await dataSource.runMigrations()).map(migration => migration.name);
    } finally {
      await dataSource.destroy();
    }
    await makeQueue(ownerUrl);
    await grant(owner, await roleOf(serverUrl), queueSchema);
    return ran;
  } finally {
    await owner.end();
  }
}

async function checkVersion(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ version: number }>(`SELECT current_setting('server_version_num')::int / 10000 AS version`);
  if (rows[0]!.version >= oldestVersion) return;
  throw new LandfallError(
    'DATABASE_UNAVAILABLE',
    `Use Postgres ${oldestVersion} or newer. This server has version ${rows[0]!.version}.`,
  );
}

/** The database role of the server's connection. */
async function roleOf(serverUrl: string): Promise<string> {
  const client = await connect(serverUrl, 'DATABASE_URL');
  try {
    return (await client.query<{ role: string }>('SELECT current_user AS role')).rows[0]!.role;
  } finally {
    await client.end();
  }
}

async function grant(owner: pg.Client, role: string, queueSchema: string): Promise<void> {
  const [to, queue] = [pg.escapeIdentifier(role), pg.escapeIdentifier(queueSchema)];
  await owner.query('BEGIN');
  await owner.query(`REVOKE ALL ON ALL TABLES IN SCHEMA landfall FROM ${to}`);
  await owner.query(`GRANT USAGE ON SCHEMA landfall, ${queue} TO ${to}`);
  for (const [table, words] of Object.entries(privileges)) {
    await owner.query(`GRANT ${words} ON landfall.${pg.escapeIdentifier(table)} TO ${to}`);
  }
  await owner.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA landfall, ${queue} TO ${to}`);
  // The queue needs TRUNCATE only for functions that Landfall does not use.
  await owner.query(`REVOKE ALL ON ALL TABLES IN SCHEMA ${queue} FROM ${to}`);
  await owner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${queue} TO ${to}`);
  await owner.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${queue} TO ${to}`);
  await owner.query('COMMIT');
  await takeFromEveryone(owner, role);
}

/** Revokes rights that Postgres grants to everyone: temporary tables, and CREATE in older versions. */
async function takeFromEveryone(owner: pg.Client, role: string): Promise<void> {
  const { rows } = await owner.query<{ database: string; temp: boolean; create: boolean }>(
    `SELECT current_database() AS database, has_database_privilege($1, current_database(), 'TEMP') AS temp,
       coalesce(has_schema_privilege($1, to_regnamespace('public')::oid, 'CREATE'), false) AS create`,
    [role],
  );
  const { database, temp, create } = rows[0]!;
  // Only if needed: two concurrent changes of the same rights fail.
  const name = pg.escapeIdentifier(database);
  if (temp) await owner.query(`REVOKE TEMP ON DATABASE ${name} FROM PUBLIC, ${pg.escapeIdentifier(role)}`);
  if (create) await owner.query(`REVOKE CREATE ON SCHEMA public FROM PUBLIC, ${pg.escapeIdentifier(role)}`);
}
