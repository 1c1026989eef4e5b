import { expect, test } from 'vitest';
import type { Loss } from '../../src/domain/drafts/drafts.js';
import { compareFields, notMapped } from '../../src/domain/verify/compare-fields.js';

const loss = (field: string, code: string, lossy: boolean) => ({ field, code, lossy }) as Loss;

test('an attribute is compared by its own name, and a field only if the destination has it', () => {
  const draft = {
    fields: { city: 'attributes.city', 'x.attributes.y': 'name', size: 'attributes.a.b', note: 'not returned' },
    attributes: { city: 'İzmir', 'a.b': 3 },
    losses: [],
  };
  const { outcomes, differences, read } = compareFields(draft, { name: 'Ege' }, { name: 'Ege' }, { city: 'Ankara', 'a.b': 3 });
  expect(outcomes).toEqual({ city: { different: 1 }, 'x.attributes.y': { equal: 1 }, size: { equal: 1 } });
  expect(differences).toEqual([{ field: 'city', expected: 'İzmir', actual: 'Ankara' }]);
  expect(Object.keys(read!).sort()).toEqual(['attributes.a.b', 'attributes.city', 'name']);
});

test("attributes that Landfall adds itself are compared too, inherited names are not the destination's", () => {
  const { outcomes } = compareFields(
    { fields: { a: 'attributes.a' }, attributes: { a: 1, constructor: 'x' }, losses: [] },
    {},
    {},
    { a: 1 },
  );
  expect(outcomes).toEqual({ a: { equal: 1 }, constructor: { different: 1 } });
});

test('a declared loss is lossy while the rest of the value is equal, and never hides a difference', () => {
  const draft = (lossy: boolean) => ({
    fields: { f: 'name' },
    attributes: {},
    losses: [loss('f', 'TOO_LONG', lossy), loss('g', 'X', true)],
  });
  const compare = (lossy: boolean, actual: string) => {
    const { outcomes, rules } = compareFields(draft(lossy), { name: 'Ege' }, { name: actual }, {});
    return [Object.keys(outcomes.f!), rules!.f];
  };
  expect(compare(true, 'Ege')).toEqual([['lossy'], 'TOO_LONG']);
  expect(compare(true, 'EGE')).toEqual([['lossy'], 'TOO_LONG']);
  expect(compare(true, 'Egel')).toEqual([['different'], undefined]);
  // Without a loss of data it is a normalisation, named by its code.
  expect(compare(false, 'Ege')).toEqual([['normalised'], 'TOO_LONG']);
  expect(compare(false, 'EGE ')).toEqual([['normalised'], 'CASE_AND_SPACE']);
  expect(compare(false, 'Egel')).toEqual([['different'], undefined]);
});

test('a loss of another field does not matter', () => {
  const losses = [loss('g', 'LOST', true), loss('g', 'CLEANED', false)];
  const draft = { fields: { f: 'name' }, attributes: {}, losses };
  const { outcomes, rules, actual } = compareFields(draft, { name: 'Ege' }, { name: 'Ege' }, { other: 1 });
  expect([outcomes, { ...rules }]).toEqual([{ f: { equal: 1 } }, {}]);
  expect(actual).toEqual({ fields: { name: 'Ege' }, attributes: { other: 1 } });
});

test('a field is an attribute only if its target begins so', () => {
  const draft = { fields: { f: 'x.attributes.y' }, attributes: { y: 1 }, losses: [] };
  const { outcomes, read } = compareFields(draft, { 'x.attributes.y': 'a' }, { 'x.attributes.y': 'b' }, { y: 1 });
  expect(outcomes).toEqual({ f: { different: 1 }, y: { equal: 1 } });
  expect(Object.keys(read!)).toEqual(['x.attributes.y', 'attributes.y']);
});

test('of a list each expected element must be there, in any order; people may have added others', () => {
  const compare = (expected: string[], actual: string[] | null, losses: Loss[] = []) =>
    Object.keys(
      compareFields({ fields: { f: 'tags' }, attributes: {}, losses }, { tags: expected }, { tags: actual }, {}).outcomes.f!,
    );
  expect(compare(['a', 'b'], ['c', 'b', 'a'])).toEqual(['equal']);
  expect(compare(['a', 'b'], ['a'])).toEqual(['different']);
  expect(compare(['a'], null)).toEqual(['different']);
  expect(compare([], null)).toEqual(['equal']);
  expect(compare(['a'], ['a'], [loss('f', 'CUT', true)])).toEqual(['lossy']);
});

test('empty values: absent and null are equal, an empty value and a filled one are different', () => {
  const compare = (expected: string | null | undefined, actual: string | null | undefined) => {
    const { outcomes, differences } = compareFields(
      { fields: { f: 'name' }, attributes: {}, losses: [] },
      { name: expected },
      { name: actual },
      {},
    );
    return [Object.keys(outcomes.f!)[0], differences[0]?.expected, differences[0]?.actual];
  };
  expect(compare(undefined, null)).toEqual(['equal', undefined, undefined]);
  expect(compare('null', null)).toEqual(['different', 'null', null]);
  expect(compare(null, 'null')).toEqual(['different', null, 'null']);
  expect(compare('undefined', undefined)).toEqual(['different', 'undefined', null]);
  expect(compare('a'.repeat(400), 'b')).toEqual(['different', 'a'.repeat(300), 'b']);
});

test('a field that the mapping does not contain is a difference with its own text', () => {
  const losses = [loss('new', 'NOT_MAPPED', true), loss('f', 'TOO_LONG', true)];
  const { outcomes, differences } = compareFields({ fields: {}, attributes: {}, losses }, {}, {}, {});
  expect(outcomes).toEqual({ new: { different: 1 } });
  expect(differences).toEqual([{ field: 'new', expected: notMapped, actual: null }]);
  expect(notMapped).toBe('a value that the mapping does not name');
});

test('only the field of the telephone number is compared by its digits', () => {
  const compare = (target: string, expected: string, actual: string) => {
    const { outcomes, rules } = compareFields(
      { fields: { f: target }, attributes: {}, losses: [] },
      { [target]: expected },
      { [target]: actual },
      {},
    );
    return [Object.keys(outcomes.f!)[0], rules!.f];
  };
  expect(compare('phone', '+90 532', '+90-532')).toEqual(['normalised', 'PHONE_FORMAT']);
  expect(compare('name', '+90 532', '+90-532')).toEqual(['different', undefined]);
  expect(compare('name', 'Ege', ' EGE')).toEqual(['normalised', 'CASE_AND_SPACE']);
  expect(compare('name', 'Straße', 'STRASSE')).toEqual(['different', undefined]);
});
