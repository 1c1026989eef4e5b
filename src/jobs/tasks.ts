import type { WakeUps } from '../domain/ports/wake-ups.js';
import type { Database } from '../store/data-source.js';
import { purgeIdempotencyKeys } from '../store/idempotency-keys.js';
import type { Task } from './queue.js';
import type { Runner } from './runner.js';
import { watchRetention } from './watch-retention.js';

/** Names of all queues. The migration creates them. */
export const queueNames = ['runs', 'purge-idempotency-keys', 'watch-retention'] as const;

/** Job of the queue `runs`: a run that waits for a worker. */
export interface WaitingRun {
  runId: string;
  organizationId: string;
}

export function tasks(database: Database, runner: Runner, wakeUps: WakeUps): Task[] {
  return [
    {
      name: 'runs',
      run: async data => {
        const { runId, organizationId } = data as WaitingRun;
        await runner.take(runId, organizationId);
      },
    },
    {
      name: 'purge-idempotency-keys',
      schedule: '17 * * * *',
      run: async () => {
        await purgeIdempotencyKeys(database);
      },
    },
    {
      name: 'watch-retention',
      schedule: '43 * * * *',
      run: () => watchRetention(database, wakeUps),
    },
  ];
}
