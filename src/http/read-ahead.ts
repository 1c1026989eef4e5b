import type { Readable } from 'node:stream';
import { CallFailure } from '../domain/ports/call-failure.js';

/** Held of a stream before anybody takes it. */
const maxHeldBytes = 256 * 1024;

/**
 * Takes the bytes of a stream as they come, a little ahead of anyone who reads them: a stream that breaks off drops what nobody
 * has taken yet, and a download that continues behind its last byte would never get further.
 * @returns the bytes, all that came, and then the error where there was one; the stream is destroyed once nobody reads on
 */
export function readAhead(stream: Readable): AsyncIterable<Uint8Array> {
  const held: Uint8Array[] = [];
  let heldBytes = 0;
  const ends: { error: unknown }[] = [];
  let wake = () => {};
  const ended = (error: unknown) => {
    ends.push({ error });
    wake();
  };
  stream.on('data', (chunk: Uint8Array) => {
    held.push(chunk);
    heldBytes += chunk.length;
    if (heldBytes >= maxHeldBytes) stream.pause();
    wake();
  });
  stream.once('end', () => ended(null));
  // A listener that stays: whatever fails later has nobody else to tell.
  stream.on('error', ended);
  stream.once('close', () => ended(new CallFailure('RESET', 'The stream was closed before its end.')));
  return (async function* () {
    try {
      for (;;) {
        const chunk = held.shift();
        if (chunk) {
          heldBytes -= chunk.length;
          if (heldBytes < maxHeldBytes) stream.resume();
          yield chunk;
        } else if (ends[0]) {
          if (ends[0].error) throw ends[0].error;
          return;
        } else {
          await new Promise<void>(resolve => {
            wake = resolve;
          });
        }
      }
    } finally {
      stream.destroy();
    }
  })();
}
