import { CallFailure } from '../../domain/ports/call-failure.js';
import type { HttpAnswer } from '../../http/call.js';
import { failureOfStatus } from '../../http/failure.js';
import { waitUntilReset } from './rate-limit.js';

/**
 * Classifies an answer, with Intercom's own error code and message. null for a success.
 * @param permission that the call needs; null if it is not known
 */
export function failureOf(answer: HttpAnswer, permission: string | null): CallFailure | null {
  const failure = failureOfStatus(answer, waitUntilReset(answer.headers));
  if (!failure) return null;
  const error = firstError(answer.text);
  // A refusal that is not JSON proves nothing: its reason is unknown, so the write may have taken effect.
  // 413 is the exception: the request is too large, independent of the workspace.
  if (!error && failure.kind === 'REJECTED' && answer.status !== 413)
    return new CallFailure('NOT_JSON', `Answered ${answer.status} with something that is not JSON.`, failure.details);
  const { code, message } = error ?? { code: null, message: null };
  const words = message ? `Answered ${answer.status}: ${message.slice(0, 300)}` : failure.message;
  const existing = /^(An archived|A) contact matching .*\bid=(\w+)/.exec(message ?? '');
  const details = {
    ...failure.details,
    ...(code ? { code } : {}),
    ...(failure.kind === 'FORBIDDEN' && permission ? { permission } : {}),
    ...(existing ? { existing: { id: existing[2]!, archived: existing[1] === 'An archived' } } : {}),
  };
  return new CallFailure(failure.kind, words, details);
}

/** null if the body is not JSON, as a page of HTML. */
function firstError(text: string): { code: string | null; message: string | null } | null {
  try {
    const error = (JSON.parse(text) as { errors?: { code?: unknown; message?: unknown }[] }).errors?.[0];
    const textIn = (value: unknown, maxLength: number) => (typeof value === 'string' ? value.slice(0, maxLength) : null);
    return { code: textIn(error?.code, 100), message: textIn(error?.message, 2_000) };
  } catch {
    return null;
  }
}

/** Whether the body of a 200 is an error: not an object, or an object with nothing but a message. */
export const isErrorBody = (json: unknown) =>
  typeof json !== 'object' || json === null || ('message' in json && Object.keys(json).length === 1);
