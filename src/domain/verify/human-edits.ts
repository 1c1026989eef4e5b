import { createHash } from 'node:crypto';
import type { NewIssue } from '../model/issue.js';
import type { RecordType } from '../model/record-type.js';
import { listingOf } from '../model/record-types.js';
import type { Environment } from '../model/run.js';
import type { ReadValue, ReadValues, Verification } from './verification.js';

export const digestOfValue = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value ?? null))
    .digest('base64url')
    .slice(0, 16);

export const elementKey = (target: string, element: string) => `${target}[${element}]`;
const isThere = '1';

/**
 * Fields that a person has changed since the last read-back and that differ from the draft, by the field of the destination. Of a
 * list: each expected element that was there and was removed.
 */
export function editsIn({ read = {}, differences }: Verification, last: ReadValues): Set<string> {
  const different = new Set(differences.map(({ field }) => field));
  const edits = new Set<string>();
  for (const [target, { fields, digest, lacking }] of Object.entries(read)) {
    if (!fields.some(field => different.has(field))) continue;
    if (lacking) {
      for (const element of lacking) if (Object.hasOwn(last, elementKey(target, element))) edits.add(elementKey(target, element));
    } else if (Object.hasOwn(last, target) && last[target] !== digest) edits.add(target);
  }
  return edits;
}

export interface Judged {
  /** Without what people have changed. */
  verification: Verification;
  /** Names of the fields that people have changed. */
  edited: string[];
  readValues: ReadValues;
}

/** Separates differences from edits by people. A field that people have changed is no difference, and keeps its earlier digest. */
export function judged(verification: Verification, last: ReadValues): Judged {
  const edits = editsIn(verification, last);
  const readValues: Record<string, string> = {};
  const edited = new Set<string>();
  for (const [target, value] of Object.entries(verification.read ?? {})) {
    for (const [key, digest] of digestsOf(target, value)) readValues[key] = digest;
    const keys = value.lacking ? value.lacking.map(element => elementKey(target, element)) : [target];
    const kept = keys.filter(key => edits.has(key));
    for (const key of kept) readValues[key] = last[key]!;
    // An element of a list that was never there is lost, even if people have removed other elements.
    if (kept.length > 0 && kept.length === keys.length) for (const field of value.fields) edited.add(field);
  }
  if (edited.size === 0) return { verification, edited: [], readValues };
  const outcomes = Object.fromEntries(Object.entries(verification.outcomes).filter(([field]) => !edited.has(field)));
  const differences = verification.differences.filter(({ field }) => !edited.has(field));
  return { verification: { ...verification, outcomes, differences }, edited: [...edited], readValues };
}

function digestsOf(target: string, { digest, present }: ReadValue): [string, string][] {
  return present ? present.map(element => [elementKey(target, element), isThere]) : [[target, digest]];
}

/** One issue for a record whose fields a person has changed. */
export const humanEdit = (
  environment: Environment,
  recordType: RecordType,
  sourceId: string,
  fields: readonly string[],
): NewIssue => ({
  code: 'HUMAN_EDIT',
  severity: 'INFO',
  recordType,
  listing: listingOf(recordType),
  sourceId,
  about: environment,
  message: `A person has changed in Intercom since it was read back: ${[...fields].sort().join(', ')}.`,
  hint: 'The values stay as they are there. Call repairRecords with includeHumanEdits to overwrite them.',
});
