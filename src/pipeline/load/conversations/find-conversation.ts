import { readBody, readText } from '../../../domain/text/html-text.js';
import { isClaimed, newestLoaded } from '../../../store/crosswalk.js';
import type { Loading } from '../engine/loading.js';
import { writeAgain } from '../engine/write-once.js';

/** Without a record of ours that could prove it, this many settle times must pass. */
const silentRounds = 3;
const maxRounds = 30;

/**
 * Looks for a conversation whose opening got no answer. Search is the only way, and its index lags: that it is not found
 * proves something only once a later write of ours is found.
 */
export async function findConversation(
  context: Loading,
  contactId: string,
  createdAt: number,
  body: string,
): Promise<{ conversationId: string; messageId: string } | undefined> {
  const wanted = readBody(body, true);
  let canary: Canary | null = null;
  for (let round = 1; round <= maxRounds; round++) {
    // First the proof, then the look: what the index knew before the canary proves nothing.
    const isProof = canary ? await context.destination.isIndexed(canary.id, canary.since) : round > silentRounds;
    const candidates = await context.destination.searchConversations(contactId, createdAt);
    for (const { id, body: found } of candidates) {
      if (readText(found) !== wanted) continue;
      if (await context.work.transaction(tx => isClaimed(tx, context.scope, 'CONVERSATION', id))) continue;
      // The index may still know one that was deleted.
      const view = await context.destination.conversation(id);
      if (view) return { conversationId: id, messageId: await context.destination.openingMessageId(id) };
    }
    if (isProof) return undefined;
    canary ??= await release(context);
    await context.slots.park(context.settleMs);
  }
  throw new Error('The search index of the destination does not become current.');
}

interface Canary {
  id: string;
  /** Unix seconds: an update since then is visible. */
  since: number;
}

/** A harmless update of a record of ours, in a later second than now: the settle time of what is looked for is over. */
async function release(context: Loading): Promise<Canary | null> {
  const ours = await context.work.transaction(tx => newestLoaded(tx, context.scope, 'CONVERSATION'));
  if (!ours) return null;
  const second = Math.floor(Date.now() / 1000);
  while (Math.floor(Date.now() / 1000) <= second) await context.slots.park(200);
  await writeAgain(context, () => context.destination.updateConversation(ours.destinationId, { read: true }));
  return { id: ours.destinationId, since: second + 1 };
}
