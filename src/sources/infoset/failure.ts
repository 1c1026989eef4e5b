import { CallFailure } from '../../domain/ports/call-failure.js';
import type { HttpAnswer } from '../../http/call.js';
import { failureOfStatus } from '../../http/failure.js';

/** Classifies an answer of the API. null for a success. */
export const failureOf = (answer: HttpAnswer, rateLimitWaitMs: number) => failureOfStatus(answer, rateLimitWaitMs);

/** Classifies an answer to the download of a file. null for a success. @param isOwn whether the file is on the API's own host */
export function failureOfFile(
  { status, headers }: Pick<HttpAnswer, 'status' | 'headers'>,
  isOwn: boolean,
  rateLimitWaitMs: number,
): CallFailure | null {
  const failure = failureOfStatus({ status, headers, text: '' }, rateLimitWaitMs);
  // Other hosts get no credentials, so a 401 of theirs does not mean that the credentials are wrong.
  return !isOwn && failure?.kind === 'UNAUTHORIZED' ? new CallFailure('FORBIDDEN', failure.message, { status }) : failure;
}

const errorFields = new Set(['message', 'error', 'errors', 'type', 'title', 'status', 'detail', 'traceId']);

/** Whether the body of a 200 is an error, which must not become a record. */
export function isErrorBody(json: unknown): boolean {
  const names = typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.keys(json) : [];
  return names.length > 0 && names.every(name => errorFields.has(name));
}
