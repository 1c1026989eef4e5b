import type { ClientRequest, IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import got, { type Got, RequestError, TimeoutError } from 'got';
import { LandfallError } from '../domain/model/errors.js';
import { CallFailure, type FailureKind } from '../domain/ports/call-failure.js';
import { streamedJson } from '../domain/text/streamed-text.js';
import { acceptedEncodings, bodyOf } from './answer-body.js';
import { heapRoom } from './heap-room.js';
import { publicLookup, refusePrivateLiteral } from './private-hosts.js';
import { readyConnections } from './ready-connections.js';

/** One call; its headers may hold secrets and are logged nowhere. */
export interface HttpCall {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: URL;
  headers?: Record<string, string>;
  json?: unknown;
  signal?: AbortSignal;
  /** Of an answer that is a success, decoded. */
  maxBytes: number;
  /** Called in the tick in which the request goes out, and before each further piece of it. What it throws, the call throws. */
  beforeSend?: () => void;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Of a failure no more than its beginning. */
  text: string;
}

export type Http = (call: HttpCall) => Promise<HttpAnswer>;

/** A refusal that is cut can't be read, and a refusal that can't be read proves nothing: so much of it is taken. */
const maxErrorBytes = 2 * 1024 * 1024;
const maxHeaderBytes = 16 * 1024;
const pieceBytes = 64 * 1024;

/**
 * The one factory of outgoing HTTP: time-outs, limits, address checks, no retry and no redirect of its own.
 * @returns a function that answers any status, and throws CallFailure where there was no answer that could be taken
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
    decompress: false,
    maxHeaderSize: maxHeaderBytes,
    timeout: { request: requestTimeoutMs },
    agent: readyConnections(requestTimeoutMs),
    headers: { 'user-agent': 'landfall', 'accept-encoding': acceptedEncodings },
    ...(allowPrivateHosts ? {} : { dnsLookup: publicLookup as never }),
  });
  return async call => {
    if (!allowPrivateHosts) refusePrivateLiteral(call.url);
    const refusal = new Refusal(call.beforeSend);
    try {
      const { bytes, ...answer } = await send(client, call, refusal);
      await heapRoom(bytes.length, requestTimeoutMs, call.signal);
      return { ...answer, text: bytes.toString('utf8') };
    } catch (error) {
      if (refusal.reason) throw refusal.reason.error;
      // Called off by the caller, who knows why.
      if (call.signal?.aborted) throw call.signal.reason;
      throw failureOf(error, call.url);
    }
  };
}

/** Remembers why a request must not go out: what breaks off then is a consequence. */
class Refusal {
  reason: { error: unknown } | null = null;

  constructor(private readonly beforeSend: (() => void) | undefined) {}

  check(): void {
    try {
      this.beforeSend?.();
    } catch (error) {
      this.reason = { error };
      throw error;
    }
  }
}

async function send(
  client: Got,
  { method = 'GET', url, headers, json, signal, maxBytes }: HttpCall,
  refusal: Refusal,
): Promise<Omit<HttpAnswer, 'text'> & { bytes: Buffer }> {
  const stream = client.stream(url, { method, ...requestBody(json, headers, refusal), ...(signal ? { signal } : {}) });
  stream.on('request', (request: ClientRequest) => {
    request.once('socket', () => {
      try {
        refusal.check();
      } catch (error) {
        request.destroy(error as Error);
      }
    });
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    stream.once('error', reject);
    stream.once('response', resolve);
  });
  // Without a body nobody else ends it.
  if (json === undefined && method !== 'GET') stream.end();
  const { statusCode: status = 0, headers: told } = await answered;
  const isSuccess = status >= 200 && status < 300;
  const bytes = isSuccess
    ? await bodyOf(stream, told['content-encoding'], maxBytes, 'FAIL')
    : await bodyOf(stream, told['content-encoding'], Math.min(maxBytes, maxErrorBytes), 'CUT');
  return { status, headers: told, bytes };
}

/** Long texts in it go out as they are made; whatever is long goes out in pieces, each only while it may. */
function requestBody(json: unknown, headers: Record<string, string> | undefined, refusal: Refusal) {
  if (json === undefined) return headers ? { headers } : {};
  const streamed = streamedJson(json);
  const whole = streamed ? null : Buffer.from(JSON.stringify(json));
  const about = { 'content-type': 'application/json', 'content-length': String(streamed?.length ?? whole!.length) };
  if (whole && whole.length <= pieceBytes) return { body: whole, headers: { ...headers, ...about } };
  const pieces = async function* () {
    for await (const piece of streamed ? streamed.chunks() : piecesOf(whole!)) {
      refusal.check();
      yield piece;
    }
  };
  return { body: Readable.from(pieces(), { objectMode: false }), headers: { ...headers, ...about } };
}

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/** Codes by which a connection never came about. After any other failure the request may have been heard. */
const neverConnected = /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EPROTO)$|CERT|TLS|SSL|SIGNATURE/;

/** What a request that got no answer failed by. */
export function failureOf(error: unknown, url: URL): unknown {
  const cause = error instanceof RequestError ? (error.cause ?? error) : error;
  // What we send may fail too, while it is read from our own disk.
  if (cause instanceof CallFailure || cause instanceof LandfallError) return cause;
  const { code } = error as { code?: string };
  if (code === 'HPE_HEADER_OVERFLOW')
    return new CallFailure('TOO_LARGE', `${url.host} sends larger headers than are read.`, { cause: error });
  if (error instanceof TimeoutError) return new CallFailure('TIMEOUT', `${url.host} did not answer in time.`, { cause: error });
  if (!(error instanceof RequestError)) return error;
  const kind: FailureKind = neverConnected.test(code ?? '') ? 'UNREACHABLE' : 'RESET';
  const message = kind === 'RESET' ? `${url.host} closed the connection.` : `${url.host} cannot be reached (${code}).`;
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
