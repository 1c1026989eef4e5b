import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Download } from '../../http/download.js';
import type { InfosetClient } from './infoset-client.js';

/** Failures without a byte more than there was. */
const maxFailures = 5;
/** Answers that say "too many" without a byte more: each is waited out, and is no failure, but this is no limit any more. */
const maxLimited = 10;

export interface DownloadDemands {
  /** Ask for ranges from the first byte on: the answer then tells the length of the whole, whatever is sent of it. */
  withRanges?: boolean;
  /** How long it should be; null where nobody knows. */
  size?: number | null;
  /** What it may call itself. */
  contentType?: RegExp;
  /** Whether it waits where the limit of its host is spent before it has begun. */
  mayWait?: boolean;
}

/**
 * Downloads as one stream: where it breaks off it continues behind the last byte, and from the first where the server knows
 * no ranges. As long as it gets further it may break off as often as it likes.
 * @throws CallFailure TRUNCATED where all attempts ended too early, NOT_JSON where it is something else than was asked for,
 *   RATE_LIMITED at once where it may not wait
 */
export async function download<T>(
  client: InfosetClient,
  path: string,
  demands: DownloadDemands,
  keep: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<{ kept: T; contentType: string; size: number }> {
  const attempts = new Attempts(client);
  for (;;) {
    let begun = false;
    try {
      const opened = await open(client, path, demands);
      begun = true;
      let size = 0;
      const counted = async function* () {
        for await (const chunk of resumed(client, path, opened, demands, attempts)) {
          size += chunk.length;
          yield chunk;
        }
      };
      return { kept: await keep(counted()), contentType: String(opened.headers['content-type'] ?? ''), size };
    } catch (error) {
      if (!begun && demands.mayWait === false && error instanceof CallFailure && error.kind === 'RATE_LIMITED') throw error;
      await attempts.failed(error);
    }
  }
}

/** What was tried of one file, in all that it takes. */
class Attempts {
  private furthest = 0;
  private failures = 0;
  private limited = 0;

  constructor(private readonly client: InfosetClient) {}

  /** So many bytes from its beginning are there. */
  came(bytes: number): void {
    if (bytes <= this.furthest) return;
    this.furthest = bytes;
    this.failures = 0;
    this.limited = 0;
  }

  /** Waits before the next attempt. @throws the failure where no other would help */
  async failed(error: unknown): Promise<void> {
    if (!(error instanceof CallFailure && error.isTransient)) throw error;
    const isLimited = error.kind === 'RATE_LIMITED';
    const inARow = isLimited ? ++this.limited : ++this.failures;
    if (inARow >= (isLimited ? maxLimited : maxFailures)) throw error;
    await this.client.pause(inARow);
  }
}

async function open(
  client: InfosetClient,
  path: string,
  { withRanges, contentType, mayWait }: DownloadDemands,
): Promise<Download> {
  const opened = await client.openAt(path, withRanges ? 0 : null, null, mayWait);
  const told = String(opened.headers['content-type'] ?? '');
  if (!contentType || contentType.test(told)) return opened;
  await leave(opened);
  throw new CallFailure('NOT_JSON', `It is ${told.split(';')[0] || 'of no type'}, which is not what was asked for.`);
}

/** Its slot is free once its bytes were begun. */
async function leave({ bytes }: Download): Promise<void> {
  for await (const _ of bytes) break;
}

/** What there is does not go on from the bytes that are here. */
class NoContinuation extends CallFailure {}

async function* resumed(
  client: InfosetClient,
  path: string,
  first: Download,
  { size }: DownloadDemands,
  attempts: Attempts,
): AsyncGenerator<Uint8Array> {
  const tag = String(first.headers.etag ?? '');
  const told = [totalOf(first, 0), size ?? null].filter(length => length !== null);
  const total = told.length > 0 ? Math.max(...told) : null;
  let opened: Download | null = first;
  for (let received = 0; ; ) {
    try {
      opened ??= await reopened(client, path, { from: received, total, tag: tag.startsWith('"') ? tag : null });
      let skip = opened.status === 206 ? 0 : received;
      for await (const chunk of opened.bytes) {
        const rest = chunk.subarray(Math.min(skip, chunk.length));
        skip -= chunk.length - rest.length;
        received += rest.length;
        attempts.came(received);
        if (rest.length > 0) yield rest;
      }
      if (total === null || received >= total) return;
      throw new CallFailure('TRUNCATED', `Of ${total} bytes ${received} came.`);
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
    // Nothing is behind the last byte, though the length says so.
    if (error instanceof CallFailure && error.details.status === 416)
      throw new NoContinuation('TRUNCATED', `It ends after ${from} bytes.`);
    throw error;
  });
  const again = totalOf(opened, from);
  if (total === null || again === null || again === total) return opened;
  await leave(opened);
  throw new NoContinuation('RESET', 'It changed while it was downloaded.');
}

/** Length of the whole, as an answer tells it. */
function totalOf({ status, headers }: Download, from: number): number | null {
  const total = status === 206 ? /\/(\d+)$/.exec(String(headers['content-range'] ?? ''))?.[1] : undefined;
  if (total) return Number(total);
  const length = Number(headers['content-length'] ?? Number.NaN);
  return Number.isFinite(length) ? (status === 206 ? from + length : length) : null;
}
