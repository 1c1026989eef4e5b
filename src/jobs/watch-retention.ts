import type { WakeUps } from '../domain/ports/wake-ups.js';
import type { Database } from '../store/data-source.js';
import { checkRetention, projectsWithDeadline } from '../store/retention-issues.js';
import { transactionFor } from '../store/transaction.js';

const batchSize = 200;

/** Looks for deadlines that have come near since the last DISCOVERY or EXTRACTION run of each project. */
export async function watchRetention(database: Database, wakeUps: Pick<WakeUps, 'publish'>): Promise<void> {
  for (let after: string | null = null; ; ) {
    const projects = await projectsWithDeadline(database, after, batchSize);
    for (const { projectId, organizationId } of projects) {
      const place = { projectId, organizationId, runId: null };
      const { touched } = await transactionFor(database, organizationId, tx => checkRetention(tx, place, new Date()));
      for (const topic of touched) wakeUps.publish(topic);
    }
    if (projects.length < batchSize) return;
    after = projects.at(-1)!.projectId;
  }
}
