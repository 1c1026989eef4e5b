import { S3ServiceException } from '@aws-sdk/client-s3';
import { Shortage } from '../../domain/model/shortage.js';

/** What an answer says about the object itself; null for any other error. */
export function codeOf(error: unknown): 'MISSING' | 'REPLACED' | null {
  if (!(error instanceof S3ServiceException)) return null;
  const { httpStatusCode } = error.$metadata;
  if (error.name === 'NoSuchBucket') return null;
  if (httpStatusCode === 404) return 'MISSING';
  // 416: it is shorter than before.
  return httpStatusCode === 412 || httpStatusCode === 416 ? 'REPLACED' : null;
}

/** Whether another attempt can help: no answer, or one that broke off. The SDK has repeated what it can. */
export const isPassing = (error: unknown) => !(error instanceof S3ServiceException);

/** MinIO and others have no status of their own for a full disk. */
const full = /^(XMinioStorageFull|QuotaExceeded|XMinioAdminBucketQuotaExceeded|InsufficientStorage)$/;

export function storageFailure(error: unknown): Shortage {
  if (error instanceof Shortage) return error;
  const isFull = error instanceof S3ServiceException && (full.test(error.name) || error.$metadata.httpStatusCode === 507);
  return new Shortage(isFull ? 'STORAGE_FULL' : 'STORAGE_UNAVAILABLE', error);
}
