import { type IntentKey, preImageOf } from '../../../store/load-intents.js';
import type { Loading } from './loading.js';

/**
 * The object with a key before our first write, to store with the intent. After an attempt with unknown outcome it is the
 * stored one, because the attempt may have changed the object.
 * @param isOurs whether the record is known to be ours
 */
export async function existingBefore(
  context: Loading,
  intent: IntentKey,
  isOurs: boolean,
  read: () => Promise<object | null>,
): Promise<object | null> {
  if (isOurs) return null;
  if (context.earlier.has(intent)) return context.work.transaction(tx => preImageOf(tx, context.scope, intent));
  return read();
}
