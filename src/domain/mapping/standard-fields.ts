import type { AttributeModel } from './attributes.js';
import type { AttributeType, MappedType } from './field-mapping.js';

/** What is decided about a field that the source documents. */
export type StandardField =
  | { target: string; type?: AttributeType; why: string; values?: Record<string, string>; required?: true }
  | { ignore: string };

const map = (target: string, why: string, more: { values?: Record<string, string>; required?: true } = {}): StandardField => ({
  target,
  why,
  ...more,
});
const attribute = (
  model: string,
  name: string,
  type: AttributeType,
  why: string,
  more: { values?: Record<string, string> } = {},
): StandardField => ({ target: `${model}.custom_attributes.${name}`, type, why, ...more });
const ignore = (reason: string): StandardField => ({ ignore: reason });

export const ticketStatuses = { '1': 'open', '2': 'pending', '3': 'resolved', '4': 'closed' };
export const ticketPriorities = { '1': 'low', '2': 'normal', '3': 'high', '4': 'urgent' };

const inCrosswalk = 'The crosswalk keeps it; the destination has no field for it here.';
const inNote = 'In the note of the call: readable, and as a block that a program reads back.';
const noTeammates = 'Teammates cannot be made by API; it is listed for manual rebuild.';

const inventory = { id: map('document.inventory', 'Its inventory names it.', { required: true }) };

