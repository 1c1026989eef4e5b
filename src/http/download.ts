import got from 'got';
import { CallFailure } from '../domain/ports/call-failure.js';
import type { HttpHeaders } from './call.js';
import { failureOfRequest } from './failure.js';
import { publicLookup, refusePrivateLiteral } from './private-hosts.js';
import { readAhead } from './read-ahead.js';

/** The beginning of an answer; its bytes follow. */
export interface Download {
  status: number;
  headers: HttpHeaders;
  bytes: AsyncIterable<Uint8Array>;
}

export type OpenDownload = (call: { url: URL; headers?: Record<string, string>; signal?: AbortSignal }) => Promise<Download>;

/**
 * Opens downloads as streams, with time-outs for silence and address checks. It never retries and follows no redirect.
 * @returns a function that answers any status. It throws CallFailure if there was no answer; so do the bytes if they break off
 */
export function createDownload({
  requestTimeoutMs,
  allowPrivateHosts,
}: {
  requestTimeoutMs: number;
  allowPrivateHosts: boolean;
}): OpenDownload {
  return ({ url, headers, signal }) => {
    if (!allowPrivateHosts) refusePrivateLiteral(url);
    const stream = got.stream(url, {
      retry: { limit: 0 },
      throwHttpErrors: false,
      followRedirect: false,
      decompress: false,
      timeout: { connect: requestTimeoutMs, response: requestTimeoutMs, socket: requestTimeoutMs },
      headers: { 'user-agent': 'landfall', ...headers },
      ...(signal ? { signal } : {}),
      ...(allowPrivateHosts ? {} : { dnsLookup: publicLookup as never }),
    });
    return new Promise((resolve, reject) => {
      stream.once('error', error => reject(signal?.aborted ? error : failureOfRequest(error, url)));
      stream.once('response', response => {
        const expected = Number(response.headers['content-length'] ?? Number.NaN);
        const bytes = checkedLength(readAhead(stream), url, expected, signal);
        resolve({ status: response.statusCode, headers: response.headers, bytes });
      });
    });
  };
}

/** The bytes, and then a failure if there are fewer than announced. */
async function* checkedLength(
  stream: AsyncIterable<Uint8Array>,
  url: URL,
  expected: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let received = 0;
  try {
    for await (const chunk of stream) {
      received += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (signal?.aborted) throw error;
    throw failureOfRequest(error, url);
  }
  if (Number.isFinite(expected) && received < expected) {
    throw new CallFailure('TRUNCATED', `${url.host} sent ${received} bytes of ${expected}.`);
  }
}
