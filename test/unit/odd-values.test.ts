import { expect, test } from 'vitest';
import { typeOf } from '../../src/domain/mapping/custom-field-definition.js';
import type { FieldMapping } from '../../src/domain/mapping/field-mapping.js';
import { FieldStatistics } from '../../src/domain/mapping/field-statistics.js';
import { keepsDigits } from '../../src/domain/text/exact-json.js';
import { e164 } from '../../src/domain/text/phone-number.js';
import { foldedTag, isLongTag, tagName } from '../../src/domain/text/tag-name.js';
import { knownTimeZone } from '../../src/domain/text/time-zone.js';
import { parseZonedDate, withOffset } from '../../src/domain/text/zoned-date.js';
import { draftCompany } from '../../src/pipeline/transform/draft-company.js';
import { type MappedValues, mapFields } from '../../src/pipeline/transform/field-values.js';
import { mappedTags } from '../../src/pipeline/transform/mapped-tags.js';
import { infosetV1 } from '../../src/sources/infoset/profile.js';
import { toRecord } from '../../src/sources/infoset/records.js';
import type { Lookups } from '../../src/store/lookups.js';

const field = (sourcePath: string, targetPath: string, more: Partial<FieldMapping> = {}): [string, FieldMapping] => [
  sourcePath,
  { sourcePath, targetPath, action: 'MAP', attributeType: null, values: [], ...more } as FieldMapping,
];

test.each([
  ['UTC+99', null],
  ['+25:99', null],
  ['UTC-15', null],
  ['UTC+5:60', null],
  ['+0545', 'UTC+05:45'],
  ['UTC+14', 'UTC+14:00'],
  ['UTC+12', 'Etc/GMT-12'],
  ['TURKEY STANDARD TIME', 'Europe/Istanbul'],
  ['gmt standard time', 'Europe/London'],
])('the zone %s is %s', (name, zone) => {
  expect(knownTimeZone(name)).toBe(zone);
});

test.each([
  ['\u3164', ''],
  ['\u2800 \ufeff', ''],
  [`${'\u3164'.repeat(300)}a`, ''],
  ['iki\r\nsatır', 'iki satır'],
  ['❤️', '❤️'],
])('the tag %j is %j', (text, name) => {
  expect(tagName(text)).toBe(name);
  expect(tagName(name)).toBe(name);
  expect(foldedTag(text)).toBe(foldedTag(name));
});

test('a tag is reported as cut only if it is', () => {
  const cutTags = (tag: string) =>
    toRecord(infosetV1, infosetV1.resources.tickets!, 'UTC', JSON.stringify({ id: 1, tags: [tag] }), { id: 1, tags: [tag] })
      .problems.length;
  expect([isLongTag('a\r\n'.repeat(90)), cutTags('iki\r\nsatır')]).toEqual([false, 0]);
  expect(cutTags('x'.repeat(256))).toBe(1);
});

test('characters that are removed from nested values are reported too', () => {
  const item = { id: 1, attachments: [{ id: 5, name: 'a\0b' }] };
  const { problems } = toRecord(infosetV1, infosetV1.resources.tickets!, 'UTC', JSON.stringify(item), item);
  expect(problems.map(({ code, about }) => [code, about])).toEqual([['CHARACTERS_REMOVED', 'attachments']]);
});

test('if two tags get the same name, the tag with exactly that spelling decides', () => {
  const values = [
    { from: 'VIP', to: 'Altın', occurrences: 1 },
    { from: 'VIP ', to: 'VIP ', occurrences: 1 },
  ];
  const tagsOf = (tags: unknown) => {
    const losses: MappedValues['losses'] = [];
    const mapping = new Map([field('tags', 'contact.tags')]);
    const named = mappedTags({ tags }, mapping, new Map([field('name', 'tag.name', { values })]), 'contact.tags', losses);
    return [named, losses.length];
  };
  expect([tagsOf(['VIP']), tagsOf([' VIP ']), tagsOf([[['']]])]).toEqual([
    [['Altın'], 0],
    [['Altın'], 0],
    [[], 0],
  ]);
});

