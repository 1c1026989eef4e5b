import type { ProposedField } from './field-mapping.js';
import { fieldWords } from './field-words.js';
import { sharedTargets } from './standard-fields.js';

type Mapped = Pick<ProposedField, 'recordType' | 'sourcePath' | 'action' | 'targetPath'>;

/** Targets that a field of this type could have, and no other field has. */
export function freeTargets(field: Pick<Mapped, 'recordType' | 'sourcePath'>, fields: readonly Mapped[]): string[] {
  const taken = new Set(
    fields
      .filter(({ recordType, sourcePath }) => recordType === field.recordType && sourcePath !== field.sourcePath)
      .map(({ targetPath }) => targetPath),
  );
  return (fieldWords[field.recordType] ?? [])
    .map(({ target }) => target)
    .filter(target => !taken.has(target) || sharedTargets.has(target));
}
