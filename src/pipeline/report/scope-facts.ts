import type { Discovery } from '../../domain/model/discovery.js';
import { detailListings } from '../../domain/model/record-types.js';
import type { SourcePlan } from '../../domain/ports/source.js';
import { planOf } from '../../sources/shapes.js';
import { connectionOf } from '../../store/connections.js';
import { discoveryOf } from '../../store/discoveries.js';
import { newestListings } from '../../store/readings.js';
import { newestRun } from '../../store/runs.js';
import { allStaged, type ReadsStaged } from '../../store/staged-pages.js';

/** The facts for the scope of a migration. */
export interface ScopeFacts extends Pick<Discovery, 'plan' | 'counts' | 'retention'> {
  refused: Pick<Discovery['resources'][number], 'resource' | 'recordType' | 'reason'>[];
  /** ISO 8601. */
  countedAt: string;
}

/** From a discovery, otherwise from an extraction; null before both. */
export async function scopeFacts(context: ReadsStaged): Promise<ScopeFacts | null> {
  const discovery = await context.work.transaction(tx => discoveryOf(tx, context.work.lease.projectId));
  if (!discovery) return extracted(context);
  const { plan, counts, retention, resources, discoveredAt } = discovery;
  return { plan, counts, retention, refused: resources.filter(({ available }) => !available), countedAt: discoveredAt };
}

/** The plan of the source: from a discovery, otherwise from the staged account. */
export async function sourcePlan(context: ReadsStaged): Promise<SourcePlan | null> {
  return (await context.work.transaction(tx => discoveryOf(tx, context.work.lease.projectId)))?.plan ?? stagedPlan(context);
}

async function extracted(context: ReadsStaged): Promise<ScopeFacts | null> {
  const found = await context.work.transaction(async tx => {
    const run = await newestRun(tx, context.work.lease.projectId, 'EXTRACTION');
    const listings = (await newestListings(tx, [context.work.lease.projectId])).get(context.work.lease.projectId);
    return run && { run, phases: listings ?? [] };
  });
  const plan = await stagedPlan(context);
  if (!found || !plan) return null;
  const counts = new Map<string, ScopeFacts['counts'][number]>();
  for (const { recordType, source } of found.phases) {
    if (!recordType) continue;
    const known = counts.get(recordType);
    const sum = known && known.source !== null && source !== null ? known.source + source : null;
    counts.set(recordType, { recordType, source: known ? sum : source });
  }
  const unknown = { oldestChatAt: null, deadline: null, daysRemaining: null, atRisk: null, alreadyPurged: null };
  return {
    plan,
    counts: [...counts.values()],
    retention: { windowDays: plan.chatHistoryRetentionDays, ...unknown },
    refused: found.phases
      .filter(({ reason }) => reason !== null)
      .map(({ name, recordType, reason }) => ({ resource: name, recordType, reason })),
    countedAt: (found.run.startedAt ?? found.run.createdAt).toISOString(),
  };
}

/** Values that the account does not return come from the options of the connection. */
async function stagedPlan(context: ReadsStaged): Promise<SourcePlan | null> {
  const [account] = await allStaged(context, detailListings.ACCOUNT);
  if (!account) return null;
  const options = (await context.work.transaction(tx => connectionOf(tx, context.work.lease.projectId, 'SOURCE')))?.options ?? {};
  return planOf(account.record, options);
}