test('the time to name tags does not depend on the number of tags in the mapping', () => {
  const values = Array.from({ length: 5_000 }, (_, place) => ({
    from: `etiket ${place}`,
    to: `etiket ${place}`,
    occurrences: 1,
  }));
  let asked = 0;
  const iterator = values[Symbol.iterator].bind(values);
  const counted = Object.assign(values, {
    [Symbol.iterator]() {
      asked++;
      return iterator();
    },
    map: () => expect.fail('Once a mapping, not for every record.'),
  });
  const tagMapping = new Map([field('name', 'tag.name', { values: counted })]);
  for (let record = 0; record < 100; record++)
    mappedTags({ tags: ['etiket 7'] }, new Map([field('tags', 'contact.tags')]), tagMapping, 'contact.tags', []);
  expect(asked).toBe(1);
});

test.each(['', ' ', '-', '0x10'])('%j is no number', text => {
  expect(keepsDigits(text)).toBe(false);
});

const day = 'customFields["Gün"]';
test.each([
  ['2026-05-01', false],
  ['2026-05-01T00:00:00.000Z', false],
  ['2026-05-01 00:00', false],
  ['2026-05-01T00:30:00', true],
  ['2026-05-01T23:30', true],
  ['2026-05-01T00:00:00.5', true],
  ['2026-04-30T24:00:00', false],
  ['2026-W18-5', false],
  ['2026-121T10:00Z', true],
  ['20260501T000000', false],
  ['+002026-05-01', false],
])('the time of day in %s is in the note: %s', (value, isNoted) => {
  const mapping = new Map([field(day, 'contact.custom_attributes.gun', { attributeType: 'date' })]);
  const { attributes, whole } = mapFields({ customFields: { Gün: value } }, mapping, 'contact', 'Europe/Istanbul');
  expect(attributes.gun).toBe(Date.UTC(2026, 4, 1) / 1000);
  expect(whole.map(each => each.text)).toEqual(isNoted ? [value] : []);
});

test('a value that is mapped to null does not become a number', () => {
  const values = [{ from: 'yok', to: '', occurrences: 1 }];
  const mapping = new Map([field(day, 'contact.custom_attributes.gun', { attributeType: 'integer', values })]);
  expect({ ...mapFields({ customFields: { Gün: 'yok' } }, mapping, 'contact', 'UTC').attributes }).toEqual({});
});

test('an invalid head count is in the note, from any field', () => {
  const mapping = new Map([field('customFields["Çalışan"]', 'company.size')]);
  const lookups = { account: '71', timeZone: 'UTC', companies: new Map(), users: new Map(), sourceHosts: [] };
  const read = { sourceId: '1', record: { customFields: { Çalışan: 'kırk' } }, stagedAt: 0 };
  const draft = draftCompany(read, mapping, new Map(), lookups as unknown as Lookups);
  expect([draft.size, draft.note, draft.fields]).toEqual([null, 'customFields["Çalışan"]: kırk', {}]);
});

test.each(['\u202a+90 532 000 00 00\u202c', '+90 532 000 00 00\n', '0\u200b532 000 00 00'])('%j is a number', text => {
  expect(e164(text, 'TR')).toBe('+905320000000');
});

test.each([
  ['2024-W05-2T10:00:00Z', '2024-01-30T10:00:00.000Z'],
  ['2024W052T100000Z', '2024-01-30T10:00:00.000Z'],
  ['2024-W05-2', '2024-01-29T21:00:00.000Z'],
  ['2024-060', '2024-02-28T21:00:00.000Z'],
  ['2024060T120000+0300', '2024-02-29T09:00:00.000Z'],
  ['+002024-01-02T00:00:00Z', '2024-01-02T00:00:00.000Z'],
  ['2024-01-02T03:04:05+03:00[Europe/Istanbul]', '2024-01-02T00:04:05.000Z'],
  ['\u200e2024-01-02T03:04:05Z', '2024-01-02T03:04:05.000Z'],
  ['2024-W54-1', null],
  ['2024-367', null],
  ['+999999-01-01', null],
  ['2024-060-1', null],
  ['20240102', null],
  ['00010101T000000Z', null],
])('the date %s is %s', (text, time) => {
  expect(parseZonedDate(text, 'Europe/Istanbul')?.toISOString() ?? null).toBe(time);
});

