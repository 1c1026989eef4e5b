import type { Log } from '../domain/ports/log.js';
import type { WakeUps } from '../domain/ports/wake-ups.js';
import type { Database } from '../store/data-source.js';
import { checkRetention, projectsWithDeadline } from '../store/retention-issues.js';
import { transactionFor } from '../store/transaction.js';

const batchSize = 200;

/** Looks for deadlines that have become close since the last DISCOVERY or EXTRACTION run of each project. */
export async function watchRetention(database: Database, wakeUps: Pick<WakeUps, 'publish'>, log: Log): Promise<void> {
  for (let after: string | null = null; ; ) {
    const projects = await projectsWithDeadline(database, after, batchSize);
    for (const { projectId, organizationId } of projects) {
      const scope = { projectId, organizationId, runId: null };
      try {
        const { touched } = await transactionFor(database, organizationId, tx => checkRetention(tx, scope, new Date()));
        for (const topic of touched) wakeUps.publish(topic);
      } catch (err) {
        // The deadlines of the other projects are still checked.
        log.error({ err, projectId }, 'a deadline could not be checked');
      }
    }
    if (projects.length < batchSize) return;
    after = projects.at(-1)!.projectId;
  }
}
