import { CallFailure } from '../../domain/ports/call-failure.js';
import { failureOfStatus, type HttpAnswer } from '../../http/http-client.js';

/** Windows are ten seconds long. */
const longestWindowMs = 10_000;

/** What an answer that is no success means, with Intercom's own code; null where it is one. */
export function failureOf(answer: HttpAnswer): CallFailure | null {
  const failure = failureOfStatus(answer, untilReset(answer));
  if (!failure) return null;
  const told = firstError(answer.text);
  // A refusal that can't be read proves nothing: what stands in the way is not known.
  // But for one: what is too large is so to whatever is there.
  if (!told && failure.kind === 'REJECTED' && answer.status !== 413)
    return new CallFailure('NOT_JSON', `Answered ${answer.status} with something that is no JSON.`, failure.details);
  const { code, message } = told ?? { code: null, message: null };
  const words = message ? `Answered ${answer.status}: ${message.slice(0, 300)}` : failure.message;
  const existing = /^(An archived|A) contact matching .*\bid=(\w+)/.exec(message ?? '');
  const details = {
    ...failure.details,
    ...(code ? { code } : {}),
    ...(existing ? { existing: { id: existing[2]!, archived: existing[1] === 'An archived' } } : {}),
  };
  return new CallFailure(failure.kind, words, details);
}

function firstError(text: string): { code: string | null; message: string | null } | null {
  try {
    const error = (JSON.parse(text) as { errors?: { code?: unknown; message?: unknown }[] }).errors?.[0];
    const textIn = (value: unknown, most: number) => (typeof value === 'string' ? value.slice(0, most) : null);
    return { code: textIn(error?.code, 100), message: textIn(error?.message, 2_000) };
  } catch {
    // A page of HTML, or nothing: the status tells.
    return null;
  }
}

function untilReset({ headers }: HttpAnswer): number {
  const ms = Number(headers['x-ratelimit-reset'] ?? Number.NaN) * 1000 - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 50), longestWindowMs) : longestWindowMs;
}