test.each([
  ['2024-01-02 03:04:05', '2024-01-02 03:04:05+03:00'],
  ['20240102T030405', '20240102T030405+0300'],
  ['2024-W05-2T10:00', '2024-W05-2T10:00+03:00'],
  ['2024-01-02 03:04:05 +0300', '2024-01-02 03:04:05 +0300'],
  ['2024-01-02 12', '2024-01-02 12'],
  ['2024123T10', '2024123T10'],
  ['2024123T1030', '2024123T1030'],
  ['20240102T10', '20240102T10'],
  ['2024-01-02', '2024-01-02'],
  ['2024-060', '2024-060'],
  ['2024-01-02 03:04:05 teslim', '2024-01-02 03:04:05 teslim'],
])('the text %s is %s with an offset', (text, written) => {
  expect(withOffset(text, 'Europe/Istanbul')).toBe(written);
});

const number = 'customFields["Sayı"]';
test.each<[value: unknown, type: 'integer' | 'decimal', read: number | undefined, losses: string[]]>([
  ['1.000', 'integer', undefined, ['VALUE_REFUSED']],
  ['12.500', 'decimal', undefined, ['VALUE_REFUSED']],
  ['1.234.567', 'integer', undefined, ['VALUE_REFUSED']],
  ['0.125', 'decimal', 0.125, []],
  [1.125, 'decimal', 1.125, []],
  ['1250.00', 'decimal', 1250, ['NORMALISED']],
  ['1.10', 'decimal', 1.1, ['NORMALISED']],
  ['007', 'integer', 7, ['NORMALISED']],
  ['5', 'integer', 5, []],
])('the number %j as %s is %s', (value, type, read, losses) => {
  const mapping = new Map([field(number, 'contact.custom_attributes.sayi', { attributeType: type })]);
  const mapped = mapFields({ customFields: { Sayı: value } }, mapping, 'contact', 'UTC');
  expect([mapped.attributes.sayi, mapped.losses.map(({ code }) => code)]).toEqual([read, losses]);
  expect(mapped.whole.map(({ text }) => text)).toEqual(read === undefined ? [value] : []);
});

test.each<[defined: string | null, values: unknown[], type: string]>([
  [null, ['1.10', '1.20'], 'string'],
  [null, ['1.0'], 'string'],
  [null, ['1.000'], 'string'],
  [null, ['1.5', '2'], 'decimal'],
  [null, [1.1, 2], 'decimal'],
  [null, ['1', '-2'], 'integer'],
  ['number', ['1.000', '2.500'], 'string'],
  ['number', ['1250.00'], 'integer'],
  ['decimal', ['1.10', '2.00'], 'decimal'],
  ['number', [1.125, 2.25], 'decimal'],
])('a field defined as %s with the values %j is %s', (defined, values, type) => {
  const statistics = new FieldStatistics('UTC', null);
  for (const value of values) statistics.add(value);
  const definition = defined === null ? null : { recordType: 'CONTACT' as const, label: 'x', type: defined, options: [] };
  expect(typeOf(definition, statistics).type).toBe(type);
});

test('the size of a company is not a thousandth of it', () => {
  const mapping = new Map([field('size', 'company.size')]);
  const lookups = { account: '71', timeZone: 'UTC', companies: new Map(), users: new Map(), sourceHosts: [] };
  const sizeOf = (size: unknown) =>
    draftCompany({ sourceId: '1', record: { size }, stagedAt: 0 }, mapping, new Map(), lookups as unknown as Lookups).size;
  expect(['1.000', '250', 1000].map(sizeOf)).toEqual([null, 250, 1000]);
});

test('a date of a call that cannot be read is reported', () => {
  const item = { id: 1, startedDate: 'dün', createdDate: '2026-05-01T00:00:00Z' };
  const { problems } = toRecord(infosetV1, infosetV1.resources.calls!, 'UTC', JSON.stringify(item), item);
  expect(problems.map(({ code, message }) => [code, message])).toEqual([['DATE_UNREADABLE', 'startedDate is not a date.']]);
});
