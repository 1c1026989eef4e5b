import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { gated } from '../../src/domain/model/record-gate.js';
import { jsonText } from '../../src/domain/text/json-text.js';
import { isUsableId, keptId, keptJson, keptText } from '../../src/domain/text/kept-text.js';
import { infosetV1 } from '../../src/sources/infoset/profile.js';
import { toRecord } from '../../src/sources/infoset/records.js';

const record = (text: string, listing = 'contacts') =>
  toRecord(infosetV1, infosetV1.resources[listing]!, 'Europe/Istanbul', text, JSON.parse(text));
const nested = (depth: number, inner = '1') => `${'{"a":['.repeat(depth / 2)}${inner}${']}'.repeat(depth / 2)}`;

test('a record passes unchanged, or only the refused field changes', () => {
  const good = `{ "id": 7, "n": 1.50, "t": "\\u0000 \\ud83d", "deep": ${nested(20)}, "customFields": "{\\"__proto__\\":1}" }`;
  expect(record(good)).toMatchObject({
    id: '7',
    raw: good,
    problems: [{ code: 'CHARACTERS_REMOVED', about: 't' }],
    skipped: false,
  });
  const odd = record(
    `{"id":7,"name":"Ada","a\\u0000b":1,"__proto__":2,"${'n'.repeat(10_000)}":3,"${'n'.repeat(9_999)}m":4,"far":1e999,
      "deep":${nested(5_000, '"x"')},"address":{"c\\ud800":5},"deeper":${nested(100_000)},
      "customFields":{"l\\u0000":6,"__proto__":7,"constructor":8,"${'l'.repeat(10_000)}":9,"deep":${nested(5_000)}}}`,
  );
  expect(odd.skipped).toBe(false);
  const fields = JSON.parse(odd.raw) as Record<string, unknown> & { customFields: object; address: object };
  expect(Object.values(fields).slice(0, 7)).toEqual([7, 'Ada', 1, 2, 3, 4, 'Infinity']);
  expect(Object.hasOwn(fields, '__proto__')).toBe(true);
  // Digests, because a difference of such texts is unreadable.
  const short = (values: unknown) => createHash('sha256').update(JSON.stringify(values)).digest('hex');
  expect(short(fields.deep)).toBe(short(nested(5_000, '"x"')));
  expect(short(Object.values(fields.customFields))).toBe(short([6, 7, 8, 9, nested(5_000)]));
  expect(Object.values(fields.address)).toEqual([5]);
  for (const name of [fields, fields.customFields, fields.address].flatMap(Object.keys)) {
    expect(name.length).toBeLessThanOrEqual(210);
    expect(name.isWellFormed() && !name.includes('\0')).toBe(true);
  }
  expect(odd.problems.map(({ code }) => code)).toEqual(Array(10).fill('FIELD_ALTERED'));
  expect(new Set(odd.problems.map(({ about }) => about)).size).toBe(10);
});

test('100,000 custom fields: the first ones are fields, the rest is the text of one field', () => {
  const custom = Object.fromEntries(Array.from({ length: 100_000 }, (_, place) => [`f${place}`, place]));
  const { record, refusals } = gated({ id: 1, customFields: JSON.stringify(custom) });
  const kept = record.customFields as Record<string, unknown>;
  expect(Object.keys(kept)).toHaveLength(101);
  const rest = JSON.parse(kept['More custom fields'] as string) as Record<string, number>;
  expect([Object.keys(rest).length, rest.f200, rest.f99999]).toEqual([99_900, 200, 99_999]);
  expect(refusals).toHaveLength(1);
});

test('an id is usable up to 255 characters; a record without a usable one is skipped and reported, one without any kept', () => {
  expect([record(`{"id":"${'x'.repeat(255)}"}`)].map(({ id, problems }) => [id.length, problems])).toEqual([[255, []]]);
  for (const text of [`{"id":"${'x'.repeat(256)}"}`, '{"id":"a\\u0000"}', '{"id":"\\ud800"}', 'null', '5', '[]']) {
    const odd = record(text);
    expect(odd, text).toMatchObject({ skipped: true, raw: text, references: [], problems: [{ code: 'ID_UNUSABLE' }] });
    expect(isUsableId(odd.id) && odd.problems[0]!.hint).toBeTruthy();
  }
  expect(record('{"name":"x"}')).toMatchObject({ skipped: false, problems: [{ code: 'RECORD_WITHOUT_ID' }] });
  const links = record(
    `{"id":1,"companyId":"${'c'.repeat(10_000)}","tags":["VIP","${'t'.repeat(10_000)}"],"ownerId":{"toString":1}}`,
  );
  expect(links).toMatchObject({ references: [], tags: ['VIP', 't'.repeat(255)], skipped: false });
  expect(links.problems.map(({ code }) => code)).toEqual(['FIELD_ALTERED', 'FIELD_ALTERED']);
});

test('foreign texts, ids and JSON are shortened to what can be stored', () => {
  expect(keptText(`a\0b\ud800${'x'.repeat(1_000_000)}`, 6)).toBe('a\ufffdb\ufffdx…');
  expect(keptText('aaa🙂', 5)).toBe('aaa🙂');
  expect(keptText('aaa🙂b', 5)).toBe('aaa\ufffd…');
  expect(keptId('9001')).toBe('9001');
  expect(isUsableId(keptId('\0'.repeat(10_000)))).toBe(true);
  expect(keptId('x'.repeat(300))).not.toBe(keptId(`${'x'.repeat(299)}y`));
  expect(keptJson({ 'a\0': ['\ud800', '\\u0000', 1, null] })).toBe('{"a\ufffd":["\ufffd","\\\\u0000",1,null]}');
  expect(jsonText([{ a: [1, 'x"', null, Number.NaN, {}], b: [] }])).toBe('[{"a":[1,"x\\"",null,"NaN",{}],"b":[]}]');
});
