import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';

const at = (url: string, database: string) => url.replace(/landfall$/, database);

let newest: string | undefined;

/** Of the last created database: a worker runs one test file after another. */
export function newestOwnerUrl(): string {
  if (!newest) throw new Error('Make a database first.');
  return newest;
}

/** A database for one test: migrated if `template` says so, otherwise empty. Dropped at the end. */
export async function freshDatabase(
  template: 'template_landfall' | 'template0' = 'template_landfall',
  end: (drop: () => Promise<void>) => void = onTestFinished,
) {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = async (sql: string) => {
    const client = new pg.Client({ connectionString: at(inject('ownerUrl'), 'postgres') });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await admin(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)}`);
  // As after a migration: a clone does not have the rights of its template.
  await admin(`REVOKE TEMP ON DATABASE ${pg.escapeIdentifier(name)} FROM PUBLIC`);
  end(() => admin(`DROP DATABASE ${pg.escapeIdentifier(name)} WITH (FORCE)`));
  newest = at(inject('ownerUrl'), name);
  return { ownerUrl: newest, serverUrl: at(inject('serverUrl'), name) };
}
