import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { RequestError } from 'got';
import { CallFailure } from '../domain/ports/call-failure.js';

/** The accepted codings. An answer has at most one: each further one would multiply the size that a small answer can reach. */
const decoders = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['br', createBrotliDecompress],
]);
export const acceptedEncodings = [...decoders.keys()].join(', ');

/**
 * Reads the body of an answer up to a limit of decoded bytes.
 * @param whenLarger FAIL, or CUT if the beginning is enough
 * @throws CallFailure TOO_LARGE, or NOT_JSON for a coding that was not requested
 */
export async function bodyOf(
  stream: Readable,
  contentEncoding: string | undefined,
  maxBytes: number,
  whenLarger: 'FAIL' | 'CUT',
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let left = maxBytes;
  let isLarger = false;
  const collect = async (decoded: AsyncIterable<Buffer>) => {
    for await (const chunk of decoded) {
      chunks.push(chunk.subarray(0, left));
      isLarger = chunk.length > left;
      left -= chunk.length;
      if (isLarger) return;
    }
  };
  try {
    const decoder = decoderOf(contentEncoding);
    await (decoder ? pipeline(stream, decoder, collect) : pipeline(stream, collect));
  } catch (error) {
    stream.destroy();
    // The stream also breaks off if the reader stops. That is not a failure.
    if (!isLarger) {
      if (error instanceof CallFailure || error instanceof RequestError) throw error;
      throw new CallFailure('RESET', 'The answer broke off, or does not match its encoding.', { cause: error });
    }
  }
  if (isLarger && whenLarger === 'FAIL')
    throw new CallFailure('TOO_LARGE', `The answer is larger than the limit of ${maxBytes / 1024} kB.`);
  return Buffer.concat(chunks);
}

/** null if there is nothing to decode. */
function decoderOf(contentEncoding: string | undefined): Transform | null {
  const coding = (contentEncoding ?? '').trim().toLowerCase();
  if (coding === '' || coding === 'identity') return null;
  const decoder = decoders.get(coding);
  if (!decoder) throw new CallFailure('NOT_JSON', 'The answer has an encoding that was not requested.');
  return decoder();
}
