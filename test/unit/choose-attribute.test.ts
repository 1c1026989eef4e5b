import { expect, test } from 'vitest';
import { chooseAttribute } from '../../src/domain/mapping/choose-attribute.js';
import type { FieldMapping } from '../../src/domain/mapping/field-mapping.js';
import { MappingProposal } from '../../src/domain/mapping/propose.js';
import { edited } from '../../src/domain/mapping/rules.js';

function fieldsOf(): FieldMapping[] {
  const proposal = new MappingProposal([], 'Europe/Istanbul', 'TR');
  const customFields = { Boy: 12, Kilo: 1.5, Üye: true, Doğum: '2020-01-02', Renk: 'mavi', City: 'İzmir' };
  proposal.add('CONTACT', { id: 1, status: 'P', customFields });
  proposal.add('DEAL', { id: 1, customFields });
  proposal.add('MESSAGE', { id: 1, content: 'x' });
  return proposal.propose().map((field, index) => ({ ...field, id: String(index) }));
}
const custom = (label: string) => `customFields["${label}"]`;
const find = (fields: FieldMapping[], type: string, path: string) =>
  fields.find(({ recordType, sourcePath }) => recordType === type && sourcePath === path)!;
const undecided = (field: FieldMapping): FieldMapping => ({ ...field, action: 'UNDECIDED', targetPath: null });
const without = (fields: FieldMapping[], field: FieldMapping) => fields.filter(each => each !== field);

test('an undecided field gets its proposed name', () => {
  const fields = fieldsOf();
  for (const field of fields.filter(({ action }) => action === 'CREATE_ATTRIBUTE')) {
    const back = edited(undecided(field), { action: 'CREATE_ATTRIBUTE' }, without(fields, field));
    expect(back).toEqual(field);
  }
});

test('without a proposal the name comes from the label, and the type from the values', () => {
  const fields = fieldsOf();
  const chosen = (type: string, label: string) => {
    const field = find(fields, type, custom(label));
    const open = { ...undecided(field), proposedTarget: null, attributeType: null };
    return edited(open, { action: 'CREATE_ATTRIBUTE' }, without(fields, field));
  };
  const types = (type: string) => ['Boy', 'Kilo', 'Üye', 'Doğum', 'Renk'].map(label => chosen(type, label).attributeType);
  expect(types('CONTACT')).toEqual(['integer', 'decimal', 'boolean', 'date', 'string']);
  expect(new Set(types('DEAL'))).toEqual(new Set(['string']));
  expect(chosen('CONTACT', 'Doğum').targetPath).toBe('contact.custom_attributes.dogum');
  expect(chosen('CONTACT', 'City').targetPath).toBe('contact.custom_attributes.city');
});

test('a name that another field has taken meanwhile is not used twice', () => {
  const fields = fieldsOf();
  const field = find(fields, 'CONTACT', custom('Boy'));
  const others = without(fields, field).map(each =>
    each.sourcePath === 'status' ? { ...each, targetPath: 'contact.custom_attributes.BOY' } : each,
  );
  const chosen = edited(undecided(field), { action: 'CREATE_ATTRIBUTE' }, others);
  expect(chosen.targetPath).toBe('contact.custom_attributes.contact_boy');
  // A given path is used.
  const given = { action: 'CREATE_ATTRIBUTE', targetPath: field.targetPath } as const;
  expect(() => edited(undecided(field), given, others)).toThrow('uses it');
});

test('fields of types without attributes get no attribute', () => {
  const fields = fieldsOf();
  const field = find(fields, 'MESSAGE', 'content');
  expect(chooseAttribute(undecided(field), [])).toBeNull();
  expect(() => edited(undecided(field), { action: 'CREATE_ATTRIBUTE' }, [])).toThrow('cannot become an attribute');
});
