import { LandfallError } from './errors.js';

/** Resources that can run out, and what the operator of the server can do. */
export const shortages = {
  DATABASE_FULL: 'Make room on the disk of the database, and let it be written to.',
  DATABASE_OUT_OF_MEMORY: 'Give the database more memory, or higher limits.',
  DATABASE_CONNECTIONS_SPENT: 'Allow the database more connections, or give this server fewer.',
  STORAGE_FULL: 'Make room on the disk of DATA_DIR.',
  STORAGE_UNAVAILABLE: 'Let the server write and read DATA_DIR.',
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
    super(code, `The server lacks something, and its operator must see to it: ${shortage}.`, { cause, retryable: true });
  }
}
