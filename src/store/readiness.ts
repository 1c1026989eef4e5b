import { LandfallError } from '../domain/errors.js';
import type { Database, MigrationList } from './data-source.js';

/**
 * Refuses a schema that is older than the code, and a role that row-level security would not bind.
 * @throws LandfallError DATABASE_UNAVAILABLE
 */
export async function checkDatabase(dataSource: Database, migrations: MigrationList): Promise<void> {
  const pending = await pendingMigrations(dataSource, migrations);
  if (pending.length > 0) {
    const message = `Run \`npm run migrate\` with DATABASE_OWNER_URL: ${pending.length} migrations are pending (${pending.join(', ')}).`;
    throw new LandfallError('DATABASE_UNAVAILABLE', message);
  }
  const rows = await dataSource.query<{ bound: boolean }[]>(`
    SELECT NOT (rolsuper OR rolbypassrls)
      AND NOT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'landfall' AND pg_has_role(tableowner, 'USAGE')) AS bound
    FROM pg_roles WHERE rolname = current_user`);
  if (!rows[0]!.bound) {
    const message =
      'Let DATABASE_URL name a plain role: a superuser, or the owner of the tables, is not bound by row-level security.';
    throw new LandfallError('DATABASE_UNAVAILABLE', message);
  }
}

async function pendingMigrations(dataSource: Database, migrations: MigrationList): Promise<string[]> {
  const known = await dataSource.query<{ usable: boolean }[]>(
    `SELECT coalesce(has_table_privilege(to_regclass('landfall.migrations')::oid, 'SELECT'), false) AS usable`,
  );
  const rows = known[0]!.usable ? await dataSource.query<{ name: string }[]>('SELECT name FROM landfall.migrations') : [];
  const done = new Set(rows.map(row => row.name));
  return migrations.map(migration => migration.name).filter(name => !done.has(name));
}
