import { LandfallError } from './errors.js';

/** Resources that can run out, and what the operator of the server can do. */
export const shortages = {
  DATABASE_FULL: 'Free disk space for the database, and make it writable.',
  DATABASE_OUT_OF_MEMORY: 'Give the database more memory, or raise its limits.',
  DATABASE_CONNECTIONS_SPENT: 'Allow more connections in the database, or let this server use fewer.',
  STORAGE_FULL: 'Free disk space for DATA_DIR, or raise the quota of S3_BUCKET.',
  STORAGE_UNAVAILABLE: 'Make DATA_DIR, or S3_BUCKET, readable and writable for the server.',
} as const;
export type ShortageCode = keyof typeof shortages;

/** A resource of the server ran out. The work itself is not at fault and can continue later. */
export class Shortage extends LandfallError {
  override name = 'Shortage';

  constructor(
    readonly shortage: ShortageCode,
    cause: unknown,
  ) {
    const code = shortage.startsWith('DATABASE_') ? 'DATABASE_UNAVAILABLE' : 'STORAGE_UNAVAILABLE';
    super(code, `A resource of the server is exhausted, and its operator must act: ${shortage}.`, { cause, retryable: true });
  }
}
