import { expect, test } from 'vitest';
import { formerKeys, formerValues } from '../../src/domain/verify/former-values.js';
import { digestOfValue } from '../../src/domain/verify/human-edits.js';
import { KeptEdits } from '../../src/pipeline/load/engine/kept-edits.js';

const last = {
  phone: digestOfValue('+90 532'),
  email: digestOfValue('a@b.example'),
  external_id: digestOfValue('infoset:71:1'),
  'attributes.bölge': digestOfValue('Ege'),
  'attributes.puan': digestOfValue('A'),
  'attributes.elle': digestOfValue('önce'),
  'attributes.tags[1]': digestOfValue('x'),
  'tags[1]': '1',
  'tags[2]': '1',
  'companies[9]': '1',
};
const read = {
  email: { fields: ['email'], digest: last.email },
  'attributes.puan': { fields: ['Puan'], digest: last['attributes.puan'] },
  tags: { fields: ['tags'], digest: '', present: ['2'], lacking: [] },
};
const compared = (fields: object, attributes: object) => ({
  outcomes: {},
  differences: [],
  read,
  actual: { fields: fields as Record<string, string>, attributes: attributes as Record<string, string> },
});

test('former values were read back, are no longer expected, and were not changed by people', () => {
  const fields = { phone: '+90 532', email: 'a@b.example', external_id: 'infoset:71:1', tags: ['1', '2', '7'], companies: ['8'] };
  const attributes = { bölge: 'Ege', puan: 'A', elle: 'sonra', başka: 'x', 'tags[1]': 'x' };
  const former = formerValues(compared(fields, attributes), last);
  expect(former).toEqual({ fields: ['phone'], attributes: ['bölge', 'tags[1]'], tags: ['1'], companies: [] });
  const edits = new KeptEdits(new Set(), former, last);
  expect(edits.leftOf(compared({ ...fields, phone: null, tags: ['2', '7'] }, { puan: 'A', 'tags[1]': 'x' }))).toEqual([
    'attributes.tags[1]',
  ]);
  expect(formerKeys(formerValues(compared({ phone: null, tags: ['2'] }, { puan: 'A', bölge: '' }), last))).toEqual([]);
});

test('without a last read-back nothing is cleared', () => {
  expect(formerKeys(formerValues(compared({ phone: '+90 532', tags: ['1'] }, { bölge: 'Ege' }), {}))).toEqual([]);
});
