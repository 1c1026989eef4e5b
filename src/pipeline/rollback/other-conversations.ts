import type { PlannedObject } from '../../domain/rollback/plan.js';
import { loadedAmong } from '../../store/loaded-objects.js';
import type { RollbackWork } from './rollback-work.js';

/** Contacts of one search: it takes 15 filters at most. */
const batchSize = 15;

/** Contacts that take part in a conversation that Landfall did not load. If such a contact is archived, Intercom hides the conversation. */
export async function inOtherConversations(
  { destination, work, scope }: RollbackWork,
  contactIds: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (let from = 0; from < contactIds.length; from += batchSize) {
    work.checkHalt();
    const asked = new Set(contactIds.slice(from, from + batchSize));
    for await (const page of destination.rollback.conversationsOf([...asked])) {
      const ids = page.map(({ id }) => id);
      const loaded = await work.transaction(tx => loadedAmong(tx, scope, 'CONVERSATION', ids));
      for (const { id, contactIds: people } of page)
        if (!loaded.has(id)) for (const person of people) if (asked.has(person)) found.add(person);
    }
  }
  return found;
}

/** Of planned objects, the contacts that would be archived and take part in such a conversation. */
export function archivedWithOthers(context: RollbackWork, objects: readonly PlannedObject[]): Promise<Set<string>> {
  const archived = objects.filter(
    ({ destinationType, action, change }) => destinationType === 'CONTACT' && (action === 'ARCHIVE' || change.archive === true),
  );
  return inOtherConversations(
    context,
    archived.map(({ destinationId }) => destinationId),
  );
}
