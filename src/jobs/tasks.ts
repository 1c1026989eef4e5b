import type { BlobStore } from '../domain/ports/blob-store.js';
import type { Log } from '../domain/ports/log.js';
import type { WakeUps } from '../domain/ports/wake-ups.js';
import { purgeProject } from '../pipeline/purge-project.js';
import type { Database } from '../store/data-source.js';
import { purgeIdempotencyKeys } from '../store/idempotency-keys.js';
import { unfinishedPurges } from '../store/purges.js';
import { transactionFor } from '../store/transaction.js';
import type { Task } from './queue.js';
import type { Runner } from './runner.js';
import { watchRetention } from './watch-retention.js';

/** Names of all queues. The migration creates them. */
export const queueNames = ['runs', 'purge-idempotency-keys', 'watch-retention', 'purges', 'unfinished-purges'] as const;

/** Job of the queue `runs`: a run that waits for a worker. */
export interface WaitingRun {
  runId: string;
  organizationId: string;
}

/** Job of the queue `purges`: a closed project whose raw data must be deleted. */
export interface WaitingPurge {
  projectId: string;
  organizationId: string;
}

const purgesOfSweep = 20;

export function tasks(database: Database, runner: Runner, wakeUps: WakeUps, blobs: BlobStore, log: Log): Task[] {
  const purge = ({ projectId, organizationId }: WaitingPurge) =>
    purgeProject({
      projectId,
      organizationId,
      blobs,
      transaction: async work => (await transactionFor(database, organizationId, work)).result,
    });
  return [
    { name: 'purges', run: data => purge(data as WaitingPurge) },
    {
      // Those whose job was lost, or that failed more often than the queue tries.
      name: 'unfinished-purges',
      schedule: '*/5 * * * *',
      run: async () => {
        for (const waiting of await unfinishedPurges(database, purgesOfSweep))
          await purge(waiting).catch(err => log.error({ err, projectId: waiting.projectId }, 'a purge failed'));
      },
    },
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
      run: () => watchRetention(database, wakeUps, log),
    },
  ];
}
