import { z } from 'zod';
import { Secret } from './domain/secret.js';

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
  /** 32 bytes, base64; null: kept in DATA_DIR. */
  secretsKey: Secret | null;
  bootstrapApiKey: Secret | null;
  logLevel: string;
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
  };
}

export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`Mend the environment:\n${problems.map(problem => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

const integer = (min: number, max: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .optional()
    .transform(value => value ?? fallback)
    .catch(context => problem(context, `a whole number from ${min} to ${max}`));
const milliseconds = (fallback: number) => integer(1, 3_600_000, fallback);
const oneOf = (words: string, schema: z.ZodType<string>) => schema.optional().catch(context => problem(context, words));
const url = (...protocols: string[]) => z.string().refine(text => protocols.includes(URL.parse(text)?.protocol ?? ''));

/** A value that does not fit is told in our own words, without the value: it may be a secret. */
function problem(context: { issues: { message: string }[] }, words: string): never {
  throw new Misfit(words, context.issues.length);
}
class Misfit extends Error {
  constructor(
    readonly words: string,
    readonly count: number,
  ) {
    super(words);
  }
}

const switches = { '1': true, true: true, '0': false, false: false } as const;
const databaseUrl = 'a postgresql:// URL';

/**
 * @param overrides defaults of the command at hand, which the environment may replace
 * @throws ConfigError with all problems at once
 */
export function loadConfig(
  environment: NodeJS.ProcessEnv = process.env,
  overrides: { allowPrivateHosts?: boolean; logLevel?: string; needsSecretsKey?: boolean } = {},
): Config {
  const problems: string[] = [];
  const raw = (name: string) => (environment[name]?.trim() ? environment[name] : undefined);
  const read = <T>(name: string, schema: z.ZodType<T>, fallback: T): T => {
    try {
      return schema.parse(raw(name));
    } catch (error) {
      problems.push(`${name}: give ${error instanceof Misfit ? error.words : 'a usable value'}.`);
      return fallback;
    }
  };
  const secret = (text: string | undefined) => (text === undefined ? null : new Secret(text));
  const onOff = (name: string, fallback: boolean) => {
    const text = raw(name)?.trim().toLowerCase();
    if (text === undefined) return fallback;
    if (text in switches) return switches[text as keyof typeof switches];
    problems.push(`${name}: give 1 or true, 0 or false.`);
    return fallback;
  };

  const postgres = (name: string) => read(name, oneOf(databaseUrl, url('postgres:', 'postgresql:')), undefined);
  const [serverUrl, ownerUrl] = [postgres('DATABASE_URL'), postgres('DATABASE_OWNER_URL')];
  const given = raw('DATABASE_URL') !== undefined;
  if (!given && raw('DATABASE_OWNER_URL') !== undefined) {
    problems.push("DATABASE_URL: give the server's plain role too, beside DATABASE_OWNER_URL.");
  }
  const secretsKey = read(
    'SECRETS_KEY',
    oneOf(
      '32 bytes in base64',
      z.string().refine(text => /^[\w+/-]+=*$/.test(text.trim()) && Buffer.from(text, 'base64').length === 32),
    ),
    undefined,
  );
  if (given && raw('SECRETS_KEY') === undefined && overrides.needsSecretsKey !== false) {
    problems.push('SECRETS_KEY: give 32 bytes in base64; it is generated only beside the embedded database.');
  }
  const printable = z.string().regex(/^(?! )[^\p{C}\p{Zl}\p{Zp}]{16,}(?<! )$/u);
  const config: Config = {
    port: read('PORT', integer(0, 65_535, 4000), 0),
    host: raw('HOST')?.trim() ?? '127.0.0.1',
    publicUrl:
      read('PUBLIC_URL', oneOf('an http:// or https:// URL', url('http:', 'https:')), undefined)?.replace(/\/+$/, '') ?? null,
    dataDir: raw('DATA_DIR') ?? '.landfall',
    database:
      serverUrl === undefined ? { kind: 'embedded' } : { kind: 'given', url: new Secret(serverUrl), ownerUrl: secret(ownerUrl) },
    redisUrl: secret(read('REDIS_URL', oneOf('a redis:// or rediss:// URL', url('redis:', 'rediss:')), undefined)),
    allowPrivateHosts: onOff('ALLOW_PRIVATE_HOSTS', overrides.allowPrivateHosts ?? false),
    secretsKey: secret(secretsKey),
    bootstrapApiKey: secret(
      read('BOOTSTRAP_API_KEY', oneOf('16 or more printable characters, without a space at either end', printable), undefined),
    ),
    logLevel:
      read(
        'LOG_LEVEL',
        oneOf(
          'trace, debug, info, warn, error, fatal or silent',
          z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
        ),
        undefined,
      ) ??
      overrides.logLevel ??
      'info',
    times: {
      lease: read('LEASE_MS', milliseconds(30_000), 0),
      request: read('REQUEST_TIMEOUT_MS', milliseconds(30_000), 0),
      settle: read('SETTLE_MS', milliseconds(20_000), 0),
      rateLimitWait: read('RATE_LIMIT_WAIT_MS', milliseconds(10_000), 0),
    },
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}
