import type { CompanyDraft } from '../../../domain/drafts/drafts.js';
import { companyDigest } from '../../../domain/rollback/digest.js';
import { isEditedCompany } from '../../../domain/rollback/edits.js';
import { filled, type PlannedObject, places } from '../../../domain/rollback/plan.js';
import type { Reason } from '../../../domain/rollback/reasons.js';
import { companyRestoration } from '../../../domain/rollback/restoration.js';
import { countNotesOfOthers } from '../notes-of-others.js';
import { type Candidate, type Planning, planEach, rowOf, uncheckable } from './planning.js';

const about = { destinationType: 'COMPANY' as const, place: places.companies };

/** Plans companies: those that Landfall created are deleted, adopted ones are restored. */
export function planCompanies(context: Planning): Promise<void> {
  return planEach(
    context,
    'COMPANY',
    'COMPANY',
    async () => null,
    candidate => planOne(context, candidate),
  );
}

async function planOne(context: Planning, candidate: Candidate): Promise<PlannedObject> {
  const { destinationId, sent, preImage } = candidate;
  const view = await context.destination.company(destinationId);
  if (!view) return rowOf(candidate, { ...about, action: 'DELETE', reason: 'GONE' });
  const label = view.name ?? '';
  const needed = preImage ? null : (context.kept.companies.get(destinationId) ?? null);
  const isOfOthers = !preImage && (view.contactCount ?? 0) > (context.members.get(destinationId) ?? 0);
  // An adopted company stays, with all of its notes.
  const notesOfOthers = preImage ? 0 : await countNotesOfOthers(context, 'company', destinationId);
  const reason: Reason | null =
    uncheckable(sent) ??
    (notesOfOthers > 0 || isEditedCompany(JSON.parse(sent!.body), view, preImage, sent!)
      ? 'EDITED'
      : (needed ?? (isOfOthers ? 'HOLDS_OTHERS' : null)));
  if (reason !== null) {
    for (const name of view.tags) for (const tag of context.tags) if (tag.name === name) context.kept.tags.add(tag.id);
    for (const name of Object.keys(filled(view.attributes))) context.kept.attributes.add(`company ${name}`);
    return rowOf(candidate, { ...about, action: 'KEEP', reason, label });
  }
  const digest = companyDigest(view, notesOfOthers);
  if (!preImage) return rowOf(candidate, { ...about, action: 'DELETE', reason: 'CREATED', label, digest });
  const draft = JSON.parse(sent!.body) as CompanyDraft;
  const change = companyRestoration(draft, view, preImage);
  for (const name of change.untag ?? []) for (const tag of context.tags) if (tag.name === name) context.takenOff.add(tag.id);
  for (const name of Object.keys(filled(view.attributes)))
    if (change.attributes?.[name] !== null) context.kept.attributes.add(`company ${name}`);
  const note = draft.note ? 'Notes that Landfall added stay, because Intercom cannot delete notes.' : null;
  return rowOf(candidate, { ...about, action: 'RESTORE', reason: 'ADOPTED', label, digest, change, note });
}
