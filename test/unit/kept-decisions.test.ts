import { expect, test } from 'vitest';
import type { FieldMapping, ProposedField } from '../../src/domain/mapping/field-mapping.js';
import { keptDecisions } from '../../src/domain/mapping/kept-decisions.js';
import { MappingProposal } from '../../src/domain/mapping/propose.js';
import type { Fields } from '../../src/domain/model/record-fields.js';

function proposalOf(customFields: Fields, tags: readonly string[] = []): MappingProposal {
  const proposal = new MappingProposal([], 'Europe/Istanbul', 'TR');
  proposal.add('CONTACT', { id: 1, status: 'P', customFields });
  proposal.add('TICKET', { id: 1, status: 1 });
  for (const tag of tags) proposal.addTag(tag, 1);
  return proposal;
}

const confirmed = (fields: readonly ProposedField[]): FieldMapping[] => fields.map(field => ({ ...field, id: '' }));
const again = (proposal: MappingProposal, standing: FieldMapping[]) => keptDecisions(proposal.propose(standing), standing, 1);
const valuesOf = (fields: readonly ProposedField[], type: string, path: string) =>
  fields
    .find(({ recordType, sourcePath }) => recordType === type && sourcePath === path)!
    .values.map(({ from, to }) => [from, to]);

test('values that a person renamed or left out stay so when a mapping is proposed again', () => {
  const first = confirmed(proposalOf({ Tip: 'a' }, ['VIP', 'gizli', 'vip']).propose());
  for (const field of first)
    for (const value of field.values) {
      if (value.from === 'VIP' || value.from === 'vip') value.to = 'Altın';
      if (value.from === 'gizli') value.to = null;
      if (field.recordType === 'TICKET' && value.from === '1') value.to = 'açık';
    }
  const next = again(proposalOf({ Tip: 'a' }, ['VIP', 'Vip', 'yeni']), first);
  expect(valuesOf(next, 'TAG', 'name')).toEqual([
    ['VIP', 'Altın'],
    // Tags that differ only by case are one.
    ['Vip', 'Altın'],
    ['yeni', 'yeni'],
    ['gizli', null],
    ['vip', 'Altın'],
  ]);
  expect(valuesOf(next, 'TICKET', 'status')).toContainEqual(['1', 'açık']);
  expect(valuesOf(next, 'TICKET', 'status')).toContainEqual(['2', 'pending']);
});

test('an attribute keeps its field when another field of the same name appears', () => {
  const targets = (fields: readonly ProposedField[]) =>
    Object.fromEntries(
      fields.filter(({ sourcePath }) => sourcePath.startsWith('custom')).map(each => [each.sourcePath, each.targetPath]),
    );
  const first = confirmed(proposalOf({ tip: 'a', Şehir: 'b' }).propose());
  const before = targets(first);
  // A name from before labels of every script were supported.
  first.find(({ sourcePath }) => sourcePath.includes('Şehir'))!.targetPath = 'contact.custom_attributes.field';
  const next = targets(again(proposalOf({ TIP: 'c', tip: 'a', Şehir: 'b', Field: 'd' }), first));
  expect(next['customFields["tip"]']).toBe(before['customFields["tip"]']);
  expect(next['customFields["Şehir"]']).toBe('contact.custom_attributes.field');
  expect(new Set(Object.values(next)).size).toBe(4);
});

test('a confirmed target that several fields can share is kept', () => {
  const first = confirmed(proposalOf({ Unvan: 'Dr.' }).propose());
  const field = first.find(({ sourcePath }) => sourcePath.includes('Unvan'))!;
  Object.assign(field, { action: 'MAP', targetPath: 'contact.name' });
  const proposal = proposalOf({ Unvan: 'Dr.' });
  proposal.add('CONTACT', { id: 2, fullName: 'Ali' });
  const kept = again(proposal, first).find(({ sourcePath }) => sourcePath.includes('Unvan'))!;
  expect([kept.action, kept.targetPath]).toEqual(['MAP', 'contact.name']);
});
