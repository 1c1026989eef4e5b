// Applies all migrations to an empty database and compares the result with the entities.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrations } from '../dist/migrations/index.js';
import { createQueues, queueSchema } from '../dist/src/jobs/queue.js';
import { queueNames } from '../dist/src/jobs/tasks.js';
import { EmbeddedPostgres } from '../dist/src/store/embedded/embedded-postgres.js';
import { migrate } from '../dist/src/store/migrate.js';
import { schemaDifference } from '../dist/src/store/schema-difference.js';

const directory = mkdtempSync(join(tmpdir(), 'landfall-check-'));
const postgres = await EmbeddedPostgres.join(directory, message => console.error(message));
try {
  const ran = await migrate(postgres, migrations, queueSchema, url => createQueues(url, queueNames));
  if (ran.length === 0) throw new Error('No migration ran: migrations/index.ts lists none.');
  const difference = await schemaDifference(postgres.ownerUrl);
  for (const statement of difference) console.error(`Not in a migration: ${statement}`);
  if (difference.length > 0) process.exitCode = 1;
  else console.log(`migrations: ${ran.length} applied, no difference from the entities`);
} finally {
  await postgres.leave();
  rmSync(directory, { recursive: true, force: true });
}
