import { expect, test } from 'vitest';
import { type RecordType, recordTypes } from '../../src/domain/model/record-type.js';
import { inDependencyOrder, listingOf, loadOrder, recordTypeDeclarations } from '../../src/domain/model/record-types.js';
import { comparisons } from '../../src/domain/verify/comparisons.js';
import { loadSteps } from '../../src/pipeline/load-steps.js';
import { infosetV1 } from '../../src/sources/infoset/profile.js';

test('each type follows its dependencies, also an added one', () => {
  const place = (order: readonly string[], type: string) => order.indexOf(type);
  for (const type of recordTypes)
    for (const other of recordTypeDeclarations[type].dependsOn)
      expect(place(loadOrder, other), `${other} before ${type}`).toBeLessThan(place(loadOrder, type));
  expect([...loadOrder].sort()).toEqual([...recordTypes].sort());
  const order = inDependencyOrder<RecordType | 'SURVEY'>({
    SURVEY: { dependsOn: ['TICKET', 'CONTACT'] },
    ...recordTypeDeclarations,
  });
  expect(place(order, 'SURVEY')).toBeGreaterThan(place(order, 'TICKET'));
  expect(order.filter(type => type !== 'SURVEY')).toEqual(loadOrder);
});

test('types that depend on each other are refused', () => {
  expect(() =>
    inDependencyOrder<'a' | 'b' | 'c'>({ a: { dependsOn: ['b'] }, b: { dependsOn: ['a'] }, c: { dependsOn: [] } }),
  ).toThrow('a, b');
});

test('declared types are exactly those that are read and loaded', () => {
  const observed = new Set(['tags', 'files', 'recordings']);
  for (const type of recordTypes) {
    const { arrival } = recordTypeDeclarations[type];
    const resource = infosetV1.resources[listingOf(type)];
    expect(resource ? resource.recordType : observed.has(listingOf(type)), type).toBe(resource ? type : true);
    if (arrival !== 'LOADED') expect(loadSteps[type], type).toBeUndefined();
  }
  const phases = recordTypes.map(type => recordTypeDeclarations[type].phase);
  expect(new Set(phases).size).toBe(phases.length);
});

test('each type that is written or documented has a comparison; files are covered by their message or article', () => {
  const compared = recordTypes.filter(type => recordTypeDeclarations[type].arrival !== 'MATCHED' && type !== 'ATTACHMENT');
  expect(Object.keys(comparisons).sort()).toEqual([...compared].sort());
});
