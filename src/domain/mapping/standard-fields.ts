import type { AttributeModel } from './attributes.js';
import type { AttributeType, MappedType } from './field-mapping.js';

/** A field that moves. */
export interface MappedField {
  target: string;
  type?: AttributeType;
  why: string;
  /** Names of the codes that the source uses. */
  values?: Record<string, string>;
  required?: true;
}

/** The mapping of a field that the source documents. */
export type StandardField = MappedField | { ignore: string };

const map = (target: string, why: string, more: Pick<MappedField, 'values' | 'required'> = {}): StandardField => ({
  target,
  why,
  ...more,
});
const attribute = (
  model: string,
  name: string,
  type: AttributeType,
  why: string,
  more: Pick<MappedField, 'values'> = {},
): StandardField => ({ target: `${model}.custom_attributes.${name}`, type, why, ...more });
const ignore = (reason: string): StandardField => ({ ignore: reason });

export const ticketStatuses = { '1': 'open', '2': 'pending', '3': 'resolved', '4': 'closed' };
export const ticketPriorities = { '1': 'low', '2': 'normal', '3': 'high', '4': 'urgent' };

const inCrosswalk = 'The crosswalk keeps it; the destination has no field for it.';
const inNote = 'In the note of the call: as text, and as a block of JSON.';
const noTeammates = 'The API cannot create teammates; the runbook lists it.';

const inventory = { id: map('document.inventory', 'The inventory lists it.', { required: true }) };

