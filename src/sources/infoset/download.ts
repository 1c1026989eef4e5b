import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Download } from '../../http/download.js';
import { discard, type InfosetClient } from './client.js';
import { DownloadAttempts } from './download-attempts.js';

export interface ExpectedFile {
  /** Request ranges from the first byte on: the answer then contains the total size, even if it sends only a part. */
  withRanges?: boolean;
  /** Expected size in bytes; null if unknown. */
  size?: number | null;
  /** Pattern that the content type must match. */
  contentType?: RegExp;
  /** Whether it waits if the rate limit of its host is used up before it has begun. */
  mayWait?: boolean;
}

/**
 * Downloads as one stream. If the stream breaks off, it continues after the last byte, or restarts at the first byte if the
 * server does not support ranges. It may break off any number of times, as long as each attempt brings further bytes.
 * @throws CallFailure TRUNCATED if all attempts ended too early, NOT_JSON if the content type is not the expected one,
 *   RATE_LIMITED immediately if it would have to wait and must not
 */
export async function download<T>(
  client: InfosetClient,
  path: string,
  expected: ExpectedFile,
  keep: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<{ kept: T; contentType: string; size: number }> {
  const attempts = new DownloadAttempts(client);
  for (;;) {
    let begun = false;
    try {
      const opened = await open(client, path, expected);
      begun = true;
      let size = 0;
      const counted = async function* () {
        for await (const chunk of resumed(client, path, opened, expected, attempts)) {
          size += chunk.length;
          yield chunk;
        }
      };
      return { kept: await keep(counted()), contentType: String(opened.headers['content-type'] ?? ''), size };
    } catch (error) {
      if (!begun && expected.mayWait === false && error instanceof CallFailure && error.kind === 'RATE_LIMITED') throw error;
      await attempts.failed(error);
    }
  }
}

async function open(client: InfosetClient, path: string, { withRanges, contentType, mayWait }: ExpectedFile): Promise<Download> {
  const opened = await client.openAt(path, withRanges ? 0 : null, null, mayWait);
  const actual = String(opened.headers['content-type'] ?? '');
  if (!contentType || contentType.test(actual)) return opened;
  await discard(opened);
  throw new CallFailure('NOT_JSON', `The file has ${actual.split(';')[0] || 'no content type'}, which is not the expected type.`);
}

/** The available bytes do not continue the bytes that were received. */
class NoContinuation extends CallFailure {}

async function* resumed(
  client: InfosetClient,
  path: string,
  first: Download,
  { size }: ExpectedFile,
  attempts: DownloadAttempts,
): AsyncGenerator<Uint8Array> {
  const tag = String(first.headers.etag ?? '');
  const sizes = [totalOf(first, 0), size ?? null].filter(length => length !== null);
  const total = sizes.length > 0 ? Math.max(...sizes) : null;
  let opened: Download | null = first;
  for (let received = 0; ; ) {
    try {
      opened ??= await reopened(client, path, { from: received, total, tag: tag.startsWith('"') ? tag : null });
      let skip = opened.status === 206 ? 0 : received;
      for await (const chunk of opened.bytes) {
        const rest = chunk.subarray(Math.min(skip, chunk.length));
        skip -= chunk.length - rest.length;
        received += rest.length;
        attempts.received(received);
        if (rest.length > 0) yield rest;
      }
      if (total === null || received >= total) return;
      throw new CallFailure('TRUNCATED', `Received ${received} of ${total} bytes.`);
    } catch (error) {
      if (received === 0 || error instanceof NoContinuation) throw error;
      await attempts.failed(error);
      opened = null;
    }
  }
}

async function reopened(
  client: InfosetClient,
  path: string,
  { from, total, tag }: { from: number; total: number | null; tag: string | null },
): Promise<Download> {
  const opened = await client.openAt(path, from, tag).catch(error => {
    // There is nothing after the last byte, although the size says so.
    if (error instanceof CallFailure && error.details.status === 416)
      throw new NoContinuation('TRUNCATED', `The file ends after ${from} bytes.`);
    throw error;
  });
  const newTotal = totalOf(opened, from);
  if (total === null || newTotal === null || newTotal === total) return opened;
  await discard(opened);
  throw new NoContinuation('RESET', 'The file changed while it was downloaded.');
}

/** Size of the whole file, as an answer reports it. */
function totalOf({ status, headers }: Download, from: number): number | null {
  const total = status === 206 ? /\/(\d+)$/.exec(String(headers['content-range'] ?? ''))?.[1] : undefined;
  if (total) return Number(total);
  const length = Number(headers['content-length'] ?? Number.NaN);
  return Number.isFinite(length) ? (status === 206 ? from + length : length) : null;
}
