import type { StoredBlob } from '../../domain/ports/blob-store.js';
import { CallFailure } from '../../domain/ports/call-failure.js';

type Keep = (bytes: AsyncIterable<Uint8Array>) => Promise<StoredBlob>;

/** Whether a download is answered, even by a refusal. Only the first bytes are read. */
export async function answers(open: (keep: Keep) => Promise<unknown>): Promise<boolean> {
  try {
    await open(async bytes => {
      for await (const _ of bytes) break;
      return { sha256: '', byteSize: 0 };
    });
    return true;
  } catch (error) {
    if (!(error instanceof CallFailure) || error.kind === 'UNAUTHORIZED') throw error;
    // A host that answers "too many requests" is available.
    return !error.isTransient || error.kind === 'RATE_LIMITED';
  }
}
