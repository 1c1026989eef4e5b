import { type IntentKey, preImageOf } from '../../../store/load-intents.js';
import { intentName, type Loading } from './loading.js';

/**
 * What stands under a key before the first write of ours, to be written down with the intent of that write. Of an attempt whose end
 * nobody knows it is what that one wrote down: what is there now may be what it has made of it.
 * @param isOurs whether the record is known to be ours already
 */
export async function existingBefore(
  context: Loading,
  intent: IntentKey,
  isOurs: boolean,
  read: () => Promise<object | null>,
): Promise<object | null> {
  if (isOurs) return null;
  if (context.unsettled.has(intentName(intent))) return context.work.transaction(tx => preImageOf(tx, context.scope, intent));
  return read();
}
