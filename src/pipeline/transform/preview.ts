import type { CompanyDraft, ContactDraft, ConversationDraft, DealDraft } from '../../domain/drafts/drafts.js';
import { sentFields } from '../../domain/mapping/deal-type.js';
import type { FieldMapping } from '../../domain/mapping/field-mapping.js';
import type { PreviewedRecord, PreviewedType } from '../../domain/mapping/preview.js';
import { dealsAs } from '../../domain/model/deals.js';
import { keyOf } from '../../domain/model/destination-key.js';
import { plainText } from '../../domain/text/html-text.js';
import type { Lookups } from '../../store/lookups.js';
import type { PreviewSource } from '../../store/preview-source.js';
import { draftCompany } from './draft-company.js';
import { draftContact } from './draft-contacts.js';
import { draftConversation } from './draft-conversation.js';
import { eventLoopYielder } from './event-loop-yielder.js';
import type { TypeMapping } from './field-values.js';
import { previewLines, type Written } from './preview-lines.js';
import type { ReadRecord } from './ticket-record.js';
import { draftDeal } from './transform-deals.js';
import { mappingByType, readRecord } from './transformation.js';

const none: TypeMapping = new Map();

/** Drafts records as a version of the mapping would. Nothing is stored. */
export async function previewRecords(
  type: PreviewedType,
  fields: readonly FieldMapping[],
  { records, lookups, options, dealTexts }: PreviewSource,
): Promise<PreviewedRecord[]> {
  const types = mappingByType(sentFields(fields, dealTexts));
  const [mapping, tags] = [types.get(type) ?? none, types.get('TAG') ?? none];
  const yieldToEventLoop = eventLoopYielder();
  const writtenAs = async (read: ReadRecord): Promise<Written> => {
    if (type === 'COMPANY') return company(draftCompany(read, mapping, tags, lookups));
    if (type === 'CONTACT') return contact(draftContact([read], mapping, tags, lookups), lookups);
    if (type === 'DEAL') return deal(draftDeal(read, mapping, lookups), lookups, dealsAs(options));
    const rules = {
      mapping,
      tagMapping: tags,
      callMapping: none,
      messageMapping: none,
      lookups,
      hasTeammate: () => true,
      yieldToEventLoop,
      replyHtml: options.replyHtml !== false,
      pendingAs: options.pendingAs === 'SNOOZED' ? 'SNOOZED' : 'OPEN',
      historyAs: 'NOTE',
    } as const;
    return conversation(await draftConversation({ ...read, ...withoutMessages }, rules, () => {}), lookups);
  };
  const previewed: PreviewedRecord[] = [];
  for (const staged of records) {
    await yieldToEventLoop();
    const read = readRecord(staged);
    previewed.push({
      recordType: type,
      sourceId: read.sourceId,
      ...previewLines(read.record, mapping, await writtenAs(read)),
    });
  }
  return previewed;
}

/** Messages are not fields of the ticket: a preview does not read them. */
const withoutMessages = {
  logs: [],
  emails: new Map(),
  calls: new Map(),
  files: new Map(),
  recordings: new Map(),
  breaches: [],
  mergedFrom: [],
};

function company(draft: CompanyDraft): Written {
  const { key, name, website, industry, size, remoteCreatedAt, tags, note } = draft;
  const values = { company_id: key, name, website, industry, size, remote_created_at: remoteCreatedAt, tags };
  return { model: 'company', draft, values, added: { parentCompanyId: ['infoset_parent_company_name'] }, note };
}

function contact(draft: ContactDraft, lookups: Lookups): Written {
  const { key, name, email, phone, signedUpAt, ownerAgent, tags, note } = draft;
  const values = {
    external_id: key,
    name,
    email,
    phone,
    signed_up_at: signedUpAt,
    owner_id: ownerAgent && personNamed(ownerAgent, lookups),
    companies: draft.companies.map(id => lookups.companies.get(id) ?? id),
    tags,
  };
  return { model: 'contact', draft, values, added: {}, note };
}

function deal(draft: DealDraft, lookups: Lookups, as: ReturnType<typeof dealsAs>): Written {
  if (as === 'CONTACT_ATTRIBUTES') {
    const fields = { name: 'attributes.infoset_deals' };
    const attributes = { infoset_deals: draft.summary };
    return { model: 'contact', draft: { ...draft, fields, attributes }, values: {}, added: {}, note: null };
  }
  const values = {
    contact: draft.contact && keyOf(lookups.account, draft.contact),
    external_created_at: draft.externalCreatedAt,
    external_updated_at: draft.externalUpdatedAt,
  };
  return { model: 'deal', draft, values, added: {}, note: draft.note };
}

function conversation(draft: ConversationDraft, lookups: Lookups): Written {
  const { title, opening, parts, team, tags, assigneeAgents, state } = draft;
  const note = parts.find(part => part.type === 'note');
  const values = {
    title,
    body: opening.part ? opening.body : (parts.find(part => part.type === 'comment')?.html ?? null),
    contacts: draft.contact && keyOf(lookups.account, draft.contact),
    company_id: draft.company && keyOf(lookups.account, draft.company),
    admin_assignee_id: assigneeAgents[0] ? personNamed(assigneeAgents[0], lookups) : null,
    team_assignee_id: team,
    created_at: opening.createdAt,
    tags,
    state,
  };
  const added = {
    createdDate: ['infoset_created_at'],
    ownerIds: ['infoset_owners'],
    teamId: ['infoset_team'],
  };
  return { model: 'conversation', draft, values, added, derived: { status: 'state' }, note: note ? plainText(note.html) : null };
}

/** Ids of teammates are those of the workspace: people know the address. */
const personNamed = (id: string, { users }: Lookups) => users.get(id)?.email ?? users.get(id)?.name ?? id;
