import type { DealDraft } from '../../../domain/drafts/drafts.js';
import { dealReference, dealType } from '../../../domain/model/deals.js';
import { objectDigest } from '../../../domain/rollback/digest.js';
import { isEditedDeal } from '../../../domain/rollback/edits.js';
import { type PlannedObject, places } from '../../../domain/rollback/plan.js';
import { dealRestoration } from '../../../domain/rollback/restoration.js';
import { preImagesOf } from '../../../store/loaded-objects.js';
import { type Candidate, type Planning, planEach, rowOf, uncheckable } from './planning.js';

/** Plans deals: they are unlinked from their contacts and deleted; adopted ones are restored. */
export function planDeals(context: Planning): Promise<void> {
  return planEach(
    context,
    'CUSTOM_OBJECT',
    'DEAL',
    batch =>
      context.work.transaction(tx =>
        preImagesOf(
          tx,
          context.scope,
          'CONTACT',
          batch.flatMap(({ linkedTo }) => linkedTo ?? []),
        ),
      ),
    (candidate, before) => planOne(context, candidate, before),
  );
}

async function planOne(
  context: Planning,
  candidate: Candidate,
  contacts: ReadonlyMap<string, Record<string, unknown>>,
): Promise<PlannedObject> {
  const { destinationId, sent, preImage, linkedTo } = candidate;
  const about = { destinationType: 'CUSTOM_OBJECT' as const, place: places.deals };
  const view = await context.destination.object(dealType, destinationId);
  if (!view) return rowOf(candidate, { ...about, action: 'DELETE', reason: 'GONE' });
  const label = String(view.attributes.name ?? '');
  const edited = uncheckable(sent) ?? (isEditedDeal(JSON.parse(sent!.body), view, preImage, sent!) ? 'EDITED' : null);
  if (edited) return rowOf(candidate, { ...about, action: 'KEEP', reason: edited, label });
  const referred = (contacts.get(linkedTo ?? '')?.references ?? {}) as Record<string, string[]>;
  const unlink = referred[dealReference]?.includes(destinationId) ? null : linkedTo;
  const digest = objectDigest(view);
  if (!preImage) return rowOf(candidate, { ...about, action: 'DELETE', reason: 'CREATED', label, digest, change: { unlink } });
  const change = { ...dealRestoration(JSON.parse(sent!.body) as DealDraft, view, preImage), unlink };
  return rowOf(candidate, { ...about, action: 'RESTORE', reason: 'ADOPTED', label, digest, change });
}
