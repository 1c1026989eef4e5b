import type { Database } from '../store/data-source.js';
import { purgeIdempotencyKeys } from '../store/idempotency-keys.js';
import type { Task } from './queue.js';

/** Names of all queues; the owner makes them when it migrates. */
export const queueNames = ['purge-idempotency-keys'] as const;

export function tasks(dataSource: Database): Task[] {
  return [
    {
      name: 'purge-idempotency-keys',
      schedule: '17 * * * *',
      run: async () => {
        await purgeIdempotencyKeys(dataSource);
      },
    },
  ];
}
