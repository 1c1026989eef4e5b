import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.js';

const problemsOf = (environment: Record<string, string>) => {
  try {
    loadConfig({}, environment);
  } catch (error) {
    return (error as ConfigError).problems;
  }
  throw new Error('no problem was found');
};

test('an empty environment is the embedded database on loopback', () => {
  expect(loadConfig({}, {})).toEqual({
    port: 4000,
    host: '127.0.0.1',
    mappingLlm: null,
    portalJwt: [],
    rateReserve: 0,
    publicUrl: null,
    dataDir: '.landfall',
    blobs: { kind: 'local' },
    database: { kind: 'embedded' },
    priceTable: null,
    graphql: {
      documentCharacters: 250_000,
      tokens: 12_000,
      depth: 20,
      aliases: 100,
      rootFields: 50,
      cost: 5_000,
      costPerSecond: 20_000,
      costBurst: 100_000,
      budgetsPerOrganization: 5,
      subscriptionsPerSocket: 100,
      subscriptionsPerKey: 500,
    },
    allowedOrigins: [],
    introspection: true,
    graphiql: true,
    redisUrl: null,
    allowPrivateHosts: false,
    secretsKey: null,
    bootstrapApiKey: null,
    logLevel: 'info',
    aliveFile: null,
    telemetry: { metrics: null, traces: null },
    times: {
      lease: 30_000,
      request: 30_000,
      settle: 40_000,
      rateLimitWait: 60_000,
      retryAfterLimit: 900_000,
      statement: 15_000,
      webhooks: { call: 15_000, retry: 5_000, disable: 259_200_000 },
    },
    runs: { concurrent: 4, perTenant: 2 },
    connections: { api: 12, jobs: 10, perTenant: 6, perRequest: 3, wait: 10_000 },
  });
});

test('an empty value means absent, and switches take 1, true, 0, false', () => {
  expect(loadConfig({}, { PORT: '', HOST: ' ', DATABASE_URL: '', ALLOW_PRIVATE_HOSTS: '' })).toEqual(loadConfig({}, {}));
  const switched = (ALLOW_PRIVATE_HOSTS: string) =>
    loadConfig({ allowPrivateHosts: true }, { ALLOW_PRIVATE_HOSTS }).allowPrivateHosts;
  expect(['1', 'true', '0', 'false', ''].map(switched)).toEqual([true, true, false, false, true]);
});

test('all problems are reported together, by name and without their values', () => {
  const problems = problemsOf({
    PORT: '70000',
    PUBLIC_URL: 'landfall.example',
    DATABASE_OWNER_URL: 'mysql://root:hunter2@db/x',
    REDIS_URL: 'http://x',
    ALLOW_PRIVATE_HOSTS: 'yes',
    SECRETS_KEY: 'hunter2',
    BOOTSTRAP_API_KEY: 'hunter2',
    LOG_LEVEL: 'loud',
    LEASE_MS: '-1',
    SETTLE_MS: '1e3',
  });
  expect(problems.map(problem => problem.split(':')[0])).toEqual([
    'PORT',
    'PUBLIC_URL',
    'DATABASE_OWNER_URL',
    'REDIS_URL',
    'SECRETS_KEY',
    'ALLOW_PRIVATE_HOSTS',
    'BOOTSTRAP_API_KEY',
    'LOG_LEVEL',
    'LEASE_MS',
    'SETTLE_MS',
  ]);
  expect(problems.join()).not.toContain('hunter2');
});

test('with DATABASE_URL the secrets key is required, and with the owner the plain role', () => {
  expect(problemsOf({ DATABASE_URL: 'postgres://app:pw@db/landfall' })).toEqual([expect.stringMatching(/^SECRETS_KEY: /)]);
  expect(problemsOf({ DATABASE_OWNER_URL: 'postgres://owner:pw@db/landfall' })).toEqual([
    expect.stringMatching(/^DATABASE_URL: /),
  ]);
  const config = loadConfig({ needsSecretsKey: false }, { DATABASE_URL: 'postgres://app:pw@db/landfall' });
  expect(config.database.kind).toBe('given');
});

test('a bootstrap key is any 16 printable characters, used whole', () => {
  const key = 'ein Schlüssel: "sehr" geheim!';
  expect(loadConfig({}, { BOOTSTRAP_API_KEY: key }).bootstrapApiKey!.reveal()).toBe(key);
  for (const bad of ['fifteen letters', ' leading space ok', 'tab\tin the middle', 'trailing space ok ']) {
    expect(problemsOf({ BOOTSTRAP_API_KEY: bad })).toHaveLength(1);
  }
});

