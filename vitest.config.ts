import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folders whose files take longest come first, so that no worker ends long before the others. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = ['cases/folders', 'e2e/', 'cases/', 'attack/', 'integration/', 'contract/', 'unit/'];
    const rank = ({ moduleId }: TestSpecification) => order.findIndex(each => moduleId.includes(`/test/${each}`));
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  // One copy of graphql for everyone: with two, `instanceof GraphQLError` is false and coded errors turn INTERNAL.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    // A file whose folder is not named is not registered.
    // biome-ignore lint/style/noProcessEnv: optional directories of the tests come from the environment.
    exclude: [...configDefaults.exclude, ...(process.env.LANDFALL_CASES_DIR ? [] : ['test/cases/folders.test.ts'])],
    include: ['test/{unit,contract,integration,e2e,attack,cases}/**/*.test.ts'],
    globalSetup: ['test/support/global-postgres.ts', 'test/support/global-openapi.ts'],
    setupFiles: ['test/support/close-at-end.ts', 'test/support/openapi-tap.ts'],
    pool: 'forks',
    // More than two cores: a test waits for leases, limits and processes for a good part of its time.
    maxWorkers: 3,
    sequence: { sequencer: LongFirst },
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: ['default'],
  },
});
