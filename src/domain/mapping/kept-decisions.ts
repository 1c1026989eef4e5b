import { ownEntry } from '../model/own-entry.js';
import { foldedTag, tagName } from '../text/tag-name.js';
import { problemOfDefault } from './default-value.js';
import type { FieldMapping, ProposedField, ValueMapping } from './field-mapping.js';
import { sharedTargets, standardFields } from './standard-fields.js';

/** Key of a field over all types. */
export const fieldKey = ({ recordType, sourcePath }: Pick<ProposedField, 'recordType' | 'sourcePath'>) =>
  `${recordType} ${sourcePath}`;

/** Keeps what a person confirmed differently from the proposal, including values, unless another field has this target now. */
export function keptDecisions(
  proposed: readonly ProposedField[],
  confirmed: readonly FieldMapping[],
  version: number,
): ProposedField[] {
  const earlier = new Map(confirmed.map(field => [fieldKey(field), field]));
  const holders = new Map(proposed.map(field => [field.targetPath, field]));
  return proposed.map(field => {
    const known = earlier.get(fieldKey(field));
    if (!known || known.action === 'UNDECIDED') return field;
    const kept = withDefault({ ...field, values: keptValues(field, known.values) }, known.defaultValue);
    const { action, targetPath, ignoreReason } = known;
    if (action === field.action && targetPath === field.targetPath) return kept;
    const holder = holders.get(targetPath);
    if (targetPath !== null && holder && holder !== field && !sharedTargets.has(targetPath)) return kept;
    const decided = {
      ...kept,
      action,
      targetPath,
      ignoreReason,
      confidence: 1,
      rationale: `As confirmed in version ${version}.`,
    };
    return withDefault(decided, known.defaultValue);
  });
}

/** A default is kept as long as it fits the target and its type. */
function withDefault(field: ProposedField, defaultValue: string | null): ProposedField {
  const kept = { ...field, defaultValue: field.action === 'IGNORE' ? null : defaultValue };
  return problemOfDefault(kept) === null ? kept : { ...field, defaultValue: null };
}

/** Keeps values that a person renamed or left out, even if they no longer occur. */
function keptValues({ recordType, sourcePath, values }: ProposedField, confirmed: readonly ValueMapping[]): ValueMapping[] {
  const labels = ownEntry(standardFields[recordType], sourcePath);
  const usual = labels && 'values' in labels ? labels.values : undefined;
  const isDecided = ({ from, to }: ValueMapping) =>
    to === null || tagName(to) !== tagName((usual && ownEntry(usual, from)) ?? from);
  const decided = confirmed.filter(isDecided);
  const exact = new Map(decided.map(value => [value.from, value]));
  // Tags that differ only in case are one.
  const folded = new Map(recordType === 'TAG' ? decided.map(value => [foldedTag(value.from), value]) : []);
  const known = ({ from }: ValueMapping) => exact.get(from) ?? folded.get(foldedTag(from));
  const seen = new Set(values.map(({ from }) => from));
  return [
    ...values.map(value => ({ ...value, to: known(value) ? known(value)!.to : value.to })),
    ...decided.filter(({ from }) => !seen.has(from)).map(value => ({ ...value, occurrences: 0 })),
  ];
}