test('a printed config shows no secret', () => {
  const secrets = {
    DATABASE_URL: 'postgres://app:hunter2@db/x',
    REDIS_URL: 'redis://:hunter2@r',
    BOOTSTRAP_API_KEY: 'hunter2-hunter2-hunter2',
  };
  const config = loadConfig({}, { ...secrets, SECRETS_KEY: Buffer.alloc(32, 'hunter2').toString('base64') });
  const hidden = Buffer.alloc(32, 'hunter2').toString('base64');
  for (const shown of [JSON.stringify(config), inspect(config, { depth: 9, showHidden: true }), `${config.redisUrl}`]) {
    expect(shown).not.toContain('hunter2');
    expect(shown).not.toContain(hidden);
  }
});

test('a model needs a URL and a name, and its key is a secret', () => {
  const url = { MAPPING_LLM_URL: 'https://models.example/v1' };
  expect(() => loadConfig({}, url)).toThrow('MAPPING_LLM_MODEL: Give the name of the model too.');
  expect(() => loadConfig({}, { MAPPING_LLM_KEY: 'sk-alone' })).toThrow('MAPPING_LLM_URL: Give the URL of the endpoint too.');
  const { mappingLlm } = loadConfig({}, { ...url, MAPPING_LLM_MODEL: 'tiny', MAPPING_LLM_KEY: 'sk-hidden' });
  expect(mappingLlm!.key!.reveal()).toBe('sk-hidden');
  expect(JSON.stringify(mappingLlm)).not.toContain('sk-hidden');
});

test('a bucket needs its name, and keys come in pairs', () => {
  const S3_BUCKET = 'files';
  expect(loadConfig({}, { S3_BUCKET }).blobs).toEqual({
    kind: 's3',
    bucket: 'files',
    endpoint: null,
    region: 'us-east-1',
    prefix: '',
    pathStyle: false,
    keys: null,
  });
  expect(problemsOf({ S3_ENDPOINT: 'http://minio:9000' }).join()).toContain('S3_BUCKET');
  expect(problemsOf({ S3_BUCKET, S3_ACCESS_KEY_ID: 'id' }).join()).toContain('S3_SECRET_ACCESS_KEY');
  expect(problemsOf({ S3_BUCKET, S3_SECRET_ACCESS_KEY: 'hunter2' }).join()).not.toContain('hunter2');
  for (const S3_PREFIX of ['/a', 'a/', 'a//b']) expect(problemsOf({ S3_BUCKET, S3_PREFIX }).join()).toContain('S3_PREFIX');
});

test('introspection and GraphiQL are on for any NODE_ENV, until they are switched off', () => {
  const { introspection, graphiql } = loadConfig({}, { NODE_ENV: 'production' });
  expect([introspection, graphiql]).toEqual([true, true]);
  expect(loadConfig({}, { GRAPHQL_INTROSPECTION: '0' }).introspection).toBe(false);
  expect(loadConfig({}, { GRAPHIQL: 'false' }).graphiql).toBe(false);
});

test('origins are names of sites: no paths, no wildcards', () => {
  expect(loadConfig({}, { ALLOWED_ORIGINS: 'https://Portal.example/, http://localhost:5173,' }).allowedOrigins).toEqual([
    'https://portal.example',
    'http://localhost:5173',
  ]);
  for (const wrong of [
    '*',
    'portal.example',
    'https://*.example/x',
    'https://portal.example/app',
    'null',
    'file:///x',
    'https://a@b.example',
  ])
    expect(problemsOf({ ALLOWED_ORIGINS: wrong }), wrong).toEqual([expect.stringMatching(/^ALLOWED_ORIGINS: Give origins/)]);
});

test('several issuers of JWTs have as many values in each setting', () => {
  const organization = 'org_0f8fad5b-d9cb-469f-a165-70867728950e';
  const two = {
    PORTAL_JWT_ISSUER: 'https://a.example, https://b.example',
    PORTAL_JWT_AUDIENCE: 'one,two',
    PORTAL_JWT_JWKS_URL: 'https://a.example/keys,https://b.example/keys',
    PORTAL_JWT_ORGANIZATION: `${organization},${organization}`,
  };
  expect(loadConfig({}, two).portalJwt).toEqual([
    { issuer: 'https://a.example', audience: 'one', jwksUrl: 'https://a.example/keys', organization },
    { issuer: 'https://b.example', audience: 'two', jwksUrl: 'https://b.example/keys', organization },
  ]);
  expect(problemsOf({ ...two, PORTAL_JWT_AUDIENCE: 'one' })).toEqual([expect.stringMatching(/^PORTAL_JWT_AUDIENCE: .*2\.$/)]);
  expect(problemsOf({ ...two, PORTAL_JWT_AUDIENCE: '' })).toEqual([expect.stringMatching(/^PORTAL_JWT_AUDIENCE: /)]);
  expect(problemsOf({ ...two, PORTAL_JWT_ISSUER: 'https://a.example,https://a.example' })).toHaveLength(1);
  expect(problemsOf({ ...two, PORTAL_JWT_JWKS_URL: 'https://a.example/keys,nonsense' })).toHaveLength(1);
});
