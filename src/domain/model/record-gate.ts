import { createHash } from 'node:crypto';
import type { RecordProblem } from '../ports/source.js';
import { jsonText } from '../text/json-text.js';
import { keptText } from '../text/kept-text.js';
import { customFieldsOf, type Fields, isFilled } from './record-fields.js';

const longestName = 200;
const deepest = 32;
/**
 * A workspace has at most 250 attributes. If a record has more custom fields than the first number, only the second number stay
 * fields.
 */
const maxCustomFields = 200;
const keptOfMore = 100;
const further = 'More custom fields';

/** What was changed in a record, by field, with the message of its issue. */
type Refusals = Pick<RecordProblem, 'about' | 'message'>[];

/**
 * Checks that every field of a record can be stored, named and read. A field that cannot is kept as text or under another name.
 * @returns the same record if nothing was changed
 */
export function gated(record: Fields): { record: Fields; refusals: Refusals } {
  const refusals: Refusals = [];
  const names = new Set<string>();
  const passed = Object.entries(record).map(([name, value]): [string, unknown] => {
    const kept = nameFor(name, names, refusals);
    return [kept, name === 'customFields' ? customFields(value, refusals) : fieldValue(kept, value, refusals)];
  });
  return refusals.length === 0 ? { record, refusals } : { record: Object.fromEntries(passed), refusals };
}

/** The fields of an object are checked too. */
function fieldValue(path: string, value: unknown, refusals: Refusals): unknown {
  if (!isNested(value) || Array.isArray(value) || isDeep(value)) return plainValue(path, value, refusals);
  const names = new Set<string>();
  return Object.fromEntries(
    Object.entries(value as Fields).map(([name, each]) => {
      const kept = nameFor(name, names, refusals);
      return [kept, plainValue(`${path}.${kept}`, each, refusals)];
    }),
  );
}

function customFields(value: unknown, refusals: Refusals): unknown {
  const fields = customFieldsOf(value);
  // Text that is not JSON is kept. It is already reported.
  if (fields === null) return plainValue('customFields', value, refusals);
  const before = refusals.length;
  const names = new Set<string>();
  const isTooMany = fields.size > maxCustomFields;
  // Empty ones are not needed.
  const all = isTooMany ? [...fields].filter(([, each]) => isFilled(each)) : [...fields];
  const passed = all.slice(0, isTooMany ? keptOfMore : all.length).map(([label, each]): [string, unknown] => {
    const kept = nameFor(label, names, refusals);
    return [kept, plainValue(`customFields.${kept}`, each, refusals)];
  });
  if (isTooMany) {
    const message = `The record has ${fields.size} custom fields. The filled ones after the first ${keptOfMore} are kept as text in one field, “${further}”.`;
    refusals.push({ about: 'customFields', message });
    if (all.length > keptOfMore) passed.push([further, jsonText(Object.fromEntries(all.slice(keptOfMore)))]);
  }
  return refusals.length === before ? value : Object.fromEntries(passed);
}

function plainValue(path: string, value: unknown, refusals: Refusals): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    refusals.push({ about: path, message: `${path} is a number that is too large for any field. It is kept as text.` });
    return String(value);
  }
  if (!isNested(value) || !isDeep(value)) return value;
  refusals.push({ about: path, message: `${path} is nested more than ${deepest} levels deep. It is kept as text.` });
  return jsonText(value);
}

/** The stored name of a field. */
export const keptName = (name: string) => (keptText(name, longestName) === name ? name : withDigest(name));

const withDigest = (name: string) =>
  `${keptText(name, longestName - 10)} ${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;

/** The name under which a field is stored. Two names never become one. */
function nameFor(name: string, taken: Set<string>, refusals: Refusals): string {
  let kept = keptName(name);
  if (taken.has(kept)) kept = withDigest(name);
  if (kept !== name) {
    const why = name.length > longestName ? `${name.length} characters long` : 'written with characters that cannot be stored';
    refusals.push({ about: kept, message: `The name of a field is ${why}. It is kept as “${kept}”.` });
  }
  taken.add(kept);
  return kept;
}

/** Without recursion: very deep values would overflow the stack. */
function isDeep(value: object): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true;
    level = level.flatMap(each => Object.values(each).filter(isNested));
  }
  return false;
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;
