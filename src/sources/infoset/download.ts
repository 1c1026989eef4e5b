import { CallFailure } from '../../domain/call-failure.js';
import type { Download } from '../../http/download.js';
import type { InfosetClient } from './infoset-client.js';

const attempts = 5;

export interface DownloadDemands {
  /** Ask for ranges from the first byte on: the answer then tells the length of the whole, whatever is sent of it. */
  withRanges?: boolean;
  /** How long it should be; null where nobody knows. */
  size?: number | null;
  /** What it may call itself. */
  contentType?: RegExp;
}

/**
 * Downloads as one stream: where it breaks off it goes on behind the last byte, and from the first where the server knows
 * no ranges.
 * @throws CallFailure TRUNCATED where all attempts ended too early, NOT_JSON where it is something else than was asked for
 */
export async function download<T>(
  client: InfosetClient,
  path: string,
  demands: DownloadDemands,
  keep: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<{ kept: T; contentType: string; size: number }> {
  for (let attempt = 1; ; attempt++) {
    try {
      const opened = await open(client, path, demands);
      let size = 0;
      const counted = async function* () {
        for await (const chunk of resumed(client, path, opened, demands)) {
          size += chunk.length;
          yield chunk;
        }
      };
      return { kept: await keep(counted()), contentType: String(opened.headers['content-type'] ?? ''), size };
    } catch (error) {
      if (!(error instanceof CallFailure && error.isTransient)) throw error;
      if (error.kind === 'RATE_LIMITED') attempt--;
      else if (attempt >= attempts) throw error;
      else await client.pause(attempt);
    }
  }
}

async function open(client: InfosetClient, path: string, { withRanges, contentType }: DownloadDemands): Promise<Download> {
  const opened = await client.openAt(path, withRanges ? 0 : null, null);
  const told = String(opened.headers['content-type'] ?? '');
  if (!contentType || contentType.test(told)) return opened;
  for await (const _ of opened.bytes) break;
  throw new CallFailure('NOT_JSON', `It is ${told.split(';')[0] || 'of no type'}, which is not what was asked for.`);
}

async function* resumed(
  client: InfosetClient,
  path: string,
  first: Download,
  { size }: DownloadDemands,
): AsyncGenerator<Uint8Array> {
  const tag = String(first.headers.etag ?? '');
  const told = [totalOf(first, 0), size ?? null].filter(length => length !== null);
  const total = told.length > 0 ? Math.max(...told) : null;
  let opened = first;
  let skip = 0;
  let received = 0;
  for (let failures = 0; ; ) {
    const before = received;
    try {
      for await (const chunk of opened.bytes) {
        const rest = chunk.subarray(Math.min(skip, chunk.length));
        skip -= chunk.length - rest.length;
        received += rest.length;
        if (rest.length > 0) yield rest;
      }
      if (total === null || received >= total) return;
      throw new CallFailure('TRUNCATED', `Of ${total} bytes ${received} came.`);
    } catch (error) {
      if (!(error instanceof CallFailure && error.isTransient)) throw error;
      failures = received > before ? 1 : failures + 1;
      if (failures >= attempts || received === 0) throw error;
    }
    await client.pause(failures);
    opened = await reopened(client, path, received, tag.startsWith('"') ? tag : null);
    const again = totalOf(opened, received);
    if (total !== null && again !== null && again !== total)
      throw new CallFailure('RESET', 'It changed while it was downloaded.');
    skip = opened.status === 206 ? 0 : received;
  }
}

async function reopened(client: InfosetClient, path: string, from: number, tag: string | null): Promise<Download> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.openAt(path, from, tag);
    } catch (error) {
      // Nothing is behind the last byte, though the length says so.
      if (error instanceof CallFailure && error.details.status === 416)
        throw new CallFailure('TRUNCATED', `It ends after ${from} bytes.`);
      if (!(error instanceof CallFailure && error.isTransient) || attempt >= attempts) throw error;
      await client.pause(attempt);
    }
  }
}

/** Length of the whole, as an answer tells it. */
function totalOf({ status, headers }: Download, from: number): number | null {
  const total = status === 206 ? /\/(\d+)$/.exec(String(headers['content-range'] ?? ''))?.[1] : undefined;
  if (total) return Number(total);
  const length = Number(headers['content-length'] ?? Number.NaN);
  return Number.isFinite(length) ? (status === 206 ? from + length : length) : null;
}
