import { expect, test } from 'vitest';
import { exactJson, parseExactly } from '../../src/simulators/exact-json.js';

test.each([
  '{"id":9007199254740993,"amount":0.1000000000000000055511151231257827}',
  '[1.10,1e400,-0,12345678901234567890,1,2.5]',
  '{"text":"a\\u0000b \\ud800 İ"}',
])('%s is written as it was read', text => {
  expect(exactJson(parseExactly(text))).toBe(text);
});
