import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { PackArchive } from '../domain/model/document.js';
import type { BlobStore } from '../domain/ports/blob-store.js';

/** ZIP without compression, in which nothing depends on when, where or in what time zone it is made. */
export function zipArchive(blobs: BlobStore): PackArchive {
  return files => {
    const zip = new ZipFile();
    const bytes = zip.outputStream as Readable;
    const fail = (error: unknown) => bytes.destroy(error as Error);
    zip.on('error', fail);
    // In local time, which the format holds without a zone.
    const fixed = { mtime: new Date(1980, 0, 1), mode: 0o100644, compress: false, forceDosTimestamp: true };
    for (const { path, sha256, byteSize } of files)
      zip.addReadStreamLazy(path, { ...fixed, size: byteSize }, done => {
        const stream = blobs.stream(sha256);
        // yazl does not listen to it: unheard, one blob that is gone would end the process.
        stream.once('error', fail);
        done(null, stream);
      });
    zip.end();
    return bytes;
  };
}
