import { Readable } from 'node:stream';
import { streamedJson } from '../domain/text/streamed-text.js';

const chunkBytes = 64 * 1024;

/**
 * Body and headers of a request. A long body is sent in chunks; long texts in it are produced while it is sent.
 * @param beforeChunk throws if no further chunk may be sent
 */
export function requestBody(json: unknown, headers: Record<string, string> | undefined, beforeChunk: () => void) {
  if (json === undefined) return headers ? { headers } : {};
  const streamed = streamedJson(json);
  const whole = streamed ? null : Buffer.from(JSON.stringify(json));
  const about = { 'content-type': 'application/json', 'content-length': String(streamed?.length ?? whole!.length) };
  if (whole && whole.length <= chunkBytes) return { body: whole, headers: { ...headers, ...about } };
  const chunks = async function* () {
    for await (const chunk of streamed ? streamed.chunks() : chunksOf(whole!)) {
      beforeChunk();
      yield chunk;
    }
  };
  return { body: Readable.from(chunks(), { objectMode: false }), headers: { ...headers, ...about } };
}

function* chunksOf(bytes: Buffer): Generator<Buffer> {
  for (let offset = 0; offset < bytes.length; offset += chunkBytes) yield bytes.subarray(offset, offset + chunkBytes);
}
