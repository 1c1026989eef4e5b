import type { ContactDraft, ConversationDraft, DraftType } from '../../domain/drafts/drafts.js';
import type { NewIssue } from '../../domain/model/issue.js';
import { recordOf, textOf } from '../../domain/model/record-fields.js';
import { attachmentsOf, inlineFiles } from '../../domain/text/attachments.js';
import { textsOf } from '../../domain/text/html/source-text.js';
import { plainText } from '../../domain/text/html-text.js';
import { recordingsOf } from '../../store/call-recordings.js';
import { dropDrafts, staleDrafts } from '../../store/drafts.js';
import { saveLoadStates } from '../../store/load-tables.js';
import { childrenOf, recordsByIds, recordsReferringTo } from '../../store/staged-records.js';
import { storedFiles } from '../../store/stored-files.js';
import { breather } from './breather.js';
import { draftCall } from './call-note.js';
import { draftCompany } from './draft-company.js';
import { addressOf, draftContact } from './draft-contacts.js';
import { type ConversationRules, draftConversation } from './draft-conversation.js';
import type { ReadRecord, TellIssue, TicketRecord } from './ticket-record.js';
import { addDeals, transformDeals } from './transform-deals.js';
import { transformArticles, transformCategories } from './transform-help-centre.js';
import { mappingOf, portions, readRecord, rowOf, save, type Transformation } from './transformation.js';

/** Makes the drafts of a type anew from what is staged; one that comes out the same stays as it is, for whoever loaded it. */
export async function transform(x: Transformation, type: DraftType): Promise<void> {
  if (type === 'COMPANY') await transformCompanies(x);
  else if (type === 'CONTACT') await transformContacts(x);
  else if (type === 'TICKET') await transformTickets(x);
  else if (type === 'DEAL') await transformDeals(x);
  else if (type === 'CATEGORY') await transformCategories(x);
  else if (type === 'ARTICLE') await transformArticles(x);
  else await transformCalls(x);
  await dropStaleDrafts(x, type);
}

const staleAtOnce = 500;

/** Takes away drafts whose records became a part of another's; found before the run's row is locked. */
async function dropStaleDrafts({ work, scope }: Transformation, type: DraftType): Promise<void> {
  for (let after = ''; ; ) {
    const ids = await work.read(tx => staleDrafts(tx, scope, work.lease.runId, type, after, staleAtOnce));
    if (ids.length > 0) await work.write(tx => dropDrafts(tx, scope, type, ids));
    if (ids.length < staleAtOnce) return;
    after = ids.at(-1)!;
  }
}

async function transformCompanies(x: Transformation): Promise<void> {
  for await (const records of portions(x, 'companies')) {
    const drafts = records.map(each => draftCompany(each, mappingOf(x, 'COMPANY'), mappingOf(x, 'TAG'), x.lookups));
    await save(
      x,
      'COMPANY',
      drafts.map(draft => rowOf(draft, 2 + draft.tags.length)),
      [],
    );
  }
}

/** Contacts of one address are drafted together, wherever they stand. */
async function transformContacts(x: Transformation): Promise<void> {
  const mapping = mappingOf(x, 'CONTACT');
  const idsByAddress = new Map<string, string[]>();
  for await (const records of portions(x, 'contacts')) {
    for (const { sourceId, record } of records) {
      const address = addressOf(record, mapping);
      if (!address) continue;
      // Not copied: an address may be of many thousands.
      const ids = idsByAddress.get(address);
      if (ids) ids.push(sourceId);
      else idsByAddress.set(address, [sourceId]);
    }
  }
  for await (const records of portions(x, 'contacts')) {
    const drafts: ContactDraft[] = [];
    for (const each of records) {
      const address = addressOf(each.record, mapping);
      const ids = address === null ? [each.sourceId] : idsByAddress.get(address)!;
      // Once a group: with the first of its records.
      if (ids[0] !== each.sourceId) continue;
      drafts.push(draftContact(await groupOf(x, each, ids), mapping, mappingOf(x, 'TAG'), x.lookups));
    }
    if (x.dealsAs === 'CONTACT_ATTRIBUTES') await addDeals(x, drafts);
    await save(
      x,
      'CONTACT',
      drafts.map(draft => rowOf(draft, 2 + draft.tags.length + draft.companies.length)),
      [],
    );
  }
}

async function groupOf(x: Transformation, first: ReadRecord, ids: readonly string[]): Promise<ReadRecord[]> {
  if (ids.length === 1) return [first];
  const staged = await x.work.read(tx => recordsByIds(tx, x.scope.projectId, 'contacts', ids));
  return staged.map(readRecord);
}

const listings: Record<string, string> = { ATTACHMENT: 'files', TICKET: 'tickets', CALL: 'calls' };

