import type { DealDraft } from '../drafts/drafts.js';
import type { ObjectView } from '../ports/destination-records.js';
import { compareFields } from './compare-fields.js';
import type { Verification } from './verification.js';

/**
 * @param links isLinked: its contact refers to it; former: the id of an earlier contact that still refers to it
 */
export function compareDeal(
  draft: DealDraft,
  { isLinked, former }: { isLinked: boolean; former: string | null },
  view: ObjectView,
): Verification {
  const expected = {
    external_created_at: draft.externalCreatedAt,
    external_updated_at: draft.externalUpdatedAt,
    contact: draft.contact,
  };
  const actual = {
    external_created_at: view.externalCreatedAt,
    external_updated_at: view.externalUpdatedAt,
    contact: isLinked ? draft.contact : null,
  };
  const verification = compareFields(draft, expected, actual, view.attributes);
  const read = verification.read!.contact;
  // A link exists or not: a link to another contact is another link.
  if (read && draft.contact !== null)
    Object.assign(read, isLinked ? { present: [draft.contact], lacking: [] } : { present: [], lacking: [draft.contact] });
  if (former === null) return verification;
  verification.outcomes.contactId = { different: 1 };
  verification.differences.push({
    field: 'contactId',
    expected: draft.contact,
    actual: `contact ${former} of the workspace still refers to it`,
  });
  return verification;
}
