import type { Discovery } from '../../domain/model/discovery.js';
import { expiringChannel } from '../../domain/model/record-types.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import { piecesOf } from '../../domain/ports/page-pieces.js';
import type { Source, SourceListing, SourcePlan } from '../../domain/ports/source.js';
import { saveDiscovery } from '../../store/discoveries.js';
import { setProjectStage } from '../../store/projects.js';
import { checkRetention } from '../../store/retention-issues.js';
import { reportProgress } from '../../store/run-leases.js';
import { changePhase, createPhases } from '../../store/run-phases.js';
import type { RunWork } from '../../store/run-work.js';
import type { RunOutcome } from '../../store/runs.js';

const dayMs = 86_400_000;

type Resource = Discovery['resources'][number];

/** Finds out what a source contains before it is read: plan, counts, refused listings, and data that it will delete soon. */
export async function discover(work: RunWork, source: Source): Promise<RunOutcome> {
  const listed = source.listings.filter(listing => listing.shape === 'PAGES' || listing.shape === 'SINGLE');
  await work.fencedTransaction(tx => createPhases(tx, work.lease, listed));
  const plan = await source.plan();
  const resources: Resource[] = [];
  let now = new Date();
  for (const [index, listing] of listed.entries()) {
    work.checkHalt();
    const { resource, at } = await look(source, listing);
    if (at) now = at;
    resources.push(resource);
    await work.fencedTransaction(async tx => {
      const change = {
        state: 'SUCCEEDED' as const,
        source: resource.count,
        ...(resource.reason ? { reason: resource.reason } : {}),
      };
      await changePhase(tx, work.lease.runId, listing.name, change);
      await reportProgress(tx, work.lease, (index + 1) / (listed.length + 1), null);
    });
  }
  const content: Discovery = {
    plan,
    counts: countsOf(resources),
    resources,
    retention: await auditRetention(work, source, plan, now),
    discoveredAt: now.toISOString(),
  };
  await work.fencedTransaction(async tx => {
    await saveDiscovery(tx, work.lease, content);
    await checkRetention(tx, work.lease, now);
    await setProjectStage(tx, work.lease.projectId, 'EXTRACTION');
  });
  return { state: 'SUCCEEDED' };
}

async function look(source: Source, listing: SourceListing): Promise<{ resource: Resource; at: Date | null }> {
  const about = { resource: listing.name, recordType: listing.recordType };
  try {
    if (listing.shape === 'SINGLE') {
      const found = await source.one(listing, null);
      return { resource: { ...about, available: true, reason: null, count: found ? 1 : 0 }, at: null };
    }
    const { total, at } = await source.count(listing);
    return { resource: { ...about, available: true, reason: null, count: total }, at };
  } catch (error) {
    const refused =
      error instanceof CallFailure && (error.kind === 'FORBIDDEN' || error.kind === 'NOT_FOUND' || error.kind === 'UNAUTHORIZED');
    if (!refused || (error.kind === 'UNAUTHORIZED' && listing.observed)) throw error;
    return { resource: { ...about, available: false, reason: error.message, count: null }, at: null };
  }
}

/** One number per type. Several listings of a type are added; if one reports no number, the sum is unknown. */
function countsOf(resources: readonly Resource[]): Discovery['counts'] {
  const counts = new Map<string, Discovery['counts'][number]>();
  for (const { recordType, count } of resources) {
    if (!recordType) continue;
    const known = counts.get(recordType);
    const source = known ? (known.source === null || count === null ? null : known.source + count) : count;
    counts.set(recordType, { recordType, source });
  }
  return [...counts.values()];
}

/**
 * The source deletes chats after the retention time of the plan. Finds the tickets that have some, and until when they can be
 * read.
 */
async function auditRetention(work: RunWork, source: Source, plan: SourcePlan, now: Date): Promise<Discovery['retention']> {
  const windowDays = plan.chatHistoryRetentionDays;
  const nothing = { windowDays, oldestChatAt: null, deadline: null, daysRemaining: null, atRisk: null, alreadyPurged: null };
  const tickets = source.listings.find(listing => listing.recordType === 'TICKET' && listing.since);
  if (windowDays === null || !tickets) return nothing;
  const since = new Date(now.getTime() - windowDays * dayMs);
  const atRisk = new Map<string, Date | null>();
  for (let number = 1, read = 0; ; number++) {
    work.checkHalt();
    let count = 0;
    let total: number | null = null;
    // A record that is too large is reported by the extraction.
    const request = { number, size: source.pageSize, since, onTooLarge: () => count++ };
    for await (const page of piecesOf(source, tickets, request)) {
      // The source can ignore the parameter, so the date of the record is checked.
      const chats = page.records.filter(
        ({ channel, updatedAt }) => channel === expiringChannel && (!updatedAt || updatedAt >= since),
      );
      for (const { id, createdAt } of chats) atRisk.set(id, createdAt);
      count += page.records.length;
      total = page.total;
    }
    read += count;
    if (count === 0 || (total !== null && read >= total)) break;
  }
  const begun = [...atRisk.values()].filter(date => date !== null).map(date => date.getTime());
  if (begun.length === 0) return { ...nothing, atRisk: atRisk.size };
  const oldest = Math.min(...begun);
  // If a chat began before the window, its older part is deleted and the rest follows day by day: the deadline is now.
  const deadline = Math.max(oldest + windowDays * dayMs, now.getTime());
  return {
    windowDays,
    oldestChatAt: new Date(oldest).toISOString(),
    deadline: new Date(deadline).toISOString(),
    daysRemaining: Math.floor((deadline - now.getTime()) / dayMs),
    atRisk: atRisk.size,
    // The source does not report what it has deleted.
    alreadyPurged: null,
  };
}
