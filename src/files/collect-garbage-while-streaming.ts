const everyBytes = 8 * 1024 * 1024;

/**
 * Passes bytes on and collects garbage every few megabytes. V8 does not count chunks as part of its heap, and would keep 64 MB of
 * them until its next collection. A minor collection frees them early.
 * Works only if the process was started with `--expose-gc`, as `npm start` does.
 */
export async function* collectGarbageWhileStreaming(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let passed = 0;
  for await (const chunk of bytes) {
    passed += chunk.length;
    yield chunk;
    if (passed < everyBytes) continue;
    passed = 0;
    globalThis.gc?.({ type: 'minor' });
  }
}
