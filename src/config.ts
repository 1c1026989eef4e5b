import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type PriceTable, parsePriceTable } from './domain/discovery/price-table.js';
import type { GraphQLLimits } from './domain/model/graphql-limits.js';
import type { Secret } from './domain/model/secret.js';
import { integer, milliseconds, onOff, origins, printable, secret, secretsKeys, url } from './domain/model/setting-fields.js';

/** The embedded Postgres under DATA_DIR, or the Postgres of DATABASE_URL. */
export type DatabaseConfig = { kind: 'embedded' } | { kind: 'given'; url: Secret; ownerUrl: Secret | null };

/** The environment variables, read once and checked. No other module reads them. */
export interface Config {
  port: number;
  host: string;
  /** Address at which clients reach the server, without a trailing slash; null for http://HOST:PORT. */
  publicUrl: string | null;
  /** Origins whose pages may use the API from a browser. */
  allowedOrigins: readonly string[];
  /** Folder of the embedded Postgres, the generated secrets key and the files. */
  dataDir: string;
  database: DatabaseConfig;
  redisUrl: Secret | null;
  /** Whether connections and downloads may use loopback and private addresses. */
  allowPrivateHosts: boolean;
  /** `key` or `id:key`, separated by commas; each key is 32 bytes in base64. Null: the generated key in DATA_DIR. */
  secretsKey: Secret | null;
  /** A model that suggests targets of fields; null for none. */
  mappingLlm: { url: string; model: string; key: Secret | null } | null;
  bootstrapApiKey: Secret | null;
  /** The issuer of JWTs of a portal; `organization` is the public id of its organization. Null for none. */
  portalJwt: { issuer: string; audience: string; jwksUrl: string; organization: string } | null;
  logLevel: string;
  /** Prices for quotes; null for none. */
  priceTable: PriceTable | null;
  /** Limits of the API for one request, one socket and one API key. */
  graphql: GraphQLLimits;
  /** Whether queries may ask for the schema. */
  introspection: boolean;
  /** Whether the page /graphiql is served. */
  graphiql: boolean;
  /** A file that a worker touches while it works; null for none. */
  aliveFile: string | null;
  /** Milliseconds. */
  times: {
    /** How long a worker owns a run without renewing its lease. */
    lease: number;
    /** Longest call to a platform. */
    request: number;
    /** After this time, the absence of an ambiguous write proves that it did not happen. */
    settle: number;
    /** Wait after a 429 without Retry-After. */
    rateLimitWait: number;
    /** Longest Retry-After that is obeyed. */
    retryAfterLimit: number;
    /** Longest SQL statement of the API. */
    statement: number;
    /** Of webhooks: longest call, wait after the first failure, and time of failures after which one is disabled. */
    webhooks: { call: number; retry: number; disable: number };
  };
  /** Share of each window of a rate limit that is left to others, 0 to 1. */
  rateReserve: number;
  /** Runs that a process executes at the same time, in total and of one tenant. */
  runs: { concurrent: number; perTenant: number };
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

export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`Fix the environment:\n${problems.map(problem => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

const priceFile = z
  .string()
  .transform((path, { addIssue }) => {
    try {
      const read = parsePriceTable(readFileSync(path, 'utf8'));
      if ('table' in read) return read.table;
      addIssue(read.problem);
    } catch (error) {
      addIssue(`The file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`);
    }
    return z.NEVER;
  })
  .nullable()
  .default(null);
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** All settings with defaults and descriptions. `docs/reference/settings.md` is generated from them. */
export const schemaOf = ({ allowPrivateHosts, logLevel, needsSecretsKey }: CommandDefaults) =>
  z
    .object({
      PORT: integer(0, 65_535, 4000).describe('Port to listen on.'),
      HOST: z.string().default('127.0.0.1').describe('Address to listen on.'),
      PUBLIC_URL: url('http', 'https')
        .nullable()
        .default(null)
        .describe(
          'Address at which clients reach the server, and at which Intercom downloads the images of articles. Default: `http://HOST:PORT`.',
        ),
      ALLOWED_ORIGINS: origins.describe(
        'Origins whose pages may use `/graphql`, its WebSocket and downloads from a browser, separated by commas, for example `https://portal.example`. Default: none but the server itself.',
      ),
      DATA_DIR: z
        .string()
        .default('.landfall')
        .describe(
          'Folder of the embedded Postgres, the generated secrets key, and all files (by their SHA-256). Servers and workers on several machines share it.',
        ),
      DATABASE_URL: secret(url('postgresql', 'postgres')).describe(
        'Role of the server: neither a superuser nor the owner of the tables. Postgres 15 or newer. Default: the embedded Postgres.',
      ),
      DATABASE_OWNER_URL: secret(url('postgresql', 'postgres')).describe(
        'Owner of the tables. It migrates and grants rights to the role of DATABASE_URL.',
      ),
      REDIS_URL: secret(url('redis', 'rediss')).describe(
        'Live updates across servers, and shared rate limits, by Redis. Default: by Postgres.',
      ),
      ALLOW_PRIVATE_HOSTS: onOff(allowPrivateHosts ?? false).describe(
        'Whether connections and downloads may use loopback and private addresses. The demo sets it.',
      ),
      SECRETS_KEY: secret(secretsKeys).describe(
        '32 bytes in base64. Several keys as `id:base64`, separated by commas: the first encrypts, all decrypt. Required with DATABASE_URL; generated with the embedded database.',
      ),
      MAPPING_LLM_URL: url('http', 'https')
        .nullable()
        .default(null)
        .describe(
          'Base URL of an endpoint like that of OpenAI, for example `https://host/v1`. A model suggests targets for fields that are uncertain; people decide. Default: none.',
        ),
      MAPPING_LLM_MODEL: z
        .string()
        .max(200)
        .nullable()
        .default(null)
        .describe('Name of the model. Required with MAPPING_LLM_URL.'),
      MAPPING_LLM_KEY: secret(z.string()).describe('Key of MAPPING_LLM_URL, sent as a bearer token. Default: none.'),
      BOOTSTRAP_API_KEY: secret(printable).describe(
        'API key of an ADMIN of the root organization: 16 or more printable characters. Default: generated and printed at the first start.',
      ),
      PORTAL_JWT_ISSUER: z
        .string()
        .nullable()
        .default(null)
        .describe('Issuer (`iss`) of JWTs that people of a portal use instead of an API key. Default: none.'),
      PORTAL_JWT_AUDIENCE: z.string().nullable().default(null).describe('Audience (`aud`) of these JWTs.'),
      PORTAL_JWT_JWKS_URL: url('http', 'https')
        .nullable()
        .default(null)
        .describe('Address of the public keys of the issuer (JWKS). They are kept for 10 minutes.'),
      PORTAL_JWT_ORGANIZATION: z
        .string()
        .regex(/^org_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { error: 'Give the id of an organization: org_…' })
        .nullable()
        .default(null)
        .describe('Id of the organization whose tree these JWTs may name.'),
      LOG_LEVEL: z
        .enum(logLevels, { error: `Give one of ${logLevels.join(', ')}.` })
        .default(logLevel ?? 'info')
        .describe('trace, debug, info, warn, error, fatal or silent. The demo uses warn.'),
      PRICE_TABLE: priceFile.describe(
        'JSON file with the prices for `Estimate.quote`; operations.md describes it. Default: no prices.',
      ),
      GRAPHQL_MAX_DOCUMENT_CHARACTERS: integer(1_000, 1_000_000, 250_000).describe(
        'Characters of a GraphQL document, without its variables.',
      ),
      GRAPHQL_MAX_TOKENS: integer(100, 100_000, 12_000).describe('Tokens of a document.'),
      GRAPHQL_MAX_DEPTH: integer(3, 50, 20).describe('Levels of nested fields.'),
      GRAPHQL_MAX_ALIASES: integer(0, 10_000, 100).describe('Aliases of an operation.'),
      GRAPHQL_MAX_ROOT_FIELDS: integer(1, 10_000, 50).describe('Root fields of an operation.'),
      GRAPHQL_MAX_COST: integer(100, 1_000_000, 5_000).describe('Cost of one request.'),
      GRAPHQL_COST_PER_SECOND: integer(1, 10_000_000, 20_000).describe(
        'Cost that an API key regains each second, in each server process.',
      ),
      GRAPHQL_COST_BURST: integer(100, 10_000_000, 100_000).describe('Cost that an API key can use in a burst.'),
      GRAPHQL_MAX_SUBSCRIPTIONS_PER_SOCKET: integer(1, 100_000, 100).describe('Open subscriptions of one WebSocket.'),
      GRAPHQL_MAX_SUBSCRIPTIONS_PER_KEY: integer(1, 1_000_000, 500).describe(
        'Open subscriptions, and open sockets, of one API key.',
      ),
      GRAPHQL_INTROSPECTION: onOff(true).describe('Whether queries may ask for the schema (`__schema`, `__type`).'),
      GRAPHIQL: onOff(true).describe('Whether the page `/graphiql` is served.'),
      ALIVE_FILE: z
        .string()
        .nullable()
        .default(null)
        .describe('File that a worker touches every 5 seconds while its database answers, for a health check. Default: none.'),
      LEASE_MS: milliseconds(30_000).describe('Milliseconds that a worker owns a run without renewing its lease.'),
      REQUEST_TIMEOUT_MS: milliseconds(30_000).describe('Milliseconds of one call to a platform.'),
      SETTLE_MS: milliseconds(40_000).describe(
        'Milliseconds after its sending after which the absence of an ambiguous write counts as proof that it did not happen.',
      ),
      RATE_LIMIT_WAIT_MS: milliseconds(60_000).describe('Milliseconds to wait after a 429 without Retry-After.'),
      RETRY_AFTER_LIMIT_MS: integer(1, 86_400_000, 900_000).describe('Longest Retry-After that is obeyed, in milliseconds.'),
      RATE_RESERVE_PERCENT: integer(0, 90, 0).describe(
        'Per cent of each window of a rate limit that is left to other apps of the account or workspace.',
      ),
      STATEMENT_TIMEOUT_MS: milliseconds(15_000).describe(
        'Milliseconds of one SQL statement of the API; then DATABASE_UNAVAILABLE.',
      ),
      WEBHOOK_TIMEOUT_MS: milliseconds(15_000).describe('Milliseconds within which the receiver of a webhook must answer.'),
      WEBHOOK_RETRY_MS: milliseconds(5_000).describe(
        'Milliseconds after which a failed event of a webhook is sent again. Each further wait is four times as long, at most 4 hours.',
      ),
      WEBHOOK_DISABLE_AFTER_MS: integer(1, 2_592_000_000, 259_200_000).describe(
        'Milliseconds of failures after which a webhook is disabled. Default: 3 days.',
      ),
      RUNS_AT_ONCE: integer(0, 100, 4).describe(
        'Runs that a process executes at the same time; 0 for a server that leaves them to workers. A run that waits 2 s or longer for a rate limit gives its slot to another run.',
      ),
      RUNS_PER_TENANT: integer(1, 100, 2).describe('Runs of one organization that a process executes at the same time.'),
      API_CONNECTIONS: integer(2, 1_000, 12).describe('Database connections of the API of a process.'),
      JOB_CONNECTIONS: integer(2, 1_000, 10).describe('Database connections of the jobs of a process.'),
      TENANT_CONNECTIONS: integer(1, 1_000, 6).describe('API connections that one organization can hold at the same time.'),
      REQUEST_CONNECTIONS: integer(1, 1_000, 3).describe('API connections that one request can hold at the same time.'),
      CONNECTION_WAIT_MS: milliseconds(10_000).describe(
        'Milliseconds that a request waits for a connection; then DATABASE_UNAVAILABLE.',
      ),
    })
    .check(({ value, issues }) => {
      const need = (name: string, message: string) => issues.push({ code: 'custom', path: [name], message, input: undefined });
      if (value.GRAPHQL_COST_BURST < value.GRAPHQL_MAX_COST) need('GRAPHQL_COST_BURST', 'Give at least GRAPHQL_MAX_COST.');
      if (value.MAPPING_LLM_URL && !value.MAPPING_LLM_MODEL) need('MAPPING_LLM_MODEL', 'Give the name of the model too.');
      if ((value.MAPPING_LLM_MODEL || value.MAPPING_LLM_KEY) && !value.MAPPING_LLM_URL)
        need('MAPPING_LLM_URL', 'Give the URL of the endpoint too.');
      const portal = ['PORTAL_JWT_ISSUER', 'PORTAL_JWT_AUDIENCE', 'PORTAL_JWT_JWKS_URL', 'PORTAL_JWT_ORGANIZATION'] as const;
      if (portal.some(name => value[name]))
        for (const name of portal) if (!value[name]) need(name, 'Give all four settings PORTAL_JWT_…, or none.');
      if (value.DATABASE_OWNER_URL && !value.DATABASE_URL) need('DATABASE_URL', 'Give the URL of the server role too.');
      if (value.DATABASE_URL && !value.SECRETS_KEY && needsSecretsKey !== false) {
        need('SECRETS_KEY', 'Give 32 bytes in base64: a key is generated only with the embedded database.');
      }
    });

