import type { z } from 'zod';
import type { Secret } from '../domain/model/secret.js';
import { integer, milliseconds, secret, secretsKeys, url } from '../domain/model/setting-fields.js';

export interface DatabaseConfig {
  /** The embedded Postgres under DATA_DIR, or the Postgres of DATABASE_URL. */
  database: { kind: 'embedded' } | { kind: 'given'; url: Secret; ownerUrl: Secret | null };
  redisUrl: Secret | null;
  /** `key` or `id:key`, separated by commas; each key is 32 bytes in base64. Null: the generated key in DATA_DIR. */
  secretsKey: Secret | null;
  /** Database connections. API and jobs have separate pools, so that neither can exhaust the other's. */
  connections: {
    api: number;
    jobs: number;
    /** API connections that one tenant, and one request, can hold at the same time. */
    perTenant: number;
    perRequest: number;
    /** Milliseconds that a request waits for a connection. */
    wait: number;
  };
}

export const databaseSettings = {
  DATABASE_URL: secret(url('postgresql', 'postgres')).describe(
    'Role of the server: neither a superuser nor the owner of the tables. Postgres 15 or newer. Default: the embedded Postgres.',
  ),
  DATABASE_OWNER_URL: secret(url('postgresql', 'postgres')).describe(
    'Owner of the tables. It migrates and grants rights to the role of DATABASE_URL.',
  ),
  REDIS_URL: secret(url('redis', 'rediss')).describe(
    'Live updates across servers, and shared rate limits, by Redis. Default: by Postgres.',
  ),
  SECRETS_KEY: secret(secretsKeys).describe(
    '32 bytes in base64. Several keys as `id:base64`, separated by commas: the first encrypts, all decrypt. Required with DATABASE_URL; generated with the embedded database.',
  ),
  API_CONNECTIONS: integer(2, 1_000, 12).describe('Database connections of the API of a process.'),
  JOB_CONNECTIONS: integer(2, 1_000, 10).describe('Database connections of the jobs of a process.'),
  TENANT_CONNECTIONS: integer(1, 1_000, 6).describe('API connections that one organization can hold at the same time.'),
  REQUEST_CONNECTIONS: integer(1, 1_000, 3).describe('API connections that one request can hold at the same time.'),
  CONNECTION_WAIT_MS: milliseconds(10_000).describe(
    'Milliseconds that a request waits for a connection; then DATABASE_UNAVAILABLE.',
  ),
};

type Values = z.output<z.ZodObject<typeof databaseSettings>>;

/** Reports settings without those that they need. */
export function requireKeysOfDatabase(
  value: Values,
  need: (name: string, message: string) => void,
  needsSecretsKey = true,
): void {
  if (value.DATABASE_OWNER_URL && !value.DATABASE_URL) need('DATABASE_URL', 'Give the URL of the server role too.');
  if (value.DATABASE_URL && !value.SECRETS_KEY && needsSecretsKey)
    need('SECRETS_KEY', 'Give 32 bytes in base64: a key is generated only with the embedded database.');
}

export const databaseOf = (value: Values): DatabaseConfig => ({
  database: value.DATABASE_URL
    ? { kind: 'given', url: value.DATABASE_URL, ownerUrl: value.DATABASE_OWNER_URL }
    : { kind: 'embedded' },
  redisUrl: value.REDIS_URL,
  secretsKey: value.SECRETS_KEY,
  connections: {
    api: value.API_CONNECTIONS,
    jobs: value.JOB_CONNECTIONS,
    perTenant: value.TENANT_CONNECTIONS,
    perRequest: value.REQUEST_CONNECTIONS,
    wait: value.CONNECTION_WAIT_MS,
  },
});
