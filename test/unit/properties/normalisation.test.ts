import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../../src/domain/model/canonical-json.js';
import { canonicalEmail } from '../../../src/domain/text/email-address.js';
import { readableFileName } from '../../../src/domain/text/file-name.js';
import { keptId, keptText } from '../../../src/domain/text/kept-text.js';
import { e164 } from '../../../src/domain/text/phone-number.js';
import { storableText } from '../../../src/domain/text/storable-text.js';
import { foldedTag, tagName } from '../../../src/domain/text/tag-name.js';
import { trimmed } from '../../../src/domain/text/visible-text.js';
import { compareFields } from '../../../src/domain/verify/compare-fields.js';

/** Any text: all of Unicode, half surrogate pairs, and the characters that normalisations treat specially. */
const special = fc.constantFrom(
  ' ',
  '\0',
  '\t',
  '\n',
  '\u00a0',
  '\u200b',
  '\u200e',
  '\ufeff',
  '\ud83d',
  '\udc00',
  'İ',
  'ı',
  'ß',
  'é',
  'e\u0301',
  '/',
  '.',
  '\\',
);
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.oneof(special, fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 300 }).map(parts => parts.join('')),
);

test.each<[string, (text: string) => string]>([
  ['storableText', storableText],
  ['trimmed', trimmed],
  ['tagName', tagName],
  ['canonicalEmail', canonicalEmail],
  ['readableFileName', readableFileName],
  ['keptId', keptId],
  ['keptText', text => keptText(text)],
])('%s: normalising twice is normalising once', (_, normalise) => {
  fc.assert(
    fc.property(texts, text => {
      const once = normalise(text);
      expect(normalise(once)).toBe(once);
    }),
    { numRuns: 1_500 },
  );
});

test('a telephone number in E.164 stays as it is, with any country', () => {
  const numbers = fc.stringMatching(/^(\+90 ?|0090|0|\+49 |\+1)?[1-9]\d{2}[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}$/);
  fc.assert(
    fc.property(numbers, fc.constantFrom('TR', 'DE', 'US', null), (text, country) => {
      const number = e164(text, country);
      fc.pre(number !== null);
      expect(e164(number!, country)).toBe(number);
      expect(e164(number!, 'GB')).toBe(number);
    }),
    { numRuns: 400 },
  );
});

/** Letters whose case changes there and back. */
const letters = fc.constantFrom(...'abcçdefgğhjklmnoöprsştuüvyzxwqéàñ0123456789 -_.абвгдежз');
const words = fc
  .array(letters, { minLength: 1, maxLength: 20 })
  .map(each => each.join(''))
  .filter(text => text.trim() !== '');
/** The same text in another case, composition, and with white space around it. */
const variants = (text: string) =>
  fc
    .tuple(
      fc.array(fc.boolean(), { minLength: text.length, maxLength: text.length }),
      fc.constantFrom('NFC', 'NFD'),
      fc.constantFrom('', ' ', '\t', '\n'),
    )
    .map(
      ([upper, form, space]) =>
        space +
        [...text]
          .map((each, n) => (upper[n] ? each.toUpperCase() : each))
          .join('')
          .normalize(form) +
        space,
    );
/** What the rule CASE_AND_SPACE leaves of a text, by another way than the product: decomposed, and letter by letter. */
const core = (text: string) => [...text.normalize('NFD').replace(/^\s+|\s+$/gu, '')].map(each => each.toLowerCase()).join('');

const outcomeOf = (field: 'name' | 'phone', expected: string, actual: string) => {
  const draft = { fields: { source: field }, attributes: {}, losses: [] };
  return compareFields(draft, { [field]: expected }, { [field]: actual }, {});
};

test('a field is equal under case, composition and white space at the ends, and only under these', () => {
  const pairs = words.chain(text => fc.tuple(fc.constant(text), fc.oneof(variants(text), words)));
  fc.assert(
    fc.property(pairs, ([expected, actual]) => {
      const { outcomes, rules, differences } = outcomeOf('name', expected, actual);
      const outcome = expected === actual ? 'equal' : core(expected) === core(actual) ? 'normalised' : 'different';
      expect(outcomes.source).toEqual({ [outcome]: 1 });
      expect(rules?.source).toBe(outcome === 'normalised' ? 'CASE_AND_SPACE' : undefined);
      expect(differences).toHaveLength(outcome === 'different' ? 1 : 0);
    }),
    { numRuns: 3_000 },
  );
});

test('a telephone number is equal if its digits are, and only then', () => {
  const digits = fc.stringMatching(/^\d{7,12}$/);
  const written = (number: string) =>
    fc
      .array(fc.constantFrom('', ' ', '-', '(', ')', '.'), { minLength: number.length, maxLength: number.length })
      .map(marks => `+${[...number].map((digit, n) => digit + marks[n]).join('')}`);
  const pairs = digits.chain(number => fc.tuple(fc.constant(`+${number}`), fc.oneof(written(number), digits.chain(written))));
  fc.assert(
    fc.property(pairs, ([expected, actual]) => {
      const same = expected.slice(1) === [...actual].filter(each => each >= '0' && each <= '9').join('');
      const outcome = expected === actual ? 'equal' : same ? 'normalised' : 'different';
      expect(outcomeOf('phone', expected, actual).outcomes.source).toEqual({ [outcome]: 1 });
    }),
    { numRuns: 1_500 },
  );
});

test('tags are the same under case, composition and white space at the ends, and different otherwise', () => {
  const pairs = words.chain(text => fc.tuple(fc.constant(text), fc.oneof(variants(text), words)));
  fc.assert(
    fc.property(pairs, ([one, other]) => {
      expect(foldedTag(one) === foldedTag(other)).toBe(core(one) === core(other));
    }),
    { numRuns: 2_000 },
  );
});

test('canonical JSON: the order of names, null and absent fields do not matter, all other changes do', () => {
  const values = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>;
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (!isObject(value)) return value;
    return Object.fromEntries([...Object.entries(value)].reverse().map(([name, each]) => [name, reversed(each)]));
  };
  fc.assert(
    fc.property(values, value => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
    }),
    { numRuns: 1_000 },
  );
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ maxLength: 4 }), fc.integer(), { maxKeys: 4 }),
      fc.string({ maxLength: 4 }),
      fc.integer(),
      (object, name, value) => {
        fc.pre(!Object.hasOwn(object, name) && name !== '__proto__');
        expect(canonicalJson({ ...object, [name]: null })).toBe(canonicalJson(object));
        expect(canonicalJson({ ...object, [name]: value })).not.toBe(canonicalJson(object));
        expect(canonicalJson({ ...object, [name]: value })).not.toBe(canonicalJson({ ...object, [name]: value + 1 }));
      },
    ),
    { numRuns: 1_000 },
  );
});
