import { configDefaults, defineConfig, type ViteUserConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest come first, so that no worker ends long before the others. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = [...longest, 'e2e/', 'cases/', 'attack/', 'integration/', 'contract/', 'unit/'];
    const rank = ({ moduleId }: TestSpecification) => order.findIndex(each => moduleId.includes(`/test/${each}`));
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** Files of about a minute and more. */
const longest = [
  'cases/folders.',
  'e2e/processes.',
  'e2e/stored-account.',
  'e2e/load-kills.',
  'e2e/kill-matrix.',
  'e2e/load-faults.',
  'e2e/rollback.',
  'attack/heap.',
  'e2e/sandbox.',
  'attack/neighbours.',
  'e2e/delta.',
  'e2e/outages.',
  'e2e/fault-matrix.',
  'e2e/extraction-faults.',
  'attack/start-refusals.',
  'e2e/six-steps.',
  'e2e/failed-runs.',
  'e2e/deals.',
  'e2e/second-runs.',
  'e2e/rollback-interrupted.',
  'attack/frozen-worker.',
  'cases/later-values.',
  'e2e/help-center.',
  'unit/hostile-texts.',
];

const unit = ['test/unit/**/*.test.ts'];
/** They take long: each has a worker of its own. */
const longUnit = ['hostile-texts', 'patterns', 'markup', 'boundaries'].map(name => `test/unit/${name}.test.ts`);
// The code of packages is compiled once, not by each test file and each process that a test starts.
const env = { NODE_COMPILE_CACHE: `${import.meta.dirname}/.tmp/compiled` };

/** Unit tests share processes and with them the modules that they load: they start no server and keep no state. */
const unitTests: ViteUserConfig = {
  test: { name: 'unit', include: unit, exclude: [...configDefaults.exclude, ...longUnit], isolate: false },
};

// Without its folder, a file is not registered.
// biome-ignore-start lint/style/noProcessEnv: optional directories of the tests come from the environment.
const withoutFolder = [
  ...(process.env.LANDFALL_CASES_DIR ? [] : ['test/cases/folders.test.ts']),
  ...(process.env.LANDFALL_ACCOUNT_DIR ? [] : ['test/e2e/stored-account.test.ts']),
];
// biome-ignore-end lint/style/noProcessEnv: as above

/** A process of its own for each file, one Postgres for all, and Intercom's description to hold each exchange against. */
const serverTests: ViteUserConfig = {
  test: {
    name: 'server',
    include: ['test/{contract,integration,e2e,attack,cases}/**/*.test.ts', ...longUnit],
    exclude: [...configDefaults.exclude, ...withoutFolder],
    globalSetup: ['test/support/global-postgres.ts', 'test/support/global-openapi.ts'],
    setupFiles: ['test/support/close-at-end.ts', 'test/support/openapi-tap.ts'],
  },
};

export default defineConfig({
  // One copy of graphql for everyone: with two, `instanceof GraphQLError` is false and coded errors turn INTERNAL.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    pool: 'forks',
    env,
    // More workers than cores, because tests often wait for leases, limits and processes.
    maxWorkers: 3,
    sequence: { sequencer: LongFirst },
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: ['default'],
    projects: [unitTests, serverTests].map(project => ({ ...project, extends: true as const })),
  },
});
