import { listingOf } from '../../domain/model/record-types.js';
import { agentReply } from '../../sources/shapes.js';
import { answeredRecords, answersByReference } from '../../store/answer-metrics.js';
import type { RunWork } from '../../store/run-work.js';

const batchSize = 500;
const listings = { parents: listingOf('TICKET'), children: listingOf('MESSAGE'), pattern: agentReply };

export interface ResponseTimes {
  /** Messages by agent. */
  byAgent: Map<string, number>;
  /** Minutes from the creation of a ticket to the first reply of an agent, by month. */
  responses: { month: string; tickets: number; median: number; p90: number }[];
}

/** Figures of reports, computed from staged records in batches. */
export async function responseTimes(work: RunWork): Promise<ResponseTimes> {
  const { projectId } = work.lease;
  const byAgent = new Map<string, number>();
  const minutes = new Map<string, number[]>();
  for (let after = ''; ; ) {
    work.checkHalt();
    const tickets = await work.transaction(tx => answeredRecords(tx, projectId, listings, after, batchSize));
    const ids = tickets.map(({ sourceId }) => sourceId);
    for (const { id, n } of await work.transaction(tx => answersByReference(tx, projectId, listings, listingOf('AGENT'), ids)))
      byAgent.set(id, (byAgent.get(id) ?? 0) + n);
    for (const { createdAt, answeredAt } of tickets) {
      if (!createdAt || !answeredAt || answeredAt < createdAt) continue;
      const month = `${createdAt.toISOString().slice(0, 7)}-01`;
      const known = minutes.get(month) ?? [];
      minutes.set(month, known);
      known.push((answeredAt.getTime() - createdAt.getTime()) / 60_000);
    }
    if (tickets.length < batchSize) break;
    after = ids.at(-1)!;
  }
  const responses = [...minutes].map(([month, all]) => {
    const sorted = all.sort((a, b) => a - b);
    return { month, tickets: sorted.length, median: percentile(sorted, 0.5), p90: percentile(sorted, 0.9) };
  });
  return { byAgent, responses: responses.sort((a, b) => (a.month < b.month ? -1 : 1)) };
}

/** Interpolated between two values, with one decimal. */
function percentile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return Math.round((below + (above - below) * (position - Math.floor(position))) * 10) / 10;
}
