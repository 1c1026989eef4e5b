import { Readable } from 'node:stream';
import got, { type Got, RequestError, TimeoutError } from 'got';
import { CallFailure, type FailureKind } from '../domain/call-failure.js';
import { LandfallError } from '../domain/errors.js';
import { streamedJson } from '../domain/streamed-text.js';
import { publicLookup, refusePrivateLiteral } from './private-hosts.js';

/** One call; its headers may hold secrets and are logged nowhere. */
export interface HttpCall {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: URL;
  headers?: Record<string, string>;
  json?: unknown;
  signal?: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export type Http = (call: HttpCall) => Promise<HttpAnswer>;

const largestAnswer = 64 * 1024 * 1024;

/**
 * The one factory of outgoing HTTP: time-outs, address checks, no retry and no redirect of its own.
 * @returns a function that answers any status, and throws CallFailure where there was no answer
 */
export function createHttp({
  requestTimeoutMs,
  allowPrivateHosts,
}: {
  requestTimeoutMs: number;
  allowPrivateHosts: boolean;
}): Http {
  const client = got.extend({
    retry: { limit: 0 },
    throwHttpErrors: false,
    followRedirect: false,
    timeout: { request: requestTimeoutMs },
    headers: { 'user-agent': 'landfall' },
    responseType: 'text',
    ...(allowPrivateHosts ? {} : { dnsLookup: publicLookup as never }),
  });
  return async call => {
    if (!allowPrivateHosts) refusePrivateLiteral(call.url);
    try {
      return await send(client, call);
    } catch (error) {
      // Called off by the caller, who knows why.
      if (call.signal?.aborted) throw error;
      throw failureOf(error, call.url);
    }
  };
}

async function send(client: Got, { method = 'GET', url, headers, json, signal }: HttpCall): Promise<HttpAnswer> {
  const tooLarge = new AbortController();
  const request = client(url, {
    method,
    ...bodyOf(json, headers),
    signal: signal ? AbortSignal.any([signal, tooLarge.signal]) : tooLarge.signal,
  });
  request.on('downloadProgress', ({ transferred }) => {
    if (transferred > largestAnswer) tooLarge.abort(new CallFailure('REJECTED', 'The answer is larger than 64 MB.'));
  });
  const { statusCode, headers: answered, body } = await request;
  return { status: statusCode, headers: answered, text: body as string };
}

/** Long texts in it go out as they are made. */
function bodyOf(json: unknown, headers: Record<string, string> | undefined) {
  if (json === undefined) return headers ? { headers } : {};
  const streamed = streamedJson(json);
  if (!streamed) return { json, ...(headers ? { headers } : {}) };
  const about = { 'content-type': 'application/json', 'content-length': String(streamed.length) };
  return { body: Readable.from(streamed.chunks(), { objectMode: false }), headers: { ...headers, ...about } };
}

/** Codes by which a connection never came about. After any other failure the request may have been heard. */
const neverConnected = /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EPROTO)$|CERT|TLS|SSL|SIGNATURE/;

/** What a request that got no answer failed by. */
export function failureOf(error: unknown, url: URL): unknown {
  const cause = error instanceof RequestError ? (error.cause ?? error) : error;
  // What we send may fail too, while it is read from our own disk.
  if (cause instanceof CallFailure || cause instanceof LandfallError) return cause;
  const { code } = error as { code?: string };
  if (error instanceof TimeoutError) return new CallFailure('TIMEOUT', `${url.host} did not answer in time.`, { cause: error });
  if (!(error instanceof RequestError)) return error;
  const kind: FailureKind = neverConnected.test(code ?? '') ? 'UNREACHABLE' : 'RESET';
  const message = kind === 'RESET' ? `${url.host} broke the connection off.` : `${url.host} can not be reached (${code}).`;
  return new CallFailure(kind, message, { cause: error });
}

/** What a status means; null where it is a success. */
export function failureOfStatus(answer: HttpAnswer, rateLimitWaitMs: number): CallFailure | null {
  const { status } = answer;
  if (status >= 200 && status < 300) return null;
  const message = `Answered ${status}${toldBy(answer.text)}.`;
  if (status === 401) return new CallFailure('UNAUTHORIZED', message, { status });
  if (status === 403) return new CallFailure('FORBIDDEN', message, { status });
  if (status === 404) return new CallFailure('NOT_FOUND', message, { status });
  if (status === 410) return new CallFailure('GONE', message, { status });
  if (status === 408) return new CallFailure('TIMEOUT', message, { status });
  if (status === 429)
    return new CallFailure('RATE_LIMITED', message, { status, retryAfterMs: retryAfterMs(answer) ?? rateLimitWaitMs });
  if (status >= 500) return new CallFailure('SERVER_ERROR', message, { status });
  return new CallFailure('REJECTED', message, { status });
}

/** The other side's own words, where it has any that a person can read. */
function toldBy(text: string): string {
  try {
    const { message, title } = JSON.parse(text) as { message?: unknown; title?: unknown };
    const words = typeof message === 'string' ? message : title;
    return typeof words === 'string' ? `: ${words.slice(0, 200).replace(/\.$/, '')}` : '';
  } catch {
    return /<html|<!doctype/i.test(text) ? ' with a page of HTML' : '';
  }
}

function retryAfterMs({ headers }: HttpAnswer): number | null {
  const value = headers['retry-after'];
  if (typeof value !== 'string') return null;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) && ms >= 0 ? ms : null;
}
