import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { PackArchive } from '../domain/model/document.js';
import type { BlobStore } from '../domain/ports/blob-store.js';

/** A ZIP without compression. Its bytes do not depend on time, place or time zone. */
export function zipArchive(blobs: BlobStore): PackArchive {
  return files => {
    const zip = new ZipFile();
    const bytes = zip.outputStream as Readable;
    const fail = (error: unknown) => bytes.destroy(error as Error);
    zip.on('error', fail);
    // The format stores local time without a zone.
    const fixed = { mtime: new Date(1980, 0, 1), mode: 0o100644, compress: false, forceDosTimestamp: true };
    for (const { path, sha256, byteSize } of files)
      zip.addReadStreamLazy(path, { ...fixed, size: byteSize }, done => {
        const stream = blobs.stream(sha256);
        // yazl does not handle errors of the stream. Without this, a missing blob would end the process.
        stream.once('error', fail);
        done(null, stream);
      });
    zip.end();
    return bytes;
  };
}
