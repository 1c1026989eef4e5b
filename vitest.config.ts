import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  // One copy of graphql for everyone: with two, `instanceof GraphQLError` is false and coded errors turn INTERNAL.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    // A file whose folder is not named is not registered.
    // biome-ignore lint/style/noProcessEnv: optional directories of the tests come from the environment.
    exclude: [...configDefaults.exclude, ...(process.env.LANDFALL_CASES_DIR ? [] : ['test/cases/folders.test.ts'])],
    include: ['test/{unit,contract,integration,e2e,attack,cases}/**/*.test.ts'],
    globalSetup: ['test/support/global-postgres.ts', 'test/support/global-openapi.ts'],
    setupFiles: ['test/support/openapi-tap.ts'],
    pool: 'forks',
    // More than two cores: a test waits for leases, limits and processes for a good part of its time.
    maxWorkers: 3,
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: ['default'],
  },
});
