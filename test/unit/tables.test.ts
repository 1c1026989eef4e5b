import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { FieldMapping } from '../../src/domain/mapping/field-mapping.js';
import { inventoryFields, leftOutOf, reportFile, withoutFields } from '../../src/domain/model/inventories.js';
import { cellText } from '../../src/domain/text/table-cell.js';
import { csvOf } from '../../src/pipeline/report/csv.js';

const written = async (columns: string[], rows: (string | number | null)[][]) => {
  const chunks: Buffer[] = [];
  for await (const chunk of csvOf(columns, rows)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

test('a table: cells with any kind of line break are quoted', async () => {
  const cells = ['a\nb', 'c\rd', 'e\r\nf', '"g"', 'h,i', ' j ', ''];
  const text = await written(['1', '2', '3', '4', '5', '6', '7'], [cells]);
  expect(text).toBe('\ufeff1,2,3,4,5,6,7\r\n"a\nb","c\rd","e\r\nf","""g""","h,i", j ,\r\n');
  expect(parse(text, { bom: true })[1]).toEqual(cells);
});

test('a cell: formulas are quoted, numbers and telephone numbers are not', () => {
  expect(['=1+1', '@x', '+cmd', '-2+3=', '\tx', '+90 (532) 1', '-5', 'a=b'].map(cellText)).toEqual([
    "'=1+1",
    "'@x",
    "'+cmd",
    "'-2+3=",
    "'\tx",
    '+90 (532) 1',
    '-5',
    'a=b',
  ]);
  expect([null, undefined, true, -3, 'x\ud800'].map(cellText)).toEqual(['', '', 'true', '-3', 'x\ufffd']);
});

test('reports with similar ids, or ids like our own names, have separate files', () => {
  const files = ['ticket-volume', 'ticket volume', 'ticket/volume', 'computed-csat', '', 'x'.repeat(200)].map(reportFile);
  expect(files[0]).toBe('reports/ticket-volume.csv');
  expect(new Set(files).size).toBe(files.length);
  for (const file of files) expect(file).toMatch(/^reports\/[\p{L}\p{N}_-]+\.csv$/u);
  expect(files[3]).not.toBe('reports/computed-csat.csv');
});

test('an inventory contains every filled field except those that the mapping ignores', () => {
  const record = {
    id: 1,
    name: 'Ünal\n2',
    config: { color: '#fff', hidden: 'x' },
    domains: ['a.example'],
    empty: '',
    none: null,
  };
  const leftOut = leftOutOf(
    [
      { recordType: 'CHAT_WIDGET', action: 'IGNORE', sourcePath: 'config.hidden' },
      { recordType: 'AUTOMATION', action: 'IGNORE', sourcePath: 'name' },
      { recordType: 'CHAT_WIDGET', action: 'MAP', sourcePath: 'domains' },
    ] as FieldMapping[],
    'CHAT_WIDGET',
  );
  expect(inventoryFields(record, leftOut)).toEqual([
    ['id', '1'],
    ['name', 'Ünal\n2'],
    ['config.color', '#fff'],
    ['domains', '["a.example"]'],
  ]);
  expect(withoutFields(record, leftOut)).toEqual({ ...record, config: { color: '#fff' } });
});
