import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { RequestError } from 'got';
import { CallFailure } from '../domain/ports/call-failure.js';

/** What is asked for; one coding, for each further one would multiply what a small answer can become. */
const decoders = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['br', createBrotliDecompress],
]);
export const acceptedEncodings = [...decoders.keys()].join(', ');

/**
 * Reads an answer until it is whole or too large; what counts are the decoded bytes.
 * @param whenLarger FAIL, or CUT where its beginning says enough
 * @throws CallFailure TOO_LARGE, or NOT_JSON for a coding that nobody asked for
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
    // That it breaks off where we stopped reading is no failure.
    if (!isLarger) {
      if (error instanceof CallFailure || error instanceof RequestError) throw error;
      throw new CallFailure('RESET', 'The answer broke off, or is not what its encoding says.', { cause: error });
    }
  }
  if (isLarger && whenLarger === 'FAIL')
    throw new CallFailure('TOO_LARGE', `The answer is larger than ${maxBytes / 1024} kB, the most that is read of this kind.`);
  return Buffer.concat(chunks);
}

/** null where there is nothing to decode. */
function decoderOf(contentEncoding: string | undefined): Transform | null {
  const coding = (contentEncoding ?? '').trim().toLowerCase();
  if (coding === '' || coding === 'identity') return null;
  const decoder = decoders.get(coding);
  if (!decoder) throw new CallFailure('NOT_JSON', 'The answer is encoded in a way that was not asked for.');
  return decoder();
}
