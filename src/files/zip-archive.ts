import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { BlobStore } from '../domain/blob-store.js';
import type { PackArchive } from '../domain/document.js';

/** ZIP without compression, in which nothing depends on when, where or in what time zone it is made. */
export function zipArchive(blobs: BlobStore): PackArchive {
  return files => {
    const zip = new ZipFile();
    const bytes = zip.outputStream as Readable;
    zip.once('error', error => bytes.destroy(error as Error));
    // In local time, which the format holds without a zone.
    const fixed = { mtime: new Date(1980, 0, 1), mode: 0o100644, compress: false, forceDosTimestamp: true };
    for (const { path, sha256, byteSize } of files)
      zip.addReadStreamLazy(path, { ...fixed, size: byteSize }, done => done(null, blobs.stream(sha256)));
    zip.end();
    return bytes;
  };
}
