import { expect, test } from 'vitest';
import { changesOf, type FieldDecision, type FieldPair } from '../../src/domain/mapping/changes.js';

const decision = (change: Partial<FieldDecision> = {}): FieldDecision => ({
  action: 'CREATE_ATTRIBUTE',
  targetPath: 'contact.custom_attributes.a',
  attributeType: 'string',
  ignoreReason: null,
  defaultValue: null,
  values: [{ from: 'x', to: 'x', occurrences: 1 }],
  ...change,
});
const pair = (before: FieldDecision | null, after: FieldDecision | null): FieldPair => ({
  recordType: 'CONTACT',
  sourcePath: 'a',
  before,
  after,
});
const kinds = (before: FieldDecision | null, after: FieldDecision | null) =>
  changesOf([pair(before, after)]).map(({ kind, changedValues }) => [kind, changedValues]);

test('a difference in what the hash covers is a change; the count of a value is not', () => {
  expect(kinds(null, decision())).toEqual([['ADDED', 1]]);
  expect(kinds(decision(), null)).toEqual([['REMOVED', 1]]);
  expect(kinds(decision(), decision({ values: [{ from: 'x', to: 'x', occurrences: 9 }] }))).toEqual([]);
  expect(kinds(decision(), decision({ targetPath: 'contact.custom_attributes.b' }))).toEqual([['CHANGED', 0]]);
  expect(kinds(decision(), decision({ attributeType: 'integer' }))).toEqual([['CHANGED', 0]]);
  expect(kinds(decision(), decision({ values: [{ from: 'x', to: null, occurrences: 1 }] }))).toEqual([['CHANGED', 1]]);
  expect(kinds(decision(), decision({ values: [] }))).toEqual([['CHANGED', 1]]);
  expect(kinds(decision(), decision({ defaultValue: 'x' }))).toEqual([['CHANGED', 0]]);
  // The type of a field that does not move does not matter.
  const ignored = decision({ action: 'IGNORE', targetPath: null, ignoreReason: 'no' });
  expect(kinds(ignored, { ...ignored, attributeType: 'date' })).toEqual([]);
});

test('a value that is left out in one version and missing in the other is a change', () => {
  const leftOut = decision({ values: [{ from: 'x', to: null, occurrences: 0 }] });
  expect(kinds(decision({ values: [] }), leftOut)).toEqual([['CHANGED', 1]]);
});
