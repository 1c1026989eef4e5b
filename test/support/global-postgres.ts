import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrations } from '../../migrations/index.js';
import { createQueues, queueSchema } from '../../src/jobs/queue.js';
import { queueNames } from '../../src/jobs/tasks.js';
import { EmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.js';
import { migrate } from '../../src/store/migrate.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the template's owner; every database of the same server is reached by changing its path. */
    ownerUrl: string;
    serverUrl: string;
  }
}

/** One Postgres for all files, with one migrated database that each file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'landfall-test-'));
  const postgres = await EmbeddedPostgres.join(directory, message => console.warn(message));
  await migrate(postgres, migrations, queueSchema, url => createQueues(url, queueNames));
  const admin = new pg.Client({ connectionString: postgres.ownerUrl.replace(/landfall$/, 'postgres') });
  await admin.connect();
  await admin.query('ALTER DATABASE landfall RENAME TO template_landfall');
  // No test cuts the power of the machine, so commits do not wait for the disk. Killed processes lose nothing by it.
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes'])
    await admin.query(`ALTER SYSTEM SET ${pg.escapeIdentifier(setting)} = off`);
  await admin.query('SELECT pg_reload_conf()');
  await admin.end();
  project.provide('ownerUrl', postgres.ownerUrl);
  project.provide('serverUrl', postgres.serverUrl);
  return async () => {
    const admin = new pg.Client({ connectionString: postgres.ownerUrl.replace(/landfall$/, 'postgres') });
    await admin.connect();
    const { rows } = await admin.query("SELECT count(*)::int AS count FROM pg_database WHERE datname LIKE 'test\\_%'");
    await admin.end();
    if (rows[0].count > 0) console.warn(`LEFT OPEN: the databases of ${rows[0].count} test files, and perhaps their servers.`);
    await postgres.leave();
    rmSync(directory, { recursive: true, force: true });
  };
}
