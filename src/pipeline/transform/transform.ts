import type { ContactDraft, ConversationDraft, DraftType } from '../../domain/drafts/drafts.js';
import { SharedKeys } from '../../domain/duplicates/shared-keys.js';
import { addressOf } from '../../domain/mapping/contact-address.js';
import type { NewIssue } from '../../domain/model/issue.js';
import { recordOf } from '../../domain/model/record-fields.js';
import { detailListings, listingOf } from '../../domain/model/record-types.js';
import { inlineFiles } from '../../domain/text/attachments.js';
import { plainText } from '../../domain/text/html-text.js';
import { attachmentsOf, breachOf, callOf, mergedInto, messageOf, textsOf } from '../../sources/shapes.js';
import { recordingsOf } from '../../store/call-recordings.js';
import { dropDrafts, staleDrafts } from '../../store/drafts.js';
import { loadState, saveLoadStates } from '../../store/load-states.js';
import { childrenOf, recordsByIds, recordsReferringTo } from '../../store/staged-records.js';
import { storedFiles } from '../../store/stored-files.js';
import { draftCall } from './call-note.js';
import { draftCompany } from './draft-company.js';
import { draftContact } from './draft-contacts.js';
import { type ConversationRules, draftConversation } from './draft-conversation.js';
import { eventLoopYielder } from './event-loop-yielder.js';
import { unixSeconds } from './field-values.js';
import type { ReadRecord, ReportIssue, TicketRecord } from './ticket-record.js';
import { addDeals } from './transform-deals.js';
import { batches, mappingOf, orderOf, readRecord, rowOf, save, type Transformation } from './transformation.js';

const staleBatchSize = 500;

/** Deletes drafts whose records became part of others. They are found before the row of the run is locked. */
export async function dropStaleDrafts({ work, scope }: Transformation, type: DraftType): Promise<void> {
  for (let after = ''; ; ) {
    const ids = await work.transaction(tx => staleDrafts(tx, scope, work.lease.runId, type, after, staleBatchSize));
    if (ids.length > 0) await work.fencedTransaction(tx => dropDrafts(tx, scope, type, ids));
    if (ids.length < staleBatchSize) return;
    after = ids.at(-1)!;
  }
}

export async function transformCompanies(context: Transformation): Promise<void> {
  for await (const records of batches(context, listingOf('COMPANY'))) {
    const drafts = records.map(each =>
      draftCompany(each, mappingOf(context, 'COMPANY'), mappingOf(context, 'TAG'), context.lookups),
    );
    await save(
      context,
      'COMPANY',
      drafts.map(draft => rowOf(draft, 2 + draft.tags.length)),
      [],
    );
  }
}

/** Drafts contacts. Those with the same address are drafted together. */
export async function transformContacts(context: Transformation): Promise<void> {
  const mapping = mappingOf(context, 'CONTACT');
  const idsByAddress = new SharedKeys();
  for await (const records of batches(context, listingOf('CONTACT'))) {
    for (const { sourceId, record } of records) {
      const address = addressOf(record, mapping);
      if (address !== null) idsByAddress.add(address, sourceId);
    }
  }
  for await (const records of batches(context, listingOf('CONTACT'))) {
    const drafts: ContactDraft[] = [];
    for (const each of records) {
      const address = addressOf(each.record, mapping);
      const ids = address === null ? [each.sourceId] : idsByAddress.of(address);
      // Each group once: with the first of its records.
      if (ids[0] !== each.sourceId) continue;
      drafts.push(draftContact(await groupOf(context, each, ids), mapping, mappingOf(context, 'TAG'), context.lookups));
    }
    if (context.dealsAs === 'CONTACT_ATTRIBUTES') await addDeals(context, drafts);
    await save(
      context,
      'CONTACT',
      drafts.map(draft => rowOf(draft, 2 + draft.tags.length + draft.companies.length)),
      [],
    );
  }
}

async function groupOf(context: Transformation, first: ReadRecord, ids: readonly string[]): Promise<ReadRecord[]> {
  if (ids.length === 1) return [first];
  const staged = await context.work.transaction(tx => recordsByIds(tx, context.scope.projectId, listingOf('CONTACT'), ids));
  return staged.map(readRecord);
}

export async function transformTickets(context: Transformation): Promise<void> {
  const rules: ConversationRules = {
    mapping: mappingOf(context, 'TICKET'),
    tagMapping: mappingOf(context, 'TAG'),
    callMapping: mappingOf(context, 'CALL'),
    messageMapping: mappingOf(context, 'MESSAGE'),
    lookups: context.lookups,
    hasTeammate: context.hasTeammate,
    yieldToEventLoop: eventLoopYielder(),
    replyHtml: context.replyHtml,
    pendingAs: context.pendingAs,
    historyAs: context.historyAs,
  };
  for await (const tickets of batches(context, listingOf('TICKET'))) {
    const issues: NewIssue[] = [];
    const report: ReportIssue = issue => issues.push({ ...issue, listing: listingOf(issue.recordType ?? 'MESSAGE') });
    const drafts: ConversationDraft[] = [];
    for (const ticket of await withMessages(context, tickets)) drafts.push(await draftConversation(ticket, rules, report));
    await save(
      context,
      'TICKET',
      drafts.map((draft, index) => ({
        ...rowOf(draft, draft.parts.length + 4 + draft.tags.length),
        ...orderOf(context, createdAtOf(context, tickets[index]!), draft.state !== 'closed'),
      })),
      issues,
    );
  }
}

