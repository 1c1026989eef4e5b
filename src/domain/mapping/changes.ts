import type { FieldMapping, MappedType } from './field-mapping.js';

/** What a version decides about a field. */
export type FieldDecision = Pick<
  FieldMapping,
  'action' | 'targetPath' | 'attributeType' | 'ignoreReason' | 'defaultValue' | 'values'
>;

/** A field in two versions; null where it is missing. */
export interface FieldPair {
  recordType: MappedType;
  sourcePath: string;
  before: FieldDecision | null;
  after: FieldDecision | null;
}

export const fieldChangeKinds = ['ADDED', 'REMOVED', 'CHANGED'] as const;
export type FieldChangeKind = (typeof fieldChangeKinds)[number];

/** A field that two versions decide differently. */
export interface FieldChange extends FieldPair {
  kind: FieldChangeKind;
  /** Number of values whose replacement was added, removed or changed. */
  changedValues: number;
}

/** The fields that differ in what the hash of a version covers. */
export function changesOf(pairs: readonly FieldPair[]): FieldChange[] {
  return pairs.flatMap((pair): FieldChange[] => {
    const { before, after } = pair;
    const changedValues = changedValuesOf(before, after);
    if (!before || !after) return before || after ? [{ ...pair, kind: before ? 'REMOVED' : 'ADDED', changedValues }] : [];
    const same = changedValues === 0 && JSON.stringify(decided(before)) === JSON.stringify(decided(after));
    return same ? [] : [{ ...pair, kind: 'CHANGED', changedValues }];
  });
}

const decided = ({ action, targetPath, attributeType, ignoreReason, defaultValue }: FieldDecision) => [
  action,
  targetPath,
  action === 'IGNORE' ? null : attributeType,
  ignoreReason,
  defaultValue,
];

function changedValuesOf(before: FieldDecision | null, after: FieldDecision | null): number {
  const earlier = new Map(before?.values.map(({ from, to }) => [from, to]));
  const later = new Map(after?.values.map(({ from, to }) => [from, to]));
  return [...new Set([...earlier.keys(), ...later.keys()])].filter(from => earlier.get(from) !== later.get(from)).length;
}
