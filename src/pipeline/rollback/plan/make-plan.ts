import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { canonicalJson } from '../../../domain/model/canonical-json.js';
import { PlanSummary } from '../../../domain/rollback/plan.js';
import { openIntents } from '../../../store/load-intents.js';
import { dropObjects, pageOfObjects, type StoredObject } from '../../../store/rollback-objects.js';
import { savePlan } from '../../../store/rollback-plans.js';
import type { RollbackWork } from '../rollback-work.js';
import { planCompanies } from './plan-companies.js';
import { planContacts } from './plan-contacts.js';
import { planConversations } from './plan-conversations.js';
import { planDeals } from './plan-deals.js';
import { planArticles, planCollections } from './plan-help-center.js';
import { planAttributes, planTags } from './plan-provisioned.js';
import { planningOf } from './planning.js';
import { settleUnsettled } from './settle-unsettled.js';

const batchSize = 1_000;

/** Reads every object of the workspace that Landfall loaded, and stores what a rollback would do with it. It changes nothing in the workspace. */
export async function makePlan(context: RollbackWork): Promise<void> {
  const { work } = context;
  const { runId } = work.lease;
  await settleEarlier(context);
  await settleUnsettled(context);
  // An earlier worker may have begun a plan: what it read may have changed.
  await dropObjects(work);
  const planning = await planningOf(context);
  // Conversations come first: what a kept object refers to is kept too.
  const steps = [
    planConversations,
    planDeals,
    planArticles,
    planCollections,
    planContacts,
    planCompanies,
    planTags,
    planAttributes,
  ];
  for (const step of steps) {
    work.checkHalt();
    await step(planning);
  }
  const { planHash, summary } = await hashOf(context);
  await work.fencedTransaction(tx => savePlan(tx, runId, planHash, summary.rows));
}

/** A write of an earlier worker without outcome can still take effect. */
async function settleEarlier({ work, scope, requestTimeoutMs, settleMs, signal }: RollbackWork): Promise<void> {
  const { intents, sentMsAgo } = await work.transaction(tx => openIntents(tx, scope));
  const left = intents.length > 0 ? requestTimeoutMs + settleMs - sentMsAgo : 0;
  if (left > 0) await sleep(left, undefined, { signal });
}

/** Digest of a plan: it changes with the objects, their content and the actions. */
async function hashOf({ work, run }: RollbackWork): Promise<{ planHash: string; summary: PlanSummary }> {
  const hash = createHash('sha256').update(`${run.projectId} ${run.environment} ${run.workspaceId}\n`);
  const summary = new PlanSummary();
  for (let after: StoredObject | null = null; ; ) {
    const page: StoredObject[] = await work.transaction(tx =>
      pageOfObjects(tx, work.lease.runId, ['PLANNED', 'KEPT'], after, batchSize),
    );
    for (const object of page) {
      const { destinationType, destinationId, place, action, reason, digest, change } = object;
      hash.update(`${canonicalJson([destinationType, destinationId, place, action, reason, digest, change])}\n`);
      summary.add(object);
    }
    if (page.length < batchSize) return { planHash: hash.digest('hex'), summary };
    after = page.at(-1)!;
  }
}
