import { LandfallError } from '../domain/model/errors.js';
import type { Database, MigrationList } from './data-source.js';
import { surplusRights } from './role-rights.js';

/**
 * Refuses a schema that is older than the code, and a role with more rights than its work needs.
 * @throws LandfallError DATABASE_UNAVAILABLE
 */
export async function checkDatabase(dataSource: Database, migrations: MigrationList, queueSchema: string): Promise<void> {
  const pending = await pendingMigrations(dataSource, migrations);
  if (pending.length > 0) {
    const message = `Run \`npm run migrate\` with DATABASE_OWNER_URL: ${pending.length} migrations are pending (${pending.join(', ')}).`;
    throw new LandfallError('DATABASE_UNAVAILABLE', message);
  }
  const surplus = await surplusRights(dataSource, queueSchema);
  if (surplus.length > 0) {
    const message = `The role of DATABASE_URL has more rights than it needs: ${surplus.join(', ')}. Use a plain role that owns nothing.`;
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
