import { DataSource } from 'typeorm';
import { ApiKeyRow } from './entities/api-key-row.js';
import { IdempotencyKeyRow } from './entities/idempotency-key-row.js';
import { OrganizationRow } from './entities/organization-row.js';
import { ProjectEventRow } from './entities/project-event-row.js';
import { ProjectRow } from './entities/project-row.js';

/** The server's connections, by which nothing is seen without a scope. */
export type Database = DataSource;
export type MigrationList = readonly (new () => { name?: string })[];

/** A connection pool with the entities; it is connected by `initialize`. */
export function createDataSource(
  url: string,
  {
    migrations = [],
    poolSize = 20,
    onPoolError,
  }: { migrations?: MigrationList; poolSize?: number; onPoolError?: (error: unknown) => void } = {},
): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    schema: 'landfall',
    entities: [OrganizationRow, ApiKeyRow, ProjectRow, ProjectEventRow, IdempotencyKeyRow],
    migrations: [...migrations] as (new () => never)[],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    logging: false,
    poolSize,
    connectTimeoutMS: 5_000,
    applicationName: 'landfall',
    poolErrorHandler: onPoolError ?? (() => {}),
  });
}