/** Defaults of a command for absent variables. */
export interface CommandDefaults {
  allowPrivateHosts?: boolean;
  logLevel?: (typeof logLevels)[number];
  needsSecretsKey?: boolean;
}

/** @throws ConfigError with all problems; messages contain no values, which can be secrets */
export function loadConfig(defaults: CommandDefaults = {}, environment: NodeJS.ProcessEnv = process.env): Config {
  // An empty variable counts as absent. The API key keeps its spaces.
  const given = Object.entries(environment).flatMap(([name, text]) =>
    text?.trim() ? [[name, name === 'BOOTSTRAP_API_KEY' ? text : text.trim()] as const] : [],
  );
  const { success, data, error } = schemaOf(defaults).safeParse(Object.fromEntries(given));
  if (!success) throw new ConfigError(error.issues.map(issue => `${String(issue.path[0])}: ${issue.message}`));
  return Object.freeze({
    port: data.PORT,
    host: data.HOST,
    publicUrl: data.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    allowedOrigins: data.ALLOWED_ORIGINS,
    dataDir: data.DATA_DIR,
    database: data.DATABASE_URL
      ? { kind: 'given', url: data.DATABASE_URL, ownerUrl: data.DATABASE_OWNER_URL }
      : { kind: 'embedded' },
    redisUrl: data.REDIS_URL,
    allowPrivateHosts: data.ALLOW_PRIVATE_HOSTS,
    secretsKey: data.SECRETS_KEY,
    mappingLlm:
      data.MAPPING_LLM_URL && data.MAPPING_LLM_MODEL
        ? { url: data.MAPPING_LLM_URL, model: data.MAPPING_LLM_MODEL, key: data.MAPPING_LLM_KEY }
        : null,
    bootstrapApiKey: data.BOOTSTRAP_API_KEY,
    portalJwt:
      data.PORTAL_JWT_ISSUER && data.PORTAL_JWT_AUDIENCE && data.PORTAL_JWT_JWKS_URL && data.PORTAL_JWT_ORGANIZATION
        ? {
            issuer: data.PORTAL_JWT_ISSUER,
            audience: data.PORTAL_JWT_AUDIENCE,
            jwksUrl: data.PORTAL_JWT_JWKS_URL,
            organization: data.PORTAL_JWT_ORGANIZATION,
          }
        : null,
    logLevel: data.LOG_LEVEL,
    priceTable: data.PRICE_TABLE,
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
    introspection: data.GRAPHQL_INTROSPECTION,
    graphiql: data.GRAPHIQL,
    aliveFile: data.ALIVE_FILE,
    times: {
      lease: data.LEASE_MS,
      request: data.REQUEST_TIMEOUT_MS,
      settle: data.SETTLE_MS,
      rateLimitWait: data.RATE_LIMIT_WAIT_MS,
      retryAfterLimit: data.RETRY_AFTER_LIMIT_MS,
      statement: data.STATEMENT_TIMEOUT_MS,
      webhooks: { call: data.WEBHOOK_TIMEOUT_MS, retry: data.WEBHOOK_RETRY_MS, disable: data.WEBHOOK_DISABLE_AFTER_MS },
    },
    rateReserve: data.RATE_RESERVE_PERCENT / 100,
    runs: { concurrent: data.RUNS_AT_ONCE, perTenant: data.RUNS_PER_TENANT },
    connections: {
      api: data.API_CONNECTIONS,
      jobs: data.JOB_CONNECTIONS,
      perTenant: data.TENANT_CONNECTIONS,
      perRequest: data.REQUEST_CONNECTIONS,
      wait: data.CONNECTION_WAIT_MS,
    },
  } satisfies Config);
}
