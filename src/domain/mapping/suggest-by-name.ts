import { foldedLabel } from './attribute-names.js';
import type { MappedType } from './field-mapping.js';
import { fieldWords, type WordKind } from './field-words.js';

/** What the name of a field says about its target. */
export type NameVerdict = { kind: 'TARGET'; target: string } | { kind: 'NONE' } | { kind: 'UNSURE' };

/** Types of definitions, and of values, that a kind can take. */
const fitting: Record<WordKind, ReadonlySet<string>> = {
  text: new Set(['text', 'longtext', 'select', 'mixed']),
  number: new Set(['number', 'decimal', 'integer']),
  date: new Set(['date', 'datetime']),
};

/**
 * Looks up the whole label of a field. A label that only contains such a name is left to a person: `İkinci E-posta` is not the
 * address.
 * @param type type of its definition, or of its values
 */
export function suggestByName(recordType: MappedType, label: string, type: string): NameVerdict {
  const folded = foldedLabel(label);
  const known = fieldWords[recordType] ?? [];
  const exact = known.find(({ names }) => names.includes(folded));
  if (exact) return fitting[exact.kind].has(type) ? { kind: 'TARGET', target: exact.target } : { kind: 'UNSURE' };
  // A choice of yes or no is never the thing itself.
  if (type === 'checkbox' || type === 'boolean') return { kind: 'NONE' };
  const padded = ` ${folded} `;
  const contains = known.some(({ kind, names }) => fitting[kind].has(type) && names.some(name => padded.includes(` ${name} `)));
  return { kind: contains ? 'UNSURE' : 'NONE' };
}
