import { dealReference } from '../../../domain/model/deals.js';
import type { StoredObject } from '../../../store/rollback-objects.js';
import { again, forEachConcurrently, type RollbackWork } from '../rollback-work.js';

/** Removes deals from the contacts that refer to them, with one write for each contact. */
export async function unlinkDeals(context: RollbackWork, deals: readonly StoredObject[]): Promise<void> {
  const { destination } = context;
  const byContact = Map.groupBy(
    deals.filter(({ change }) => change.unlink),
    ({ change }) => change.unlink!,
  );
  await forEachConcurrently(context, [...byContact], async ([contactId, ofContact]) => {
    const leaving = new Set(ofContact.map(({ destinationId }) => destinationId));
    const existing = (await destination.contact(contactId))?.references[dealReference] ?? [];
    const left = existing.filter(id => !leaving.has(id));
    if (left.length < existing.length) await again(context, () => destination.referToObjects(contactId, dealReference, left));
  });
}
