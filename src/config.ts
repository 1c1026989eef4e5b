import { z } from 'zod';
import type { GraphQLLimits } from './domain/graphql-limits.js';
import { Secret } from './domain/secret.js';
import { readSecretsKeys } from './domain/secrets-key.js';

/** Where the rows are: a Postgres that we run under DATA_DIR, or one that is given. */
export type DatabaseConfig = { kind: 'embedded' } | { kind: 'given'; url: Secret; ownerUrl: Secret | null };

/** The environment, read once and checked; nothing else of the program looks at it. */
export interface Config {
  port: number;
  host: string;
  /** Where clients reach the server; null: http://HOST:PORT. Without a slash at its end. */
  publicUrl: string | null;
  /** Folder of the embedded Postgres and of the generated secrets key. */
  dataDir: string;
  database: DatabaseConfig;
  redisUrl: Secret | null;
  /** Whether connections, downloads and webhooks may go to loopback and private addresses. */
  allowPrivateHosts: boolean;
  /** `key` or `id:key`, several separated by commas, each 32 bytes in base64; null: kept in DATA_DIR. */
  secretsKey: Secret | null;
  bootstrapApiKey: Secret | null;
  logLevel: string;
  /** What one request, one socket and one API key may ask of the API. */
  graphql: GraphQLLimits;
  /** A file that a worker touches while it works; null: none. */
  aliveFile: string | null;
  /** Milliseconds. */
  times: {
    /** For how long a worker owns what it has taken, without a sign of life. */
    lease: number;
    /** Of one call to a platform. */
    request: number;
    /** Until the absence of an ambiguous write counts. */
    settle: number;
    /** After a 429 without Retry-After. */
    rateLimitWait: number;
    /** The longest that a Retry-After is obeyed. */
    retryAfterLimit: number;
    /** Of one statement for the API. */
    statement: number;
  };
  /** Runs that a process works on at once, in all and of one tenant. */
  runs: { atOnce: number; perTenant: number };
  /** Database connections: of the API and of the jobs, for neither may empty the other's pool. */
  connections: {
    api: number;
    jobs: number;
    /** Of the API's those that one tenant, and one request, may hold at once. */
    perTenant: number;
    perRequest: number;
    /** Milliseconds that a request may wait for one. */
    wait: number;
  };
}

