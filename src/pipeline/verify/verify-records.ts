import type { CompanyDraft, ContactDraft, DealDraft, Drafts } from '../../domain/drafts/drafts.js';
import { dealReference, dealType } from '../../domain/model/deals.js';
import { mapConcurrently } from '../../domain/model/map-concurrently.js';
import type { Destination } from '../../domain/ports/destination.js';
import { acceptedContact, contactKey } from '../../domain/verify/compare-contact.js';
import { comparisons } from '../../domain/verify/comparisons.js';
import { gone, type Verification, type VerifiedRecord } from '../../domain/verify/verification.js';
import { destinationsOf } from '../../store/crosswalk.js';
import { type UnverifiedDraft, unverifiedDrafts } from '../../store/drafts.js';
import type { LoadScope } from '../../store/load-scope.js';
import { countInPhase } from '../../store/run-phases.js';
import type { RunWork } from '../../store/run-work.js';
import type { Tx } from '../../store/transaction.js';
import { saveOutcome } from './outcome.js';

export interface Verifying {
  work: RunWork;
  scope: LoadScope;
  destination: Destination;
  /** What a VERIFICATION reads back. Absent: what was not read back yet, or differed. */
  readsBack?: (tx: Tx, type: ReadType, after: string, limit: number) => Promise<UnverifiedDraft[]>;
  refs: { teammateOf(agentId: string): string; tagId(name: string): string };
}

/** How each type is read back and compared. */
const readers: { [T in 'COMPANY' | 'CONTACT' | 'DEAL']: Reader<Drafts[T]> } = {
  COMPANY: verifyCompany,
  CONTACT: verifyContact,
  DEAL: verifyDeal,
};
type Reader<Draft> = (
  context: Verifying,
  draft: Draft,
  of: Pick<UnverifiedDraft, 'destinationId' | 'linkedTo'>,
) => Promise<Verification>;
export type ReadType = keyof typeof readers;

const batchSize = 100;
const concurrentCalls = 24;

/** Reads back each record that was loaded and not verified since, or that differed, and compares every field. */
export async function verifyRecords(context: Verifying, type: ReadType, phase: string): Promise<void> {
  for (let after = ''; ; ) {
    const batch = await context.work.transaction(tx =>
      context.readsBack
        ? context.readsBack(tx, type, after, batchSize)
        : unverifiedDrafts(tx, context.scope, type, after, batchSize),
    );
    if (batch.length === 0) return;
    const before = context.destination.calls;
    const verified = await mapConcurrently(concurrentCalls, batch, each => {
      context.work.checkHalt();
      return verifyOne(context, type, each);
    });
    await context.work.fencedTransaction(async tx => {
      await saveOutcome(tx, context, verified);
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

async function verifyOne<T extends ReadType>(context: Verifying, type: T, of: UnverifiedDraft): Promise<VerifiedRecord> {
  const draft = JSON.parse(of.body) as Drafts[T];
  const { sourceId, destinationId } = of;
  const merged = 'merged' in draft ? draft.merged : [];
  const verification = await (readers[type] as Reader<Drafts[T]>)(context, draft, of);
  const covers = [{ recordType: type, sourceIds: [sourceId, ...merged] }];
  return { recordType: type, sourceId, destinationId, ...verification, covers };
}

async function verifyCompany(
  { destination }: Verifying,
  draft: CompanyDraft,
  { destinationId }: Pick<UnverifiedDraft, 'destinationId'>,
): Promise<Verification> {
  const view = await destination.company(destinationId);
  return view ? comparisons.COMPANY(draft, view) : gone;
}

async function verifyDeal(
  context: Verifying,
  draft: DealDraft,
  { destinationId: id, linkedTo }: Pick<UnverifiedDraft, 'destinationId' | 'linkedTo'>,
): Promise<Verification> {
  const view = await context.destination.object(dealType, id);
  if (!view) return gone;
  const refersToIt = async (contactId: string | null) =>
    contactId !== null && ((await context.destination.contact(contactId))?.references[dealReference]?.includes(id) ?? false);
  const wanted = [draft.contact ?? []].flat();
  const contacts = await context.work.transaction(tx => destinationsOf(tx, context.scope, 'CONTACT', 'CONTACT', wanted));
  const contactId = contacts.get(wanted[0] ?? '') ?? null;
  const former = linkedTo !== contactId && (await refersToIt(linkedTo)) ? linkedTo : null;
  return comparisons.DEAL(draft, { isLinked: await refersToIt(contactId), former }, view);
}

/** @returns `gone` if it was deleted */
export async function verifyContact(
  context: Verifying,
  draft: ContactDraft,
  { destinationId }: Pick<UnverifiedDraft, 'destinationId'>,
): Promise<Verification> {
  const view = await context.destination.contact(destinationId);
  if (!view) return gone;
  const companies = await context.work.transaction(tx =>
    destinationsOf(tx, context.scope, 'COMPANY', 'COMPANY', draft.companies),
  );
  const refs = {
    key: contactKey(draft, view),
    ownerId: draft.ownerAgent === null ? null : context.refs.teammateOf(draft.ownerAgent),
    companies: [...companies.values()],
    tags: draft.tags.map(tag => context.refs.tagId(tag)),
  };
  return comparisons.CONTACT(acceptedContact(draft, view), refs, view);
}