/** The documented fields of each type, by path. What is not here is a field of the account's own. */
export const standardFields: Record<MappedType, Record<string, StandardField>> = {
  COMPANY: {
    id: map('company.company_id', 'The key by which it is found again, with the account before it.', { required: true }),
    name: map('company.name', 'The same thing.'),
    website: map('company.website', 'The same thing.'),
    sector: map('company.industry', 'The same thing by another name.'),
    employeeCount: map('company.size', 'The same thing by another name.'),
    createdDate: map('company.remote_created_at', 'When it was made at the source.'),
    updatedDate: attribute('company', 'infoset_company_updated_at', 'datetime', 'A time of change cannot be set natively.'),
    email: attribute('company', 'company_email', 'string', 'Companies have no e-mail address of their own.'),
    phone: attribute('company', 'company_phone', 'string', 'Companies have no telephone number of their own.'),
    address: attribute('company', 'company_address', 'string', 'An address in one line.'),
    'address.street': attribute('company', 'company_street', 'string', 'A part of the address.'),
    'address.city': attribute('company', 'company_city', 'string', 'A part of the address.'),
    'address.state': attribute('company', 'company_state', 'string', 'A part of the address.'),
    'address.postalCode': attribute('company', 'company_postal_code', 'string', 'A part of the address.'),
    'address.country': attribute('company', 'company_country', 'string', 'A part of the address.'),
    parentCompanyId: attribute(
      'company',
      'infoset_parent_company_id',
      'string',
      'There is no hierarchy; the name of the parent stands beside it.',
    ),
    ownerId: attribute('company', 'infoset_owner_email', 'string', "Companies have no owner; the owner's address is kept."),
    tags: map('company.tags', 'The same thing.'),
  },
  CONTACT: {
    id: map('contact.external_id', 'The key by which it is found again, with the account before it.', { required: true }),
    fullName: map('contact.name', 'The same thing.'),
    firstName: map('contact.name', 'With the last name, where there is no full one.'),
    lastName: map('contact.name', 'With the first name, where there is no full one.'),
    email: map('contact.email', 'The same thing; what is refused is kept in infoset_email.'),
    phone: map('contact.phone', 'In E.164; what is refused is kept whole in infoset_phone.'),
    companyId: map('contact.companies', 'A link to the company.'),
    ownerId: map('contact.owner_id', "The owner's teammate."),
    status: attribute('contact', 'infoset_status', 'string', 'Contacts have no status.'),
    createdDate: map('contact.signed_up_at', 'When it was made at the source.'),
    updatedDate: attribute('contact', 'infoset_updated_at', 'datetime', 'A time of change cannot be set natively.'),
    tags: map('contact.tags', 'The same thing.'),
  },
  TICKET: {
    id: attribute('conversation', 'infoset_ticket_id', 'string', 'The original number.'),
    subject: map('conversation.title', 'The same thing by another name.'),
    content: map('conversation_part.body', 'The first message, unless a log holds the same text.'),
    status: attribute(
      'conversation',
      'infoset_status',
      'string',
      'Resolved and closed are closed, the rest stays open; the status itself is kept.',
      {
        values: ticketStatuses,
      },
    ),
    priority: attribute('conversation', 'infoset_priority', 'string', 'Conversations have no such priority.', {
      values: ticketPriorities,
    }),
    channelType: attribute(
      'conversation',
      'channel_source',
      'string',
      'The channel cannot be set natively; views filter by this.',
    ),
    contactId: map('conversation.contacts', 'Who it is with.'),
    companyId: map('conversation.company_id', 'The company that it is about.'),
    ownerIds: map('conversation.admin_assignee_id', 'The first owner who is a teammate; all of them are kept in infoset_owners.'),
    teamId: map('conversation.team_assignee_id', 'By the name of the team; one without a counterpart is kept in infoset_team.'),
    pipelineId: attribute('conversation', 'infoset_pipeline', 'string', 'The name of the pipeline.'),
    stageId: attribute('conversation', 'infoset_stage', 'string', 'The name of the stage.'),
    tags: map('conversation.tags', 'The same thing.'),
    'csat.score': attribute('conversation', 'infoset_csat_score', 'integer', 'Ratings cannot be written.'),
    'csat.comment': attribute('conversation', 'infoset_csat_comment', 'string', 'Ratings cannot be written.'),
    'csat.createdDate': attribute('conversation', 'infoset_csat_at', 'datetime', 'Ratings cannot be written.'),
    csat: ignore('Empty; a rating comes with its parts.'),
    mergedIntoId: attribute('conversation', 'infoset_merged_into', 'string', 'The ticket that it was merged into.'),
    createdDate: map('conversation.created_at', 'The same thing.'),
    updatedDate: attribute('conversation', 'infoset_updated_at', 'datetime', 'A time of change cannot be set natively.'),
    closedDate: attribute('conversation', 'infoset_closed_at', 'datetime', 'The time of closing cannot be set natively.'),
    logCount: ignore('A number that the source counts; the messages themselves are counted again.'),
  },
  MESSAGE: {
    id: ignore(inCrosswalk),
    ticketId: map('conversation_part.conversation', 'The conversation that it belongs to.', { required: true }),
    type: map(
      'conversation_part.channel',
      'Named in the first line where it differs from the channel of the ticket; notes stay notes.',
    ),
    network: map('conversation_part.channel', 'Named with the channel.'),
    isAgent: map('conversation_part.author', 'Whether a teammate or a contact wrote it.'),
    isBot: map('conversation_part.author', 'Bots are credited to the placeholder teammate, named in the text.'),
    userId: map('conversation_part.author', 'The teammate who wrote it.'),
    contactId: map('conversation_part.author', 'The contact who wrote it.'),
    isInternal: map('conversation_part.message_type', 'What is internal becomes a note.'),
    content: map('conversation_part.body', 'The text.'),
    emailId: map('conversation_part.body', 'The whole text of the mail instead of its preview.'),
    attachments: map('conversation_part.attachments', 'The files of the message.'),
    createdDate: map('conversation_part.created_at', 'The same thing.'),
    event: map('conversation_part.body', 'In the compact note of what the system wrote.'),
    fromUserId: map('conversation_part.body', 'In the compact note of what the system wrote.'),
    toUserId: map('conversation_part.body', 'In the compact note of what the system wrote.'),
    callId: map('conversation_part.body', 'The facts of the call, in the same note.'),
    'email.id': ignore(inCrosswalk),
    'email.subject': map(
      'conversation_part.body',
      'In the lines before the text, where it is not the title of the conversation.',
    ),
    'email.htmlBody': map('conversation_part.body', 'The text of the mail.'),
    'email.textBody': map('conversation_part.body', 'The text of the mail where it has no HTML.'),
    'email.attachments': map('conversation_part.attachments', 'The files of the mail.'),
    ...Object.fromEntries(
      ['email.from', 'email.from.address', 'email.from.name', 'email.to', 'email.cc'].map(name => [
        name,
        map('conversation_part.body', 'Parts have no headers: in the lines before the text.'),
      ]),
    ),
    'email.bcc': ignore('Parts have no recipients, and these were not for everyone to see.'),
    'email.messageId': ignore('A technical header; e-mail headers cannot be imported.'),
    'email.inReplyTo': ignore('A technical header; e-mail headers cannot be imported.'),
    'email.createdDate': ignore('The time of the part is the time of its log.'),
  },
  CALL: {
    id: map('conversation_part.body', inNote, { required: true }),
    ticketId: map(
      'conversation_part.conversation',
      'The conversation of its ticket; a call without one becomes a conversation of its contact.',
    ),
    contactId: map('conversation_part.conversation', 'Whose conversation it is where there is no ticket.'),
    userId: map('conversation_part.author', 'The teammate who took or made the call.'),
    startedDate: map('conversation_part.created_at', 'When the call began.'),
    createdDate: map('conversation_part.created_at', 'Where nothing says when the call began.'),
    ...Object.fromEntries(
      'direction fromNumber toNumber queueName ivrPath disposition answeredDate endedDate durationSeconds hasRecording updatedDate'
        .split(' ')
        .map(name => [name, map('conversation_part.body', inNote)]),
    ),
  },
  DEAL: {
    id: attribute('deal', 'infoset_id', 'string', 'The original id; the key holds it too, with the account before it.'),
    name: attribute('deal', 'name', 'string', 'The same thing.'),
    value: attribute('deal', 'value', 'decimal', 'The same thing.'),
    currency: attribute('deal', 'currency', 'string', 'The same thing.'),
    contactId: map('deal.contact', 'A reference from the contact: its attribute deal.'),
    companyId: attribute('deal', 'company', 'string', 'By name: custom objects are not linked to companies by the API.'),
    pipelineId: attribute('deal', 'pipeline', 'string', 'The name of the pipeline: it keeps several apart.'),
    stageId: attribute('deal', 'stage', 'string', 'The name of the stage.'),
    status: attribute('deal', 'status', 'string', 'As the source has it.'),
    ownerIds: attribute('deal', 'owner', 'string', 'Addresses of the owners.'),
    closeDate: attribute('deal', 'close_date', 'date', 'The same thing.'),
    notes: attribute('deal', 'notes', 'string', 'The same thing.'),
    createdDate: map('deal.external_created_at', 'When it was made at the source.'),
    updatedDate: map('deal.external_updated_at', 'When it was changed at the source.'),
    customFields: attribute(
      'deal',
      'infoset_custom_fields',
      'string',
      'Custom fields that cannot be read are kept as their text.',
    ),
  },
  CATEGORY: {
    id: ignore(inCrosswalk),
    parentId: map('collection.parent_id', 'The same tree, to three levels.'),
    name: map('collection.name', 'The same thing.', { required: true }),
    description: map('collection.description', 'The same thing.'),
    translations: map('collection.translated_content', 'For each language that the help centre has.'),
    order: ignore('Collections are made in this order; a place cannot be set.'),
  },
  ARTICLE: {
    id: ignore(inCrosswalk),
    categoryId: map('article.parent_id', 'The collection of its category.'),
    authorId: map('article.author_id', "The author's teammate."),
    status: map('article.state', 'Published or draft.'),
    isInternal: map('article.kind', 'Internal articles become internal articles.'),
    language: map('article.locale', 'The language that its own text is in.'),
    title: map('article.title', 'The same thing.', { required: true }),
    html: map('article.body', 'The text, with its images hosted anew and its links led to the new articles.'),
    translations: map('article.translated_content', 'For each language that the help centre has.'),
    slug: ignore('Addresses are made by the destination; the list of articles holds the old one beside the new one.'),
    url: ignore('Addresses are made by the destination; the list of articles holds the old one beside the new one.'),
    order: ignore('Articles are made in this order; a place cannot be set.'),
    createdDate: ignore('Can not be set; the list of articles among the documents keeps it.'),
    updatedDate: ignore('Can not be set; the list of articles among the documents keeps it.'),
  },
  AGENT: {
    id: ignore(inCrosswalk),
    email: map('teammate.email', 'Teammates are matched by it.', { required: true }),
    fullName: ignore('The teammate has a name already; a placeholder names the agent in the text.'),
    firstName: ignore('The teammate has a name already.'),
    lastName: ignore('The teammate has a name already.'),
    role: ignore(noTeammates),
    status: ignore(noTeammates),
    teamIds: ignore(noTeammates),
  },
  TEAM: { id: ignore(inCrosswalk), name: map('team.name', 'Teams are matched by it.', { required: true }) },
  MAIL_ACCOUNT: inventory,
  CHAT_WIDGET: inventory,
  AUTOMATION: inventory,
  REPORT: inventory,
  TAG: { name: map('tag.name', 'Found or created by it; case makes no difference.', { required: true }) },
};

/** Types of which every field is written down in an inventory. */
export const inventoryTypes: ReadonlySet<MappedType> = new Set(['MAIL_ACCOUNT', 'CHAT_WIDGET', 'AUTOMATION', 'REPORT']);

/** Where fields of a type may go, besides attributes. */
export function targetsOf(type: MappedType): string[] {
  const fields = Object.values(standardFields[type]);
  return [
    ...new Set(
      fields.flatMap(field => ('target' in field && !field.target.includes('.custom_attributes.') ? [field.target] : [])),
    ),
  ];
}

/** Targets that several fields make up together. */
export const sharedTargets: ReadonlySet<string> = new Set([
  'contact.name',
  'document.inventory',
  'conversation_part.conversation',
  'conversation_part.created_at',
  'conversation_part.channel',
  'conversation_part.author',
  'conversation_part.body',
  'conversation_part.attachments',
]);

/** What the attributes of a type belong to; null where it has none. */
export function modelOf(type: MappedType): AttributeModel | null {
  const models: Partial<Record<MappedType, AttributeModel>> = {
    COMPANY: 'company',
    CONTACT: 'contact',
    TICKET: 'conversation',
    DEAL: 'deal',
  };
  return models[type] ?? null;
}
