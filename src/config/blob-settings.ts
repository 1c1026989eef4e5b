import { z } from 'zod';
import type { Secret } from '../domain/model/secret.js';
import { onOff, secret, url } from '../domain/model/setting-fields.js';

/** A bucket of a storage that speaks the protocol of S3. */
export interface S3Storage {
  kind: 's3';
  bucket: string;
  /** Null: that of AWS. */
  endpoint: string | null;
  region: string;
  /** Beginning of each key, without a slash at either end; '' for none. */
  prefix: string;
  pathStyle: boolean;
  /** Null: the SDK looks for credentials itself. */
  keys: { id: Secret; secret: Secret } | null;
}

/** Where files are stored: a folder of DATA_DIR, or a bucket. */
export type BlobStorage = { kind: 'local' } | S3Storage;

export const blobSettings = {
  S3_BUCKET: z
    .string()
    .regex(/^[\w.-]{3,255}$/, { error: 'Give the name of a bucket: letters, digits, dots, hyphens.' })
    .nullable()
    .default(null)
    .describe(
      'Bucket that stores the files instead of DATA_DIR, so that processes on several machines share them. Default: none.',
    ),
  S3_ENDPOINT: url('https', 'http')
    .nullable()
    .default(null)
    .describe('Address of a storage that speaks the protocol of S3, such as MinIO. Default: AWS.'),
  S3_REGION: z
    .string()
    .regex(/^[\w-]{1,100}$/, { error: 'Give the name of a region.' })
    .default('us-east-1')
    .describe('Region of the bucket.'),
  S3_PREFIX: z
    .string()
    .regex(/^[\w!.*'()-]+(\/[\w!.*'()-]+)*$/, { error: 'Give names separated by slashes, without a slash at either end.' })
    .max(200)
    .default('')
    .describe('Beginning of all keys in the bucket, such as `landfall/production`. Default: none.'),
  S3_PATH_STYLE: onOff(false).describe('Whether the bucket is part of the path, not of the host. MinIO needs it.'),
  S3_ACCESS_KEY_ID: secret(z.string()).describe(
    'Access key. Default: the chain of the AWS SDK: environment, shared files, role of the container or machine.',
  ),
  S3_SECRET_ACCESS_KEY: secret(z.string()).describe('Secret of S3_ACCESS_KEY_ID. Default: as there.'),
};

type Values = z.output<z.ZodObject<typeof blobSettings>>;

/** Reports settings without those that they need. */
export function requireBucket(value: Values, need: (name: string, message: string) => void): void {
  const { S3_BUCKET, S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = value;
  if (!S3_BUCKET && (S3_ENDPOINT || S3_ACCESS_KEY_ID || S3_SECRET_ACCESS_KEY))
    need('S3_BUCKET', 'Give the name of the bucket too.');
  if (S3_ACCESS_KEY_ID && !S3_SECRET_ACCESS_KEY) need('S3_SECRET_ACCESS_KEY', 'Give the secret of the access key too.');
  if (S3_SECRET_ACCESS_KEY && !S3_ACCESS_KEY_ID) need('S3_ACCESS_KEY_ID', 'Give the access key of the secret too.');
}

export function blobStorageOf(value: Values): BlobStorage {
  const { S3_BUCKET, S3_ENDPOINT, S3_REGION, S3_PREFIX, S3_PATH_STYLE, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = value;
  if (!S3_BUCKET) return { kind: 'local' };
  return {
    kind: 's3',
    bucket: S3_BUCKET,
    endpoint: S3_ENDPOINT,
    region: S3_REGION,
    prefix: S3_PREFIX,
    pathStyle: S3_PATH_STYLE,
    keys: S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY ? { id: S3_ACCESS_KEY_ID, secret: S3_SECRET_ACCESS_KEY } : null,
  };
}
