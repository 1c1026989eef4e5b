import { expect, test } from 'vitest';
import type { FieldMapping, ProposedField } from '../../src/domain/mapping/field-mapping.js';
import { keptDecisions } from '../../src/domain/mapping/kept-decisions.js';
import { MappingProposal } from '../../src/domain/mapping/propose.js';
import { edited, mappingHash } from '../../src/domain/mapping/rules.js';
import type { Fields } from '../../src/domain/model/record-fields.js';
import { mapFields, type TypeMapping } from '../../src/pipeline/transform/field-values.js';

const stages = {
  pipelines: new Map([['7', 'Talepler']]),
  stages: new Map([
    ['7/1', 'Yeni'],
    ['7/2', 'Kapandı'],
  ]),
};
const ticket = (id: number, more: Fields) => ({ id, pipelineId: 7, stageId: 1, channelType: 'email', status: 1, ...more });
const confirmed = (fields: readonly ProposedField[]) =>
  fields.map((field, index): FieldMapping => ({ ...field, id: `${index}` }));
const select = { recordType: 'TICKET', label: 'Kanallar', type: 'multiselect', options: ['web'] } as const;

function proposed(): FieldMapping[] {
  const proposal = new MappingProposal([{ ...select, options: [...select.options] }], 'Europe/Istanbul', 'TR', stages);
  for (let id = 1; id <= 10; id++)
    proposal.add(
      'TICKET',
      ticket(id, { stageId: id % 2 ? 1 : 2, customFields: { Kanallar: ['web', 'mobil'], Bölge: id % 2 ? 'Ege' : 'Marmara' } }),
    );
  proposal.add('TICKET', ticket(11, { stageId: 9, customFields: { Serbest: 'bir kez' } }));
  proposal.add('COMPANY', { id: 1, name: 'Ege', sector: 'Turizm' });
  proposal.add('COMPANY', { id: 2, name: null, sector: 'Gıda' });
  return confirmed(proposal.propose());
}
const at = (fields: readonly FieldMapping[], recordType: string, path: string) =>
  fields.find(each => each.recordType === recordType && each.sourcePath === path)!;
const custom = (label: string) => `customFields[${JSON.stringify(label)}]`;
const edit = (fields: readonly FieldMapping[], path: string, change: object, recordType = 'TICKET') => {
  const field = at(fields, recordType, path);
  const next = edited(
    field,
    { action: field.action, targetPath: field.targetPath, ...change },
    fields.filter(each => each !== field),
  );
  return fields.map(each => (each === field ? next : each));
};
const typed = (fields: readonly FieldMapping[], recordType: string): TypeMapping =>
  new Map(fields.filter(each => each.recordType === recordType).map(each => [each.sourcePath, each]));
const sent = (fields: readonly FieldMapping[], record: Fields) =>
  mapFields(record, typed(fields, 'TICKET'), 'conversation', 'Europe/Istanbul', (path, value) =>
    path === 'stageId' ? (stages.stages.get(`7/${value}`) ?? value) : value,
  );

test('fields of a few values list them with their counts: stages by name, items of lists one by one', () => {
  const fields = proposed();
  const values = (type: string, path: string) =>
    at(fields, type, path).values.map(({ from, to, occurrences }) => [from, to, occurrences]);
  expect(values('TICKET', 'stageId')).toEqual([
    ['Yeni', 'Yeni', 5],
    ['Kapandı', 'Kapandı', 5],
    ['9', '9', 1],
  ]);
  expect(values('TICKET', 'pipelineId')).toEqual([['Talepler', 'Talepler', 11]]);
  expect(values('TICKET', 'channelType')).toEqual([['email', 'email', 11]]);
  expect(values('TICKET', custom('Kanallar'))).toEqual([
    ['web', 'web', 10],
    ['mobil', 'mobil', 10],
  ]);
  expect(values('TICKET', custom('Bölge'))).toEqual([
    ['Ege', 'Ege', 5],
    ['Marmara', 'Marmara', 5],
  ]);
  expect(values('TICKET', custom('Serbest'))).toEqual([]);
  expect(values('COMPANY', 'sector')).toEqual([
    ['Turizm', 'Turizm', 1],
    ['Gıda', 'Gıda', 1],
  ]);
});

