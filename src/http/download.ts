import got from 'got';
import { CallFailure } from '../domain/ports/call-failure.js';
import { failureOf } from './http-client.js';
import { publicLookup, refusePrivateLiteral } from './private-hosts.js';
import { readAhead } from './read-ahead.js';

/** What a download begins with; its bytes follow. */
export interface Download {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: AsyncIterable<Uint8Array>;
}

export type OpenDownload = (call: { url: URL; headers?: Record<string, string>; signal?: AbortSignal }) => Promise<Download>;

/**
 * Opens downloads as streams: time-outs of silence, address checks, no retry and no redirect of its own.
 * @returns a function that answers any status, and throws CallFailure where there was no answer; so do the bytes where they break off
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
      stream.once('error', error => reject(signal?.aborted ? error : failureOf(error, url)));
      stream.once('response', response => {
        const expected = Number(response.headers['content-length'] ?? Number.NaN);
        const bytes = whole(readAhead(stream), url, expected, signal);
        resolve({ status: response.statusCode, headers: response.headers, bytes });
      });
    });
  };
}

/** The bytes, and a failure where fewer came than were announced. */
async function* whole(
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
    throw failureOf(error, url);
  }
  if (Number.isFinite(expected) && received < expected) {
    throw new CallFailure('TRUNCATED', `${url.host} sent ${received} bytes of ${expected}.`);
  }
}
