import type { CompanyDraft, ContactDraft, DealDraft } from '../../domain/drafts/drafts.js';
import { dealReference, dealType } from '../../domain/model/deals.js';
import type { Destination } from '../../domain/ports/destination.js';
import { compareCompany, compareContact, compareDeal } from '../../domain/verify/compare.js';
import { differencesAsIssues } from '../../domain/verify/differences-as-issues.js';
import { gone, type Verification } from '../../domain/verify/verification.js';
import { destinationsOf } from '../../store/crosswalk.js';
import { type UnverifiedDraft, unverifiedDrafts } from '../../store/drafts.js';
import { withoutHumanEdits } from '../../store/human-edits.js';
import { raiseIssues } from '../../store/issues.js';
import type { LoadScope } from '../../store/load-scope.js';
import { countInPhase } from '../../store/run-phases.js';
import type { RunWork } from '../../store/run-work.js';
import type { Tx } from '../../store/transaction.js';
import { saveVerifications, type VerifiedRecord } from '../../store/verifications.js';

export interface Verifying {
  work: RunWork;
  scope: LoadScope;
  destination: Destination;
  /** What a VERIFICATION reads back. Absent: what was not read back yet, or found different. */
  readsBack?: (tx: Tx, type: VerifiedType, after: string, limit: number) => Promise<UnverifiedDraft[]>;
  refs: { teammateOf(agentId: string): string; tagId(name: string): string };
}

type VerifiedType = 'COMPANY' | 'CONTACT' | 'DEAL';

const batchSize = 100;
const concurrentCalls = 16;

/** Reads each record back that was loaded and not verified since, or was found different, and compares every field. */
export async function verifyRecords(context: Verifying, type: VerifiedType, phase: string): Promise<void> {
  for (let after = ''; ; ) {
    const batch = await context.work.transaction(tx =>
      context.readsBack
        ? context.readsBack(tx, type, after, batchSize)
        : unverifiedDrafts(tx, context.scope, type, after, batchSize),
    );
    if (batch.length === 0) return;
    const before = context.destination.calls;
    const verified: VerifiedRecord[] = [];
    for (let from = 0; from < batch.length; from += concurrentCalls) {
      context.work.checkHalt();
      const some = batch.slice(from, from + concurrentCalls);
      verified.push(...(await Promise.all(some.map(each => verifyOne(context, type, each)))));
    }
    await context.work.fencedTransaction(async tx => {
      const judged = await withoutHumanEdits(tx, context.scope, verified);
      await saveVerifications(tx, context.scope, judged, context.work.lease.runId);
      await raiseIssues(
        tx,
        context.work.lease,
        judged.flatMap(record => differencesAsIssues(context.scope.environment, type, record.sourceId, record)),
      );
      await countInPhase(tx, context.work.lease.runId, phase, {
        staged: 0,
        skipped: 0,
        failed: 0,
        apiCalls: context.destination.calls - before,
      });
    });
    after = batch.at(-1)!.sourceId;
  }
}

async function verifyOne(
  context: Verifying,
  type: VerifiedType,
  { sourceId, body, destinationId, linkedTo }: UnverifiedDraft,
): Promise<VerifiedRecord> {
  const merged = type === 'CONTACT' ? (JSON.parse(body) as ContactDraft).merged : [];
  const verification =
    type === 'COMPANY'
      ? await verifyCompany(context, JSON.parse(body), destinationId)
      : type === 'CONTACT'
        ? await verifyContact(context, JSON.parse(body), destinationId)
        : await verifyDeal(context, JSON.parse(body), destinationId, linkedTo);
  return {
    recordType: type,
    sourceId,
    destinationId,
    ...verification,
    covers: [{ recordType: type, sourceIds: [sourceId, ...merged] }],
  };
}

async function verifyCompany({ destination }: Verifying, draft: CompanyDraft, id: string): Promise<Verification> {
  const view = await destination.company(id);
  return view ? compareCompany(draft, draft.tags, view) : gone;
}

/** @param linkedTo the contact that referred to it last, as far as is known */
async function verifyDeal(context: Verifying, draft: DealDraft, id: string, linkedTo: string | null): Promise<Verification> {
  const view = await context.destination.object(dealType, id);
  if (!view) return gone;
  const refersToIt = async (contactId: string | null) =>
    contactId !== null && ((await context.destination.contact(contactId))?.references[dealReference]?.includes(id) ?? false);
  const wanted = [draft.contact ?? []].flat();
  const contacts = await context.work.transaction(tx => destinationsOf(tx, context.scope, 'CONTACT', 'CONTACT', wanted));
  const contactId = contacts.get(wanted[0] ?? '') ?? null;
  const former = linkedTo !== contactId && (await refersToIt(linkedTo)) ? linkedTo : null;
  return compareDeal(draft, view, await refersToIt(contactId), former);
}

async function verifyContact(context: Verifying, draft: ContactDraft, id: string): Promise<Verification> {
  const view = await context.destination.contact(id);
  if (!view) return gone;
  const companies = await context.work.transaction(tx =>
    destinationsOf(tx, context.scope, 'COMPANY', 'COMPANY', draft.companies),
  );
  // An adopted contact keeps the key that it had; ours is in an attribute.
  const adopted = view.externalId !== draft.key && view.attributes.infoset_id === draft.key;
  const key = adopted ? view.externalId : draft.key;
  const expected = kept(draft, view);
  const refs = {
    key,
    ownerId: draft.ownerAgent === null ? null : context.refs.teammateOf(draft.ownerAgent),
    companies: [...companies.values()],
    tags: draft.tags.map(tag => context.refs.tagId(tag)),
  };
  return compareContact(expected, refs, view);
}

/** What the destination refused although it looked right: then it stands in the attribute, as a loss. */
function kept(
  draft: ContactDraft,
  view: { email: string | null; phone: string | null; attributes: Record<string, unknown> },
): ContactDraft {
  const copy = { ...draft, fields: { ...draft.fields }, attributes: { ...draft.attributes }, losses: [...draft.losses] };
  for (const field of ['email', 'phone'] as const) {
    const value = draft[field];
    if (value === null || view[field] !== null || view.attributes[`infoset_${field}`] !== value) continue;
    copy.attributes[`infoset_${field}`] = value;
    copy.fields[field] = `attributes.infoset_${field}`;
    copy.losses.push({ field, code: field === 'email' ? 'EMAIL_REFUSED' : 'PHONE_REFUSED', lossy: true });
  }
  return copy;
}
