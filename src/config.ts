import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type BlobStorage, blobSettings, blobStorageOf, requireBucket } from './config/blob-settings.js';
import { type DatabaseConfig, databaseOf, databaseSettings, requireKeysOfDatabase } from './config/database-settings.js';
import { graphqlLimitsOf, graphqlSettings, requireBurst } from './config/graphql-settings.js';
import { type MappingModel, mappingModelOf, modelSettings, requireModel } from './config/model-settings.js';
import { type PortalIssuer, portalIssuersOf, portalSettings, requireWholeIssuers } from './config/portal-settings.js';
import { type ServerConfig, serverOf, serverSettings } from './config/server-settings.js';
import { type TelemetryConfig, telemetryOf, telemetrySettings } from './config/telemetry-settings.js';
import { type WorkConfig, workOf, workSettings } from './config/work-settings.js';
import { type PriceTable, parsePriceTable } from './domain/discovery/price-table.js';
import type { GraphQLLimits } from './domain/model/graphql-limits.js';
import type { Secret } from './domain/model/secret.js';
import { onOff, printable, secret } from './domain/model/setting-fields.js';

/** The environment variables, read once and checked. No other module reads them. */
export interface Config extends ServerConfig, DatabaseConfig, WorkConfig {
  /** Folder of the embedded Postgres, the generated secrets key and the files. */
  dataDir: string;
  blobs: BlobStorage;
  /** Whether connections and downloads may use loopback and private addresses. */
  allowPrivateHosts: boolean;
  /** Null for none. */
  mappingLlm: MappingModel | null;
  bootstrapApiKey: Secret | null;
  /** Issuers of JWTs of portals. */
  portalJwt: readonly PortalIssuer[];
  logLevel: string;
  /** Prices for quotes; null for none. */
  priceTable: PriceTable | null;
  graphql: GraphQLLimits;
  /** A file that a worker touches while it works; null for none. */
  aliveFile: string | null;
  telemetry: TelemetryConfig;
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
      ...serverSettings,
      DATA_DIR: z
        .string()
        .default('.landfall')
        .describe(
          'Folder of the embedded Postgres, the generated secrets key, and all files (by their SHA-256). Servers and workers on several machines share it.',
        ),
      ...blobSettings,
      ...databaseSettings,
      ALLOW_PRIVATE_HOSTS: onOff(allowPrivateHosts ?? false).describe(
        'Whether connections and downloads may use loopback and private addresses. The demo sets it.',
      ),
      ...modelSettings,
      BOOTSTRAP_API_KEY: secret(printable).describe(
        'API key of an ADMIN of the root organization: 16 or more printable characters. Default: generated and printed at the first start.',
      ),
      ...portalSettings,
      LOG_LEVEL: z
        .enum(logLevels, { error: `Give one of ${logLevels.join(', ')}.` })
        .default(logLevel ?? 'info')
        .describe('trace, debug, info, warn, error, fatal or silent. The demo uses warn.'),
      PRICE_TABLE: priceFile.describe(
        'JSON file with the prices for `Estimate.quote`; operations.md describes it. Default: no prices.',
      ),
      ...graphqlSettings,
      ALIVE_FILE: z
        .string()
        .nullable()
        .default(null)
        .describe('File that a worker touches every 5 seconds while its database answers, for a health check. Default: none.'),
      ...telemetrySettings,
      ...workSettings,
    })
    .check(({ value, issues }) => {
      const need = (name: string, message: string) => issues.push({ code: 'custom', path: [name], message, input: undefined });
      requireBurst(value, need);
      requireModel(value, need);
      requireBucket(value, need);
      requireWholeIssuers(value, need);
      requireKeysOfDatabase(value, need, needsSecretsKey);
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
    ...serverOf(data),
    ...databaseOf(data),
    ...workOf(data),
    dataDir: data.DATA_DIR,
    blobs: blobStorageOf(data),
    allowPrivateHosts: data.ALLOW_PRIVATE_HOSTS,
    mappingLlm: mappingModelOf(data),
    bootstrapApiKey: data.BOOTSTRAP_API_KEY,
    portalJwt: portalIssuersOf(data),
    logLevel: data.LOG_LEVEL,
    priceTable: data.PRICE_TABLE,
    graphql: graphqlLimitsOf(data),
    aliveFile: data.ALIVE_FILE,
    telemetry: telemetryOf(data),
  } satisfies Config);
}