/** The documented fields of each type, by path. Other fields belong to the account. */
export const standardFields: Record<MappedType, Record<string, StandardField>> = {
  COMPANY: {
    id: map('company.company_id', 'The key of the record, with the account as prefix.', { required: true }),
    name: map('company.name', 'The same field.'),
    website: map('company.website', 'The same field.'),
    sector: map('company.industry', 'The same field with another name.'),
    employeeCount: map('company.size', 'The same field with another name.'),
    createdDate: map('company.remote_created_at', 'When it was created at the source.'),
    updatedDate: attribute('company', 'infoset_company_updated_at', 'datetime', 'Intercom does not let the update time be set.'),
    email: attribute('company', 'company_email', 'string', 'Companies have no field for an e-mail address.'),
    phone: attribute('company', 'company_phone', 'string', 'Companies have no field for a telephone number.'),
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
      'Companies have no hierarchy; another attribute holds the name of the parent.',
    ),
    ownerId: attribute('company', 'infoset_owner_email', 'string', "Companies have no owner; the owner's address is kept."),
    tags: map('company.tags', 'The same field.'),
  },
  CONTACT: {
    id: map('contact.external_id', 'The key of the record, with the account as prefix.', { required: true }),
    fullName: map('contact.name', 'The same field.'),
    firstName: map('contact.name', 'With the last name, if there is no full name.'),
    lastName: map('contact.name', 'With the first name, if there is no full name.'),
    email: map('contact.email', 'The same field; a refused address is kept in infoset_email.'),
    phone: map('contact.phone', 'In E.164; a refused number is kept in infoset_phone.'),
    companyId: map('contact.companies', 'A link to the company.'),
    ownerId: map('contact.owner_id', "The owner's teammate."),
    status: attribute('contact', 'infoset_status', 'string', 'Contacts have no status.'),
    createdDate: map('contact.signed_up_at', 'When it was created at the source.'),
    updatedDate: attribute('contact', 'infoset_updated_at', 'datetime', 'Intercom does not let the update time be set.'),
    tags: map('contact.tags', 'The same field.'),
  },
  TICKET: {
    id: attribute('conversation', 'infoset_ticket_id', 'string', 'The original number.'),
    subject: map('conversation.title', 'The same field with another name.'),
    content: map('conversation_part.body', 'The first message, unless a log contains the same text.'),
    status: attribute(
      'conversation',
      'infoset_status',
      'string',
      'Resolved and closed tickets are closed, all others are open; an attribute keeps the status.',
      {
        values: ticketStatuses,
      },
    ),
    priority: attribute('conversation', 'infoset_priority', 'string', 'Conversations have no priority of this kind.', {
      values: ticketPriorities,
    }),
    channelType: attribute(
      'conversation',
      'channel_source',
      'string',
      'Intercom does not let the channel be set; views filter by this attribute.',
    ),
    contactId: map('conversation.contacts', 'The contact of the conversation.'),
    companyId: map('conversation.company_id', 'The company of the conversation.'),
    ownerIds: map('conversation.admin_assignee_id', 'The first owner who is a teammate; infoset_owners keeps all of them.'),
    teamId: map('conversation.team_assignee_id', 'The team of the same name; infoset_team keeps the name.'),
    pipelineId: attribute('conversation', 'infoset_pipeline', 'string', 'The name of the pipeline.'),
    stageId: attribute('conversation', 'infoset_stage', 'string', 'The name of the stage.'),
    tags: map('conversation.tags', 'The same field.'),
    'csat.score': attribute('conversation', 'infoset_csat_score', 'integer', 'Ratings cannot be written.'),
    'csat.comment': attribute('conversation', 'infoset_csat_comment', 'string', 'Ratings cannot be written.'),
    'csat.createdDate': attribute('conversation', 'infoset_csat_at', 'datetime', 'Ratings cannot be written.'),
    csat: ignore('Empty; the fields of the rating are mapped.'),
    mergedIntoId: attribute('conversation', 'infoset_merged_into', 'string', 'The ticket that it was merged into.'),
    createdDate: map('conversation.created_at', 'The same field.'),
    updatedDate: attribute('conversation', 'infoset_updated_at', 'datetime', 'Intercom does not let the update time be set.'),
    closedDate: attribute('conversation', 'infoset_closed_at', 'datetime', 'Intercom does not let the closing time be set.'),
    logCount: ignore('A count of the source; the messages are counted again.'),
  },
  MESSAGE: {
    id: ignore(inCrosswalk),
    ticketId: map('conversation_part.conversation', 'The conversation that it belongs to.', { required: true }),
    type: map(
      'conversation_part.channel',
      'The first line names it if it differs from the channel of the ticket; notes stay notes.',
    ),
    network: map('conversation_part.channel', 'Named with the channel.'),
    isAgent: map('conversation_part.author', 'Whether a teammate or a contact wrote it.'),
    isBot: map('conversation_part.author', 'The author of messages of bots is the placeholder teammate; the text names the bot.'),
    userId: map('conversation_part.author', 'The teammate who wrote it.'),
    contactId: map('conversation_part.author', 'The contact who wrote it.'),
    isInternal: map('conversation_part.message_type', 'Internal messages become notes.'),
    content: map('conversation_part.body', 'The text.'),
    emailId: map('conversation_part.body', 'The whole text of the mail instead of its preview.'),
    attachments: map('conversation_part.attachments', 'The files of the message.'),
    createdDate: map('conversation_part.created_at', 'The same field.'),
    event: map('conversation_part.body', 'In the note with the system log.'),
    fromUserId: map('conversation_part.body', 'In the note with the system log.'),
    toUserId: map('conversation_part.body', 'In the note with the system log.'),
    callId: map('conversation_part.body', 'The facts of the call, in the same note.'),
    'email.id': ignore(inCrosswalk),
    'email.subject': map('conversation_part.body', 'In the lines before the text, if it is not the title of the conversation.'),
    'email.htmlBody': map('conversation_part.body', 'The text of the mail.'),
    'email.textBody': map('conversation_part.body', 'The text of the mail, if it has no HTML.'),
    'email.attachments': map('conversation_part.attachments', 'The files of the mail.'),
    ...Object.fromEntries(
      ['email.from', 'email.from.address', 'email.from.name', 'email.to', 'email.cc'].map(name => [
        name,
        map('conversation_part.body', 'In the lines before the text: parts have no headers.'),
      ]),
    ),
    'email.bcc': ignore('Parts have no recipients, and these are confidential.'),
    'email.messageId': ignore('A technical header; e-mail headers cannot be imported.'),
    'email.inReplyTo': ignore('A technical header; e-mail headers cannot be imported.'),
    'email.createdDate': ignore('The time of the part is the time of its log.'),
  },
  CALL: {
    id: map('conversation_part.body', inNote, { required: true }),
    ticketId: map(
      'conversation_part.conversation',
      'The conversation of its ticket; a call without a ticket becomes a conversation of its contact.',
    ),
    contactId: map('conversation_part.conversation', 'The contact of the conversation, if there is no ticket.'),
    userId: map('conversation_part.author', 'The teammate of the call.'),
    startedDate: map('conversation_part.created_at', 'When the call began.'),
    createdDate: map('conversation_part.created_at', 'The time of the call, if startedDate is empty.'),
    ...Object.fromEntries(
      'direction fromNumber toNumber queueName ivrPath disposition answeredDate endedDate durationSeconds hasRecording updatedDate'
        .split(' ')
        .map(name => [name, map('conversation_part.body', inNote)]),
    ),
  },
  DEAL: {
    id: attribute('deal', 'infoset_id', 'string', 'The original id; the key contains it too, with the account as prefix.'),
    name: attribute('deal', 'name', 'string', 'The same field.'),
    value: attribute('deal', 'value', 'decimal', 'The same field.'),
    currency: attribute('deal', 'currency', 'string', 'The same field.'),
    contactId: map('deal.contact', 'A reference from the contact, in its attribute deal.'),
    companyId: attribute(
      'deal',
      'company',
      'string',
      'The name of the company: the API does not link custom objects to companies.',
    ),
    pipelineId: attribute('deal', 'pipeline', 'string', 'The name of the pipeline.'),
    stageId: attribute('deal', 'stage', 'string', 'The name of the stage.'),
    status: attribute('deal', 'status', 'string', 'The same value.'),
    ownerIds: attribute('deal', 'owner', 'string', 'Addresses of the owners.'),
    closeDate: attribute('deal', 'close_date', 'date', 'The same field.'),
    notes: attribute('deal', 'notes', 'string', 'The same field.'),
    createdDate: map('deal.external_created_at', 'When it was created at the source.'),
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
    name: map('collection.name', 'The same field.', { required: true }),
    description: map('collection.description', 'The same field.'),
    translations: map('collection.translated_content', 'For each language that the help center has enabled.'),
    order: ignore('Collections are created in this order; their position cannot be set.'),
  },
  ARTICLE: {
    id: ignore(inCrosswalk),
    categoryId: map('article.parent_id', 'The collection of its category.'),
    authorId: map('article.author_id', "The author's teammate."),
    status: map('article.state', 'Published or draft.'),
    isInternal: map('article.kind', 'Internal articles become internal articles.'),
    language: map('article.locale', 'The language of the main text.'),
    title: map('article.title', 'The same field.', { required: true }),
    html: map('article.body', 'The text; images are hosted by Intercom, and links lead to the new articles.'),
    translations: map('article.translated_content', 'For each language that the help center has enabled.'),
    slug: ignore('The destination creates addresses; the list of articles contains the old and the new one.'),
    url: ignore('The destination creates addresses; the list of articles contains the old and the new one.'),
    order: ignore('Articles are created in this order; their position cannot be set.'),
    createdDate: ignore('It cannot be set; the list of articles among the documents contains it.'),
    updatedDate: ignore('It cannot be set; the list of articles among the documents contains it.'),
  },
  AGENT: {
    id: ignore(inCrosswalk),
    email: map('teammate.email', 'Teammates are matched by it.', { required: true }),
    fullName: ignore('The teammate already has a name; the text names agents without a teammate.'),
    firstName: ignore('The teammate already has a name.'),
    lastName: ignore('The teammate already has a name.'),
    role: ignore(noTeammates),
    status: ignore(noTeammates),
    teamIds: ignore(noTeammates),
  },
  TEAM: { id: ignore(inCrosswalk), name: map('team.name', 'Teams are matched by it.', { required: true }) },
  MAIL_ACCOUNT: inventory,
  CHAT_WIDGET: inventory,
  AUTOMATION: inventory,
  REPORT: inventory,
  TAG: { name: map('tag.name', 'Tags are found or created by name; case does not count.', { required: true }) },
};

