import { expect, test } from 'vitest';
import { newDifferences } from '../../src/domain/rollback/edits.js';
import { PlanSummary, places, stepOf } from '../../src/domain/rollback/plan.js';
import { companyRestoration, notRestored } from '../../src/domain/rollback/restoration.js';

test('a difference that the read-back found is not an edit, and neither is an empty field of an incomplete record', () => {
  const found = [
    { field: 'name', expected: 'A', actual: 'B' },
    { field: 'phone', expected: '1', actual: null },
  ];
  expect(newDifferences(found, { isWhole: true, known: [], values: {} })).toEqual(found);
  expect(newDifferences(found, { isWhole: true, known: [found[0]!], values: {} })).toEqual([found[1]]);
  expect(newDifferences(found, { isWhole: true, known: [{ ...found[0]!, actual: 'C' }], values: {} })).toEqual(found);
  expect(newDifferences(found, { isWhole: false, known: [], values: {} })).toEqual([found[0]]);
});

test('each place belongs to its step, and collections of any depth to one step', () => {
  for (const [step, place] of Object.entries(places)) expect(stepOf(place)).toBe(step);
  expect(stepOf(places.collections + 9)).toBe('collections');
});

test('rows of a plan count objects by action, type and reason', () => {
  const summary = new PlanSummary();
  for (let count = 0; count < 3; count++) summary.add({ action: 'DELETE', destinationType: 'COMPANY', reason: 'CREATED' });
  summary.add({ action: 'KEEP', destinationType: 'COMPANY', reason: 'EDITED' });
  expect(summary.rows).toMatchObject([
    { action: 'DELETE', destinationType: 'COMPANY', count: 3 },
    { action: 'KEEP', destinationType: 'COMPANY', count: 1 },
  ]);
});

test('an adopted company gets its old values back, and null where it had none', () => {
  const draft = {
    sourceId: '1',
    losses: [],
    fields: {},
    attributes: { sektor: 'Yazılım', puan: 3 },
    tags: ['vip'],
    note: null,
    key: 'infoset:71:1',
    name: 'Yeni',
    website: null,
    industry: null,
    size: null,
    remoteCreatedAt: null,
  };
  const view = {
    id: 'x',
    key: 'infoset:71:1',
    name: 'Yeni',
    website: 'https://their.example',
    industry: null,
    size: null,
    remoteCreatedAt: null,
    attributes: { sektor: 'Yazılım', puan: 3, kendi: 'x' },
    tags: ['VIP', 'Own'],
    contactCount: 0,
  };
  const before = { ...view, name: 'Eski', attributes: { puan: 1, kendi: 'x' }, tags: ['Own'] };
  const change = companyRestoration(draft, view, before);
  expect(change).toEqual({ fields: { name: 'Eski' }, attributes: { sektor: null, puan: 1 }, untag: ['VIP'] });
  expect(notRestored(change, view)).toEqual(['name', 'sektor', 'puan', 'tag VIP']);
  expect(notRestored(change, before)).toEqual([]);
});
