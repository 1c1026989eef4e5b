import type { RecordType } from '../../../domain/model/record-type.js';
import { listingOf } from '../../../domain/model/record-types.js';
import { CallFailure } from '../../../domain/ports/call-failure.js';
import { formerKeys } from '../../../domain/verify/former-values.js';
import type { Verification } from '../../../domain/verify/verification.js';
import type { KeptEdits } from './kept-edits.js';
import type { Loading } from './loading.js';
import { writeAgain } from './write-once.js';

/**
 * Clears what the source no longer has, and reads the record again: what is still there becomes an issue.
 * @param steps each clears something, and may be repeated
 * @param read compares the record with its draft; null if the record is gone
 */
export async function clearFormer(
  context: Loading,
  [recordType, sourceId]: readonly [RecordType, string],
  edits: KeptEdits,
  steps: readonly (() => Promise<unknown>)[],
  read: () => Promise<Verification | null>,
): Promise<void> {
  if (formerKeys(edits.former).length === 0) return;
  for (const step of steps) await unlessRefused(() => writeAgain(context, step));
  const now = await read();
  const left = now ? edits.leftOf(now) : [];
  if (left.length === 0) return;
  const issue = {
    code: 'FIELD_NOT_CLEARED' as const,
    severity: 'WARNING' as const,
    recordType,
    listing: listingOf(recordType),
    sourceId,
    about: context.scope.environment,
    message: `The source no longer has a value of these fields, and Intercom does not clear them: ${left.sort().join(', ')}.`,
    hint: 'Clear them in Intercom by hand.',
  };
  await context.journal.commit({ issues: [issue] });
}

async function unlessRefused(step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    // What is left is found by reading the record.
    if (!(error instanceof CallFailure && error.kind === 'REJECTED')) throw error;
  }
}

/** Fields or attributes, each with null: cleared. */
export const cleared = (names: readonly string[]): Record<string, null> => Object.fromEntries(names.map(name => [name, null]));
