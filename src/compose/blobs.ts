import { join } from 'node:path';
import type { Config } from '../config.js';
import { LandfallError } from '../domain/model/errors.js';
import type { BlobStore } from '../domain/ports/blob-store.js';
import { checkDataDir, closeToOthers } from '../files/data-dir.js';
import { LocalBlobStore } from '../files/local-blob-store.js';
import { withShortages } from '../files/storage-shortages.js';
import type { Resources } from './resources.js';

/**
 * Opens the storage of files: a folder of DATA_DIR, or a bucket. With a bucket and a given database nothing is kept in DATA_DIR.
 * @throws LandfallError DATA_DIR_UNUSABLE, STORAGE_UNUSABLE
 */
export async function openBlobs(
  { dataDir, blobs, database }: Pick<Config, 'dataDir' | 'blobs' | 'database'>,
  resources: Resources,
): Promise<BlobStore> {
  if (blobs.kind === 'local' || database.kind === 'embedded') await checkDataDir(dataDir);
  if (blobs.kind === 'local') {
    const files = join(dataDir, 'files');
    await closeToOthers(files);
    return withShortages(new LocalBlobStore(files));
  }
  // Only here: the SDK takes its time to load.
  const { S3BlobStore } = await import('../files/s3/s3-blob-store.js');
  const store = new S3BlobStore(blobs);
  resources.defer(() => store.close());
  await store.check().catch(error => {
    const cause = (error as Error).cause as Error | undefined;
    const message = `Check S3_BUCKET, its endpoint, region and keys: ${blobs.bucket} cannot be written (${cause?.name ?? 'unknown error'}).`;
    throw new LandfallError('STORAGE_UNUSABLE', message, { cause: error });
  });
  return store;
}
