import type { CompanyDraft } from '../drafts/drafts.js';
import type { CompanyView } from '../ports/destination-records.js';
import { foldedTag } from '../text/tag-name.js';
import { compareFields } from './compare-fields.js';
import type { Verification } from './verification.js';

export function compareCompany(draft: CompanyDraft, view: CompanyView): Verification {
  const expected = {
    company_id: draft.key,
    name: draft.name,
    website: draft.website,
    industry: draft.industry,
    size: draft.size,
    remote_created_at: draft.remoteCreatedAt,
    tags: draft.tags.map(foldedTag),
  };
  const actual = {
    company_id: view.key,
    name: view.name,
    website: view.website,
    industry: view.industry,
    size: view.size,
    remote_created_at: view.remoteCreatedAt,
    tags: view.tags.map(foldedTag),
  };
  return compareFields(draft, expected, actual, view.attributes);
}
