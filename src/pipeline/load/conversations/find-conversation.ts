import { readBody, readText } from '../../../domain/text/html-text.js';
import { isClaimed, newestLoaded } from '../../../store/crosswalk.js';
import type { Loading } from '../engine/loading.js';
import { writeAgain } from '../engine/write-once.js';

/** Settle times to wait if there is no loaded record to prove that the index is current. */
const silentRounds = 3;
const maxRounds = 30;

/**
 * Searches for a conversation whose opening got no answer. The search index lags behind: a missing result proves something only
 * when a later write is found.
 * @param mustProve whether undefined must mean that it is certainly absent; otherwise one search is enough
 */
export async function findConversation(
  context: Loading,
  { contactId, createdAt, body }: { contactId: string; createdAt: number; body: string },
  mustProve: boolean,
): Promise<{ conversationId: string; messageId: string } | undefined> {
  const wanted = readBody(body, true);
  let canary: Canary | null = null;
  for (let round = 1; round <= maxRounds; round++) {
    // The proof comes before the search: what the index contained before the later write proves nothing.
    const isProof = canary ? await context.destination.isIndexed(canary.id, canary.since) : round > silentRounds;
    const candidates = await context.destination.searchConversations(contactId, createdAt);
    for (const { id, body: found } of candidates) {
      if (readText(found) !== wanted) continue;
      if (await context.work.transaction(tx => isClaimed(tx, context.scope, 'CONVERSATION', id))) continue;
      // The index can still contain a deleted conversation.
      const view = await context.destination.conversation(id);
      if (view) return { conversationId: id, messageId: await context.destination.openingMessageId(id) };
    }
    if (isProof || !mustProve) return undefined;
    canary ??= await release(context);
    await context.slots.park(context.settleMs);
  }
  throw new Error('The search index of the destination does not become current.');
}

interface Canary {
  id: string;
  /** Unix seconds of the update. */
  since: number;
}

/** A harmless update of a loaded record, at least one second later: by then the settle time of the searched write is over. */
async function release(context: Loading): Promise<Canary | null> {
  const ours = await context.work.transaction(tx => newestLoaded(tx, context.scope, 'CONVERSATION'));
  if (!ours) return null;
  const second = Math.floor(Date.now() / 1000);
  while (Math.floor(Date.now() / 1000) <= second) await context.slots.park(200);
  await writeAgain(context, () => context.destination.updateConversation(ours.destinationId, { read: true }));
  return { id: ours.destinationId, since: second + 1 };
}
