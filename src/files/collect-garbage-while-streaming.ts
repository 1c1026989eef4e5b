const everyBytes = 8 * 1024 * 1024;

/**
 * Bytes as they come, with what was passed on let go of in time. V8 does not see chunks as part of its heap, and would
 * let 64 MB of them wait for its collector; a small collection every few megabytes takes them while they are young.
 * Does so only where the process was started with `--expose-gc`, as `npm start` does.
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
