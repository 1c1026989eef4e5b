import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/domain/model/canonical-json.js';
import { parseId, publicId, uuidOf } from '../../src/domain/model/ids.js';
import { differenceCursor, fieldCursor, keysetCursor } from '../../src/operations/cursor.js';

const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e';

test('a public id names its type and can be parsed', () => {
  expect(publicId('Project', uuid)).toBe(`prj_${uuid}`);
  expect(parseId(`prj_${uuid.toUpperCase()}`)).toEqual({ type: 'Project', uuid });
  expect(parseId(`xyz_${uuid}`)).toEqual({ type: null, uuid });
  expect(uuidOf('Organization', `prj_${uuid}`)).toBeNull();
  for (const bad of ['', 'prj_', uuid.slice(1), `prj_${uuid} `, `prj_${uuid}\n`, `prj__${uuid}`, "prj_' OR 1=1"]) {
    expect(() => parseId(bad), bad).toThrow(expect.objectContaining({ code: 'MALFORMED_ID' }));
  }
});

test('a cursor can be parsed, and other texts are refused', () => {
  const keyset = { at: new Date('2026-11-22T00:00:00.123Z'), id: uuid };
  expect(keysetCursor.read(keysetCursor.write(keyset))).toEqual(keyset);
  for (const cursor of [fieldCursor, differenceCursor]) expect(cursor.read(cursor.write(17))).toBe(17);
  expect(() => fieldCursor.read(differenceCursor.write(17))).toThrow(expect.objectContaining({ code: 'MALFORMED_CURSOR' }));
  for (const bad of [
    '',
    'abc',
    Buffer.from('1:2').toString('base64url'),
    Buffer.from(`999999999999999:${uuid}`).toString('base64url'),
  ]) {
    expect(() => keysetCursor.read(bad), bad).toThrow(expect.objectContaining({ code: 'MALFORMED_CURSOR' }));
  }
});

test('canonical JSON: equal values give equal texts, different values different texts', () => {
  expect(canonicalJson({ b: 1, a: { d: null, c: [1, null] } })).toBe(canonicalJson({ a: { c: [1, null] }, b: 1, e: undefined }));
  expect(canonicalJson({ a: [1, 2] })).not.toBe(canonicalJson({ a: [2, 1] }));
  expect(canonicalJson({ a: '1' })).not.toBe(canonicalJson({ a: 1 }));
});
