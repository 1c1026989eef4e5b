import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges } from 'graphql';
import { expect, test } from 'vitest';

const read = (path: string) => buildSchema(readFileSync(new URL(path, import.meta.url), 'utf8'));

/** The core of the API, which clients have generated code from. It may grow, and nothing in it may change. */
const core = read('../support/core.graphql');

test('schema.graphql does not break the core contract', () => {
  expect(findBreakingChanges(core, read('../../schema.graphql'))).toEqual([]);
});

test('a breaking change is found', () => {
  const text = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
  const broken = buildSchema(
    text.replace(/^input StartRunInput \{/m, 'input StartRunInput { forced: Boolean!').replace(/\bCANCELLED\b/g, 'STOPPED'),
  );
  expect(findBreakingChanges(core, broken).map(({ type }) => type)).toEqual(
    expect.arrayContaining(['REQUIRED_INPUT_FIELD_ADDED', 'VALUE_REMOVED_FROM_ENUM']),
  );
});
