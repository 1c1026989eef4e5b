import type { CompanyDraft, FieldValue } from '../drafts/drafts.js';
import { foreignTable, ownEntry } from '../model/own-entry.js';
import { imageDigestOf } from './image-digest.js';
import { noteRead } from './read-values.js';
import type { ActualValue, FieldOutcome, ReadValue, Verification } from './verification.js';

/** The expected value of a field that the mapping does not contain. */
export const notMapped = 'a value that the mapping does not name';

type Actual = Record<string, ActualValue>;

/** Compares each field that the mapping sends somewhere with what was read back. */
export function compareFields(
  { fields, attributes, losses }: Pick<CompanyDraft, 'fields' | 'attributes' | 'losses'>,
  expected: Actual,
  actual: Actual,
  actualAttributes: Record<string, FieldValue>,
): Verification {
  const read = foreignTable<ReadValue>();
  const rules = foreignTable<string>();
  const verification: Verification = {
    outcomes: foreignTable(),
    differences: [],
    read,
    rules,
    imageDigest: imageDigestOf({ fields: actual, attributes: actualAttributes }),
    actual: { fields: actual, attributes: actualAttributes },
  };
  const judge = (field: string, target: string, wanted: ActualValue, found: ActualValue, same = normalised) => {
    noteRead(read, field, target, wanted, found);
    const lossy = losses.find(loss => loss.field === field && loss.lossy);
    const cleaned = losses.find(loss => loss.field === field && !loss.lossy);
    const judged = outcomeOf(wanted ?? null, found ?? null, lossy !== undefined, same);
    const outcome = judged === 'equal' && cleaned ? 'normalised' : judged;
    if (outcome === 'lossy') rules[field] = lossy!.code;
    if (outcome === 'normalised')
      rules[field] = judged === 'equal' ? cleaned!.code : same === digits ? 'PHONE_FORMAT' : 'CASE_AND_SPACE';
    verification.outcomes[field] = { [outcome]: 1 };
    if (outcome === 'different') verification.differences.push({ field, expected: shown(wanted), actual: shown(found) });
  };
  for (const [path, target] of Object.entries(fields)) {
    const attribute = /^attributes\.(.+)$/s.exec(target)?.[1];
    if (attribute) judge(path, target, ownEntry(attributes, attribute), ownEntry(actualAttributes, attribute));
    else if (Object.hasOwn(expected, target))
      judge(path, target, expected[target], actual[target], target === 'phone' ? digits : normalised);
  }
  // Attributes that Landfall adds itself, without a field of the source.
  const named = new Set(Object.values(fields));
  for (const [name, value] of Object.entries(attributes))
    if (!named.has(`attributes.${name}`)) judge(name, `attributes.${name}`, value, ownEntry(actualAttributes, name));
  for (const { field, code } of losses) {
    if (code !== 'NOT_MAPPED') continue;
    verification.outcomes[field] = { different: 1 };
    verification.differences.push({ field, expected: notMapped, actual: null });
  }
  return verification;
}

function outcomeOf(wanted: ActualValue, found: ActualValue, lossy: boolean, as: typeof normalised): FieldOutcome {
  if (Array.isArray(wanted)) {
    const there = new Set(Array.isArray(found) ? found : []);
    // People may have added more.
    return wanted.every(each => there.has(each)) ? (lossy ? 'lossy' : 'equal') : 'different';
  }
  if (wanted === found) return lossy ? 'lossy' : 'equal';
  const same = wanted !== null && found !== null && as(wanted) === as(found);
  return same ? (lossy ? 'lossy' : 'normalised') : 'different';
}

/** Case of addresses and white space at the ends do not count. */
const normalised = (value: unknown) => String(value).trim().normalize('NFC').toLowerCase();

/** A telephone number may be formatted differently when it is read. */
const digits = (value: unknown) => String(value).replace(/\D/g, '');

const shown = (value: ActualValue) => (value === null || value === undefined ? null : String(value).slice(0, 300));
