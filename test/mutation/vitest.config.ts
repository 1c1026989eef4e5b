import { defineConfig } from 'vitest/config';

/** The unit tests of what is mutated. Each mutant loads them again, so tests of other parts are left out. */
const names = [
  'category-tree',
  'compare',
  'compare-fields',
  'load-engine',
  'look-until-settled',
  'message-times',
  'odd-values',
  'properties/message-order',
  'properties/normalisation',
  'properties/reconciliation',
  'reconcile',
  'source',
];

export default defineConfig({
  root: `${import.meta.dirname}/../..`,
  test: {
    include: names.map(name => `test/unit/${name}.test.ts`),
    setupFiles: ['test/mutation/first-failure.ts'],
    isolate: false,
    testTimeout: 60_000,
  },
});
