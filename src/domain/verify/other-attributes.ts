import type { ConversationDraft } from '../drafts/drafts.js';
import type { ConversationView } from '../ports/destination-records.js';
import { digestOfValue } from './human-edits.js';
import type { ReadValue, ReadValues } from './verification.js';

type Drafted = Pick<ConversationDraft, 'attributes'>;
type Viewed = Pick<ConversationView, 'attributes'>;

/** No target of a field has this name. */
const key = 'other_attributes';

/** A digest of the attributes that have a value and that Landfall does not write. */
function digestOfOthers(draft: Drafted, view: Viewed, last: ReadValues = {}): string {
  const others = Object.entries(view.attributes).filter(
    ([name, value]) =>
      value !== null && value !== '' && !Object.hasOwn(draft.attributes, name) && !Object.hasOwn(last, `attributes.${name}`),
  );
  return digestOfValue(others.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The entry in the read-back values. It belongs to no field of the source, so it is neither a difference nor a reported edit. */
export const otherAttributesRead = (draft: Drafted, view: Viewed): Record<string, ReadValue> => ({
  [key]: { fields: [], digest: digestOfOthers(draft, view) },
});

/** Whether somebody has filled or changed one since the last read-back. Intercom itself fills some when a conversation begins. */
export const otherAttributesChanged = (draft: Drafted, view: Viewed, last: ReadValues): boolean =>
  digestOfOthers(draft, view, last) !== (Object.hasOwn(last, key) ? last[key] : digestOfOthers(draft, { attributes: {} }));