/** Types whose inventory contains every field. */
export const inventoryTypes: ReadonlySet<MappedType> = new Set(['MAIL_ACCOUNT', 'CHAT_WIDGET', 'AUTOMATION', 'REPORT']);

/** Targets for fields of a type, besides attributes. */
export function targetsOf(type: MappedType): string[] {
  const fields = Object.values(standardFields[type]);
  return [
    ...new Set(
      fields.flatMap(field => ('target' in field && !field.target.includes('.custom_attributes.') ? [field.target] : [])),
    ),
  ];
}

/** Targets without which the destination refuses a record, or people cannot tell it from others. */
export const requiredTargets: ReadonlySet<string> = new Set(['company.name', 'collection.name', 'article.title']);

/** Targets, besides attributes, that can have a default. The others identify a record, or refer to one. */
export const targetsWithDefault: ReadonlySet<string> = new Set([
  ...requiredTargets,
  'company.website',
  'company.industry',
  'company.size',
  'contact.name',
  'conversation.title',
]);

/** Targets that several fields are combined into. */
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

/** The model of the attributes of a type; null if it has none. */
export function modelOf(type: MappedType): AttributeModel | null {
  const models: Partial<Record<MappedType, AttributeModel>> = {
    COMPANY: 'company',
    CONTACT: 'contact',
    TICKET: 'conversation',
    DEAL: 'deal',
  };
  return models[type] ?? null;
}