test('a value is replaced, one without a match keeps its own text, one that is mapped to nothing is left out', () => {
  let fields = proposed();
  fields = edit(fields, 'stageId', {
    values: [
      { from: 'Yeni', to: 'New' },
      { from: 'Kapandı', to: null },
    ],
  });
  fields = edit(fields, custom('Kanallar'), { values: [{ from: 'mobil', to: 'mobile' }] });
  const { attributes } = sent(fields, ticket(1, { customFields: { Kanallar: ['mobil', 'mağaza'] } }));
  expect(attributes).toMatchObject({ infoset_stage: 'New', kanallar: 'mobile, mağaza' });
  expect(sent(fields, ticket(1, { stageId: 2 })).attributes.infoset_stage).toBeUndefined();
  expect(sent(fields, ticket(1, { stageId: 44 })).attributes.infoset_stage).toBe('44');
  // Also where the destination has a field of its own.
  fields = edit(fields, 'sector', { values: [{ from: 'Gıda', to: 'Food' }] }, 'COMPANY');
  const company = mapFields({ id: 2, sector: 'Gıda' }, typed(fields, 'COMPANY'), 'company', 'UTC');
  expect(company.targets.get('sector')).toBe('Food');
  // Decisions by people stay in the next version.
  const again = keptDecisions(proposed(), fields, 1);
  expect(mappingHash(again)).toBe(mappingHash(fields));
});

test('a required field that is empty is a loss with its count; its default is written, and nothing else gets one', () => {
  const fields = proposed();
  const name = at(fields, 'COMPANY', 'name');
  expect(name.losses).toMatchObject([{ code: 'REQUIRED_EMPTY', affectedRecords: 1 }]);
  const drafted = (mapping: readonly FieldMapping[], record: Fields) =>
    mapFields(record, typed(mapping, 'COMPANY'), 'company', 'UTC');
  expect(drafted(fields, { id: 2 }).targets.has('name')).toBe(false);
  const withDefault = edit(fields, 'name', { defaultValue: 'Adsız' }, 'COMPANY');
  expect(mappingHash(withDefault)).not.toBe(mappingHash(fields));
  const filled = drafted(withDefault, { id: 2, name: '' });
  expect(filled.targets.get('name')).toBe('Adsız');
  expect(filled.losses).toEqual([{ field: 'name', code: 'DEFAULTED', lossy: false }]);
  expect(drafted(withDefault, { id: 1, name: 'Ege' }).targets.get('name')).toBe('Ege');
  expect(at(edit(withDefault, 'name', {}, 'COMPANY'), 'COMPANY', 'name').defaultValue).toBe('Adsız');
  expect(mappingHash(edit(withDefault, 'name', { defaultValue: null }, 'COMPANY'))).toBe(mappingHash(fields));
  expect(mappingHash(keptDecisions(proposed(), withDefault, 1))).toBe(mappingHash(withDefault));
});

test('a required custom field of the source counts too, and a default has the type of its attribute', () => {
  const definition = { recordType: 'CONTACT' as const, label: 'Yaş', type: 'number', options: [], isRequired: true };
  const proposal = new MappingProposal([definition], 'UTC', null);
  proposal.add('CONTACT', { id: 1, customFields: { Yaş: 5 } });
  proposal.add('CONTACT', { id: 2 });
  const fields = confirmed(proposal.propose());
  expect(at(fields, 'CONTACT', custom('Yaş')).losses).toMatchObject([{ code: 'REQUIRED_EMPTY', affectedRecords: 1 }]);
  const refused = (path: string, defaultValue: string) => expect(() => edit(fields, path, { defaultValue }, 'CONTACT'));
  refused(custom('Yaş'), 'on').toThrow('Give a whole number as defaultValue.');
  refused('id', '7').toThrow('identifies a record');
  const mapping = typed(edit(fields, custom('Yaş'), { defaultValue: '0' }, 'CONTACT'), 'CONTACT');
  expect(mapFields({ id: 2 }, mapping, 'contact', 'UTC').attributes).toEqual({ yas: 0 });
  expect(() => edited(at(fields, 'CONTACT', 'id'), { action: 'UNDECIDED' }, [])).toThrow('Map id');
});