async function transformTickets(x: Transformation): Promise<void> {
  const rules: ConversationRules = {
    mapping: mappingOf(x, 'TICKET'),
    tagMapping: mappingOf(x, 'TAG'),
    callMapping: mappingOf(x, 'CALL'),
    messageMapping: mappingOf(x, 'MESSAGE'),
    lookups: x.lookups,
    hasTeammate: x.hasTeammate,
    breathe: breather(),
    replyHtml: x.replyHtml,
    pendingAs: x.pendingAs,
    historyAs: x.historyAs,
  };
  for await (const tickets of portions(x, 'tickets')) {
    const issues: NewIssue[] = [];
    const tell: TellIssue = issue => issues.push({ ...issue, listing: listings[issue.recordType ?? ''] ?? 'ticketlogs' });
    const drafts: ConversationDraft[] = [];
    for (const ticket of await withMessages(x, tickets)) drafts.push(await draftConversation(ticket, rules, tell));
    await save(
      x,
      'TICKET',
      drafts.map(draft => rowOf(draft, draft.parts.length + 4 + draft.tags.length)),
      issues,
    );
  }
}

async function withMessages(x: Transformation, tickets: readonly ReadRecord[]): Promise<TicketRecord[]> {
  const { projectId } = x.scope;
  const children = await x.work.read(tx =>
    childrenOf(
      tx,
      projectId,
      'ticketlogs',
      tickets.map(each => each.sourceId),
    ),
  );
  const all = children.map(child => ({ ...readRecord(child), parentId: child.parentId }));
  const logs = Map.groupBy(all, ({ parentId }) => parentId!);
  const emailIds = new Set(all.map(({ record }) => textOf(record.emailId)).filter(Boolean));
  const staged = await x.work.read(tx => recordsByIds(tx, projectId, 'emails', [...emailIds]));
  const emails = new Map(staged.map(({ sourceId, raw }) => [sourceId, recordOf(raw)]));
  const records = [...tickets, ...all].map(({ record }) => record).concat([...emails.values()]);
  const fileIds = records.flatMap(record => [
    ...attachmentsOf(record).map(file => file.id),
    ...textsOf(record).flatMap(text => inlineFiles(text, x.lookups.sourceHosts).map(file => file.id)),
  ]);
  const files = await x.work.read(tx => storedFiles(tx, projectId, fileIds));
  const calls = new Map<string, Map<string, ReadRecord>>();
  const ids = tickets.map(each => each.sourceId);
  for (const staged of await x.work.read(tx => recordsReferringTo(tx, projectId, 'calls', 'tickets', ids))) {
    const call = readRecord(staged);
    const ticketId = textOf(call.record.ticketId);
    calls.set(ticketId, (calls.get(ticketId) ?? new Map<string, ReadRecord>()).set(call.sourceId, call));
  }
  const callIds = [...calls.values()].flatMap(each => [...each.keys()]);
  const recordings = await x.work.read(tx => recordingsOf(tx, projectId, callIds));
  const breaches = Map.groupBy(await x.work.read(tx => childrenOf(tx, projectId, 'slabreaches', ids)), each => each.parentId!);
  const merged = (await x.work.read(tx => recordsReferringTo(tx, projectId, 'tickets', 'tickets', ids))).map(
    ({ sourceId, raw }) => ({
      sourceId,
      into: textOf(recordOf(raw).mergedIntoId),
    }),
  );
  return tickets.map(ticket => ({
    ...ticket,
    breaches: (breaches.get(ticket.sourceId) ?? []).map(({ raw }) => recordOf(raw)),
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
  listing: 'calls',
  sourceId,
  about: '',
  message: 'It belongs to no ticket and no known contact: there is no conversation that could hold it.',
  hint: 'It is a row of the recording manifest.',
});

/** Calls that no ticket holds: of a known contact, or told as skipped. */
async function transformCalls(x: Transformation): Promise<void> {
  for await (const records of portions(x, 'calls')) {
    const tickets = new Set(
      (
        await x.work.read(tx =>
          recordsByIds(
            tx,
            x.scope.projectId,
            'tickets',
            records.map(({ record }) => textOf(record.ticketId)),
          ),
        )
      ).map(each => each.sourceId),
    );
    const alone = records.filter(({ record }) => !tickets.has(textOf(record.ticketId)));
    const [known, unknown] = [true, false].map(wanted =>
      alone.filter(({ record }) => x.lookups.contacts.has(textOf(record.contactId)) === wanted),
    );
    const recordings = await x.work.read(tx =>
      recordingsOf(
        tx,
        x.scope.projectId,
        known!.map(each => each.sourceId),
      ),
    );
    const issues: NewIssue[] = [];
    const tell: TellIssue = issue => issues.push({ ...issue, listing: 'calls' });
    const drafts = known!.map(each => draftCall(each, mappingOf(x, 'CALL'), x, recordings.get(each.sourceId), tell));
    if (!x.replyHtml)
      for (const { parts } of drafts) for (const part of parts) Object.assign(part, { html: plainText(part.html), plain: true });
    await save(
      x,
      'CALL',
      drafts.map(draft => rowOf(draft, 4)),
      [...issues, ...unknown!.map(({ sourceId }) => withoutContact(sourceId))],
    );
    const skipped = {
      recordType: 'CALL' as const,
      state: 'SKIPPED' as const,
      destinationId: null,
      digest: null,
      code: 'CALL_WITHOUT_CONTACT',
    };
    await x.work.write(tx =>
      saveLoadStates(
        tx,
        x.scope,
        unknown!.map(({ sourceId }) => ({ ...skipped, sourceId })),
      ),
    );
  }
}
