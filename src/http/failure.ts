import { RequestError, TimeoutError } from 'got';
import { LandfallError } from '../domain/model/errors.js';
import { CallFailure, type FailureKind } from '../domain/ports/call-failure.js';
import type { HttpAnswer } from './call.js';
import { isHtmlPage } from './read-json.js';

/** These codes mean that no connection was made. After any other failure the request may have arrived. */
const neverConnected = /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EPROTO)$|CERT|TLS|SSL|SIGNATURE/;

/**
 * Classifies the error of a request that got no answer. Errors that are not network errors are returned unchanged.
 * @param sentAt performance.now() when all of it was sent; null if that is not known
 */
export function failureOfRequest(error: unknown, url: URL, sentAt: number | null = null): unknown {
  const cause = error instanceof RequestError ? (error.cause ?? error) : error;
  // The request body is read from the local disk, which may fail too.
  if (cause instanceof CallFailure || cause instanceof LandfallError) return cause;
  const { code } = error as { code?: string };
  if (code === 'HPE_HEADER_OVERFLOW')
    return new CallFailure('TOO_LARGE', `The headers of ${url.host} are larger than the limit.`, { cause: error });
  if (error instanceof TimeoutError)
    return new CallFailure('TIMEOUT', `${url.host} did not answer in time.`, {
      cause: error,
      ...(sentAt === null ? {} : { sentAt }),
    });
  if (!(error instanceof RequestError)) return error;
  if (neverConnected.test(code ?? ''))
    return new CallFailure('UNREACHABLE', `${url.host} cannot be reached (${code}).`, { cause: error });
  return new CallFailure('RESET', `${url.host} closed the connection.`, { cause: error });
}

const kindsOfStatus: Record<number, FailureKind> = {
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  408: 'TIMEOUT',
  410: 'GONE',
  429: 'RATE_LIMITED',
};

/**
 * Classifies the status of an answer.
 * @param rateLimitWaitMs wait after a 429 without Retry-After
 * @returns null for a success
 */
export function failureOfStatus(answer: HttpAnswer, rateLimitWaitMs: number): CallFailure | null {
  const { status } = answer;
  if (status >= 200 && status < 300) return null;
  const kind = kindsOfStatus[status] ?? (status >= 500 ? 'SERVER_ERROR' : 'REJECTED');
  const wait = kind === 'RATE_LIMITED' ? { retryAfterMs: retryAfterMs(answer) ?? rateLimitWaitMs } : {};
  return new CallFailure(kind, `Answered ${status}${reasonIn(answer.text)}.`, { status, ...wait });
}

/** The reason that the body gives, if a person can read it. */
function reasonIn(text: string): string {
  try {
    const { message, title } = JSON.parse(text) as { message?: unknown; title?: unknown };
    const words = typeof message === 'string' ? message : title;
    return typeof words === 'string' ? `: ${words.slice(0, 200).replace(/\.$/, '')}` : '';
  } catch {
    return isHtmlPage(text) ? ' with a page of HTML' : '';
  }
}

/** The wait that an answer asks for; null if it asks for none. */
export function retryAfterMs({ headers }: Pick<HttpAnswer, 'headers'>): number | null {
  const value = headers['retry-after'];
  if (typeof value !== 'string') return null;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) && ms >= 0 ? ms : null;
}
