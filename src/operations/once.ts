import { canonicalJson } from '../domain/model/canonical-json.js';
import { UserError } from '../domain/model/errors.js';
import { claimIdempotencyKey, keepIdempotentResult } from '../store/idempotency-keys.js';
import type { Tx } from '../store/transaction.js';
import { type OperationContext, within } from './context.js';
import { InputCheck } from './input-check.js';

/**
 * Runs an effect in one transaction. With an idempotencyKey it runs once: a repetition with the same input gets the first
 * result, and a concurrent duplicate waits for it. A failed effect does not use up the key, so a corrected input can use it.
 * @param effect returns what a repetition needs for its answer: ids, not objects
 * @throws UserError IDEMPOTENCY_KEY_REUSED
 */
export async function once<R extends Record<string, unknown>>(
  context: OperationContext,
  mutation: string,
  input: { idempotencyKey?: string | null },
  effect: (tx: Tx) => Promise<R>,
): Promise<R> {
  const { idempotencyKey, ...rest } = input;
  const { organizationId } = context.principal;
  if (idempotencyKey === null || idempotencyKey === undefined) return within(context, effect);
  const check = new InputCheck();
  const text = check.text('idempotencyKey', idempotencyKey, 255);
  check.done();
  // A credential that is limited to projects has idempotency keys of its own: the result of another call may not be visible to it.
  const { projectIds, apiKeyId } = context.principal;
  const key = projectIds ? `${apiKeyId} ${text}` : text;
  const inputHash = context.digests.of('input', canonicalJson([mutation, rest]));
  return within(context, async tx => {
    const earlier = await claimIdempotencyKey(tx, { organizationId, key, inputHash });
    if (!earlier) {
      const result = await effect(tx);
      await keepIdempotentResult(tx, organizationId, key, result);
      return result;
    }
    if (earlier.inputHash.equals(inputHash)) return earlier.result as R;
    throw new UserError('IDEMPOTENCY_KEY_REUSED', 'Use a new idempotencyKey: this one was used with another input.', {
      path: ['input', 'idempotencyKey'],
    });
  });
}