/** Unix seconds, by the clock of the source. */
const createdAtOf = ({ lookups }: Transformation, { record }: ReadRecord) =>
  unixSeconds(record.createdDate ?? record.startedDate, lookups.timeZone);

async function withMessages(context: Transformation, tickets: readonly ReadRecord[]): Promise<TicketRecord[]> {
  const { projectId } = context.scope;
  const children = await context.work.transaction(tx =>
    childrenOf(
      tx,
      projectId,
      listingOf('MESSAGE'),
      tickets.map(each => each.sourceId),
    ),
  );
  const all = children.map(child => ({ ...readRecord(child), parentId: child.parentId }));
  const logs = Map.groupBy(all, ({ parentId }) => parentId!);
  const emailIds = new Set(all.map(({ record }) => messageOf(record).emailId).filter(Boolean));
  const staged = await context.work.transaction(tx => recordsByIds(tx, projectId, detailListings.EMAIL, [...emailIds]));
  const emails = new Map(staged.map(({ sourceId, raw }) => [sourceId, recordOf(raw)]));
  const records = [...tickets, ...all].map(({ record }) => record).concat([...emails.values()]);
  const fileIds = records.flatMap(record => [
    ...attachmentsOf(record).map(file => file.id),
    ...textsOf(record).flatMap(text => inlineFiles(text, context.lookups.sourceHosts).map(file => file.id)),
  ]);
  const files = await context.work.transaction(tx => storedFiles(tx, projectId, fileIds));
  const calls = new Map<string, Map<string, ReadRecord>>();
  const ids = tickets.map(each => each.sourceId);
  for (const staged of await context.work.transaction(tx =>
    recordsReferringTo(tx, projectId, listingOf('CALL'), listingOf('TICKET'), ids),
  )) {
    const call = readRecord(staged);
    const ticketId = callOf(call.record).ticketId ?? '';
    calls.set(ticketId, (calls.get(ticketId) ?? new Map<string, ReadRecord>()).set(call.sourceId, call));
  }
  const callIds = [...calls.values()].flatMap(each => [...each.keys()]);
  const recordings = await context.work.transaction(tx => recordingsOf(tx, projectId, callIds));
  const breaches = Map.groupBy(
    await context.work.transaction(tx => childrenOf(tx, projectId, detailListings.SLA_BREACH, ids)),
    each => each.parentId!,
  );
  const merged = (
    await context.work.transaction(tx => recordsReferringTo(tx, projectId, listingOf('TICKET'), listingOf('TICKET'), ids))
  ).map(({ sourceId, raw }) => ({
    sourceId,
    into: mergedInto(recordOf(raw)),
  }));
  return tickets.map(ticket => ({
    ...ticket,
    breaches: (breaches.get(ticket.sourceId) ?? []).map(({ raw }) => breachOf(recordOf(raw))),
    mergedFrom: merged.filter(({ into }) => into === ticket.sourceId).map(({ sourceId }) => sourceId),
    logs: logs.get(ticket.sourceId) ?? [],
    emails,
    calls: calls.get(ticket.sourceId) ?? new Map(),
    files,
    recordings,
  }));
}

const withoutContact = (sourceId: string): NewIssue => ({
  code: 'CALL_WITHOUT_CONTACT',
  severity: 'INFO',
  recordType: 'CALL',
  listing: listingOf('CALL'),
  sourceId,
  about: '',
  message: 'The call has neither a ticket nor a known contact, so there is no conversation for it.',
  hint: 'The recording manifest lists it.',
});

/** Drafts calls without a ticket. Calls without a known contact are skipped and reported. */
export async function transformCalls(context: Transformation): Promise<void> {
  for await (const records of batches(context, listingOf('CALL'))) {
    const tickets = new Set(
      (
        await context.work.transaction(tx =>
          recordsByIds(
            tx,
            context.scope.projectId,
            listingOf('TICKET'),
            records.map(({ record }) => callOf(record).ticketId ?? ''),
          ),
        )
      ).map(each => each.sourceId),
    );
    const alone = records.filter(({ record }) => !tickets.has(callOf(record).ticketId ?? ''));
    const [known, unknown] = [true, false].map(wanted =>
      alone.filter(({ record }) => context.lookups.contacts.has(callOf(record).contactId ?? '') === wanted),
    );
    const recordings = await context.work.transaction(tx =>
      recordingsOf(
        tx,
        context.scope.projectId,
        known!.map(each => each.sourceId),
      ),
    );
    const issues: NewIssue[] = [];
    const report: ReportIssue = issue => issues.push({ ...issue, listing: listingOf('CALL') });
    const drafts = known!.map(each =>
      draftCall(each, mappingOf(context, 'CALL'), context, recordings.get(each.sourceId), report),
    );
    if (!context.replyHtml)
      for (const { parts } of drafts) for (const part of parts) Object.assign(part, { html: plainText(part.html), plain: true });
    await save(
      context,
      'CALL',
      drafts.map((draft, index) => ({
        ...rowOf(draft, 4),
        ...orderOf(context, createdAtOf(context, known![index]!), false),
      })),
      [...issues, ...unknown!.map(({ sourceId }) => withoutContact(sourceId))],
    );
    await context.work.fencedTransaction(tx =>
      saveLoadStates(
        tx,
        context.scope,
        unknown!.map(({ sourceId }) => loadState('CALL', sourceId, 'SKIPPED', { code: 'CALL_WITHOUT_CONTACT' })),
      ),
    );
  }
}
