import type { Readable } from 'node:stream';
import { CallFailure } from '../domain/ports/call-failure.js';

/** Limit of the bytes that are buffered before they are read. */
const maxBufferedBytes = 256 * 1024;

/**
 * Reads the bytes of a stream a little ahead of the consumer. A stream that breaks off drops the bytes that were not read yet.
 * A download that continues after its last byte would then never advance.
 * @returns all bytes that arrived, and then the error if there was one. The stream is destroyed when the consumer stops
 */
export function readAhead(stream: Readable): AsyncIterable<Uint8Array> {
  const buffered: Uint8Array[] = [];
  let bufferedBytes = 0;
  const ends: { error: unknown }[] = [];
  let wake = () => {};
  const ended = (error: unknown) => {
    ends.push({ error });
    wake();
  };
  stream.on('data', (chunk: Uint8Array) => {
    buffered.push(chunk);
    bufferedBytes += chunk.length;
    if (bufferedBytes >= maxBufferedBytes) stream.pause();
    wake();
  });
  stream.once('end', () => ended(null));
  // This listener stays: a later error has no other handler and would end the process.
  stream.on('error', ended);
  stream.once('close', () => ended(new CallFailure('RESET', 'The stream was closed before its end.')));
  return (async function* () {
    try {
      for (;;) {
        const chunk = buffered.shift();
        if (chunk) {
          bufferedBytes -= chunk.length;
          if (bufferedBytes < maxBufferedBytes) stream.resume();
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
