// The import table of the architecture: a folder of src/ and what it may import besides itself and domain/. `shapes` is
// src/sources/shapes.ts: the meaning of staged records.
const table = {
  domain: [],
  config: [],
  http: [],
  events: [],
  store: ['shapes'],
  rate: [],
  files: [],
  sources: ['http'],
  destinations: ['http'],
  suggestions: ['http'],
  webhooks: ['http'],
  tenancy: ['store'],
  pipeline: ['store', 'events', 'shapes'],
  jobs: ['store', 'events', 'pipeline'],
  operations: ['store', 'events', 'tenancy', 'jobs', 'files', 'shapes'],
  graphql: ['events', 'tenancy', 'operations'],
  web: ['events', 'tenancy', 'operations'],
  demo: ['simulators'],
  simulators: [],
  telemetry: ['http'],
};

/** Which folders alone may speak to the outside through which packages. */
const owners = {
  store: ['typeorm', 'pg'],
  jobs: ['pg-boss'],
  files: ['@aws-sdk/client-s3', '@aws-sdk/lib-storage'],
  'events|rate': ['ioredis'],
  'http|demo|simulators': ['got'],
  telemetry: ['prom-client', '@opentelemetry/api', '@opentelemetry/sdk-trace'],
  graphql: ['@apollo/server', '@as-integrations/express5', 'type-graphql', 'graphql-scalars', 'dataloader'],
  'graphql|demo': ['graphql-ws'],
  web: ['cors', 'helmet'],
};

const folders = Object.keys(table).join('|');
const packagePath = names => names.map(name => `node_modules/${name}/`).join('|');

const pathOf = name => (name === 'shapes' ? 'sources/shapes\\.ts$' : `${name}/`);

const rows = Object.entries(table).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  comment: `src/${folder} may import ${[folder, 'domain', ...allowed].join(', ')} and nothing else of src.`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^(src|migrations)/', pathNot: `^src/(${[...new Set([folder, 'domain', ...allowed])].map(pathOf).join('|')})` },
}));

const packages = Object.entries(owners).map(([folder, names]) => ({
  name: `packages-of-${folder.replaceAll('|', '-')}`,
  comment: `${names.join(', ')}: only src/(${folder}) and the composition root use them.`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/((${folder})/|compose(\\.ts$|/))` },
  to: { path: packagePath(names) },
}));

module.exports = {
  forbidden: [
    ...rows,
    ...packages,
    {
      name: 'config-imports',
      comment: 'config.ts knows the environment and the domain alone.',
      severity: 'error',
      from: { path: '^src/config\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(config|domain)/' },
    },
    {
      name: 'loaded-only-if-configured',
      comment: 'The packages of S3, metrics and traces take time and memory: only a dynamic import loads them.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(files/s3|telemetry)/' },
      to: {
        path: '^src/(files/s3/|telemetry/(telemetry|metrics|tracing)\\.ts$)',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'folder-outside-the-table',
      comment: 'A new folder of src/ needs a row in the table first.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${folders}|compose)/` },
      to: {},
    },
    {
      name: 'one-vendor-never-another',
      comment: 'Two sources, or two destinations, share nothing.',
      severity: 'error',
      from: { path: '^src/(sources|destinations)/([^/]+)/' },
      to: { path: '^src/$1/', pathNot: '^src/$1/$2/' },
    },
    {
      name: 'a-stage-never-another-stage',
      comment: 'Stages of the pipeline meet in the store.',
      severity: 'error',
      from: { path: '^src/pipeline/([^/]+)/' },
      to: { path: '^src/pipeline/', pathNot: '^src/pipeline/$1/' },
    },
    {
      name: 'migrations-imports',
      comment: 'A migration is frozen: it imports nothing that may change.',
      severity: 'error',
      from: { path: '^migrations/', pathNot: '^migrations/index\\.ts$' },
      to: { path: '^(src|migrations)/' },
    },
    { name: 'no-cycle', comment: 'No cycles.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      comment: 'Every import leads somewhere. The package that is left out has types alone, and no file to resolve.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^@graphql-typed-document-node/core$' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensionAlias: { '.js': ['.ts', '.js'] },
    },
  },
};