export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`Mend the environment:\n${problems.map(problem => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

const integer = (min: number, max: number, fallback: number) => {
  const error = `Give a whole number from ${min} to ${max}.`;
  return z
    .string()
    .regex(/^\d{1,15}$/, { error })
    .transform(Number)
    .pipe(z.number().min(min, { error }).max(max, { error }))
    .default(fallback);
};
const milliseconds = (fallback: number) => integer(1, 3_600_000, fallback);
const onOff = (fallback: boolean) =>
  z
    .enum(['1', 'true', '0', 'false'], { error: 'Give 1 or true, 0 or false.' })
    .transform(word => word === '1' || word === 'true')
    .default(fallback);
const url = (...protocols: string[]) =>
  z.string().refine(text => protocols.includes(URL.parse(text)?.protocol.slice(0, -1) ?? ''), {
    error: `Give a URL that begins with ${protocols.map(protocol => `${protocol}://`).join(' or ')}.`,
  });
const secret = <T extends z.ZodType<string>>(schema: T) =>
  schema
    .transform(text => new Secret(text))
    .nullable()
    .default(null);
// A space inside is printable too; at an end HTTP would drop it.
const printable = z.string().regex(/^(?! )[^\p{C}\p{Zl}\p{Zp}]{16,}(?<! )$/u, {
  error: 'Give 16 or more printable characters, without a space at either end.',
});
const secretsKeys = z.string().refine(text => readSecretsKeys(text) !== null, {
  error: 'Give 32 bytes in base64; of several keys, each once, as id:base64 separated by commas.',
});
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const schemaOf = ({ allowPrivateHosts, logLevel, needsSecretsKey }: CommandDefaults) =>
  z
    .object({
      PORT: integer(0, 65_535, 4000),
      HOST: z.string().default('127.0.0.1'),
      PUBLIC_URL: url('http', 'https').nullable().default(null),
      DATA_DIR: z.string().default('.landfall'),
      DATABASE_URL: secret(url('postgresql', 'postgres')),
      DATABASE_OWNER_URL: secret(url('postgresql', 'postgres')),
      REDIS_URL: secret(url('redis', 'rediss')),
      ALLOW_PRIVATE_HOSTS: onOff(allowPrivateHosts ?? false),
      SECRETS_KEY: secret(secretsKeys),
      BOOTSTRAP_API_KEY: secret(printable),
      LOG_LEVEL: z.enum(logLevels, { error: `Give one of ${logLevels.join(', ')}.` }).default(logLevel ?? 'info'),
      GRAPHQL_MAX_DOCUMENT_CHARACTERS: integer(1_000, 1_000_000, 250_000),
      GRAPHQL_MAX_TOKENS: integer(100, 100_000, 12_000),
      GRAPHQL_MAX_DEPTH: integer(3, 50, 20),
      GRAPHQL_MAX_ALIASES: integer(0, 10_000, 100),
      GRAPHQL_MAX_ROOT_FIELDS: integer(1, 10_000, 50),
      GRAPHQL_MAX_COST: integer(100, 1_000_000, 5_000),
      GRAPHQL_COST_PER_SECOND: integer(1, 10_000_000, 20_000),
      GRAPHQL_COST_BURST: integer(100, 10_000_000, 100_000),
      GRAPHQL_MAX_SUBSCRIPTIONS_PER_SOCKET: integer(1, 100_000, 100),
      GRAPHQL_MAX_SUBSCRIPTIONS_PER_KEY: integer(1, 1_000_000, 500),
      ALIVE_FILE: z.string().nullable().default(null),
      LEASE_MS: milliseconds(30_000),
      REQUEST_TIMEOUT_MS: milliseconds(30_000),
      SETTLE_MS: milliseconds(20_000),
      RATE_LIMIT_WAIT_MS: milliseconds(60_000),
      RETRY_AFTER_LIMIT_MS: integer(1, 86_400_000, 900_000),
      STATEMENT_TIMEOUT_MS: milliseconds(15_000),
      RUNS_AT_ONCE: integer(1, 100, 4),
      RUNS_PER_TENANT: integer(1, 100, 2),
      API_CONNECTIONS: integer(2, 1_000, 12),
      JOB_CONNECTIONS: integer(2, 1_000, 10),
      TENANT_CONNECTIONS: integer(1, 1_000, 6),
      REQUEST_CONNECTIONS: integer(1, 1_000, 3),
      CONNECTION_WAIT_MS: milliseconds(10_000),
    })
    .check(({ value, issues }) => {
      const need = (name: string, message: string) => issues.push({ code: 'custom', path: [name], message, input: undefined });
      if (value.GRAPHQL_COST_BURST < value.GRAPHQL_MAX_COST) need('GRAPHQL_COST_BURST', 'Give at least GRAPHQL_MAX_COST.');
      if (value.DATABASE_OWNER_URL && !value.DATABASE_URL) need('DATABASE_URL', "Give the server's plain role too.");
      if (value.DATABASE_URL && !value.SECRETS_KEY && needsSecretsKey !== false) {
        need('SECRETS_KEY', 'Give 32 bytes in base64: it is generated only beside the embedded database.');
      }
    });

/** What a command takes where the environment says nothing. */
export interface CommandDefaults {
  allowPrivateHosts?: boolean;
  logLevel?: (typeof logLevels)[number];
  needsSecretsKey?: boolean;
}

/** @throws ConfigError with all problems at once; no message holds a value, which may be a secret */
export function loadConfig(defaults: CommandDefaults = {}, environment: NodeJS.ProcessEnv = process.env): Config {
  // An empty value means absent; a key is used whole, with its spaces.
  const given = Object.entries(environment).flatMap(([name, text]) =>
    text?.trim() ? [[name, name === 'BOOTSTRAP_API_KEY' ? text : text.trim()] as const] : [],
  );
  const { success, data, error } = schemaOf(defaults).safeParse(Object.fromEntries(given));
  if (!success) throw new ConfigError(error.issues.map(issue => `${String(issue.path[0])}: ${issue.message}`));
  return Object.freeze({
    port: data.PORT,
    host: data.HOST,
    publicUrl: data.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    dataDir: data.DATA_DIR,
    database: data.DATABASE_URL
      ? { kind: 'given', url: data.DATABASE_URL, ownerUrl: data.DATABASE_OWNER_URL }
      : { kind: 'embedded' },
    redisUrl: data.REDIS_URL,
    allowPrivateHosts: data.ALLOW_PRIVATE_HOSTS,
    secretsKey: data.SECRETS_KEY,
    bootstrapApiKey: data.BOOTSTRAP_API_KEY,
    logLevel: data.LOG_LEVEL,
    graphql: {
      documentCharacters: data.GRAPHQL_MAX_DOCUMENT_CHARACTERS,
      tokens: data.GRAPHQL_MAX_TOKENS,
      depth: data.GRAPHQL_MAX_DEPTH,
      aliases: data.GRAPHQL_MAX_ALIASES,
      rootFields: data.GRAPHQL_MAX_ROOT_FIELDS,
      cost: data.GRAPHQL_MAX_COST,
      costPerSecond: data.GRAPHQL_COST_PER_SECOND,
      costBurst: data.GRAPHQL_COST_BURST,
      subscriptionsPerSocket: data.GRAPHQL_MAX_SUBSCRIPTIONS_PER_SOCKET,
      subscriptionsPerKey: data.GRAPHQL_MAX_SUBSCRIPTIONS_PER_KEY,
    },
    aliveFile: data.ALIVE_FILE,
    times: {
      lease: data.LEASE_MS,
      request: data.REQUEST_TIMEOUT_MS,
      settle: data.SETTLE_MS,
      rateLimitWait: data.RATE_LIMIT_WAIT_MS,
      retryAfterLimit: data.RETRY_AFTER_LIMIT_MS,
      statement: data.STATEMENT_TIMEOUT_MS,
    },
    runs: { atOnce: data.RUNS_AT_ONCE, perTenant: data.RUNS_PER_TENANT },
    connections: {
      api: data.API_CONNECTIONS,
      jobs: data.JOB_CONNECTIONS,
      perTenant: data.TENANT_CONNECTIONS,
      perRequest: data.REQUEST_CONNECTIONS,
      wait: data.CONNECTION_WAIT_MS,
    },
  } satisfies Config);
}
