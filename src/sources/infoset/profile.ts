import type { RecordType } from '../../domain/model/record-type.js';

/** One resource of the API. */
export interface ResourceProfile {
  path: string;
  recordType: RecordType | null;
  shape: 'SINGLE' | 'PAGES' | 'CHILDREN' | 'DETAILS';
  of?: string;
  observed?: boolean;
  /** Path of one record, with {id}. */
  pathById?: string;
  /** Fixed parameters. */
  parameters?: Record<string, string>;
  /** Whether `null` is an empty page, which the listing answers for a record without children. */
  nullIsNone?: boolean;
  /** CHILDREN: the parameter for the parent's id, and the field of a record that holds it. */
  parentParameter?: string;
  parentField?: string;
  /** A date to sort by, so that changes during the extraction shift pages as little as possible. */
  sortBy?: string;
  since?: boolean;
  /** Fields with dates, beside the creation and the last change. */
  dates?: string[];
  /** Fields that refer to records, with the listing of those records. */
  references?: Record<string, string>;
}

/** The parts of the API that an operator may have to change for one account, without a change of the code. */
export interface InfosetProfile {
  pageSize: number;
  /** Path of the recording of a call, with {id}. */
  recordingPath: string;
  /** Format of a parameter with several values. */
  arrayStyle: { [parameter: string]: 'repeat' | 'comma' };
  parameters: {
    page: string;
    pageSize: string;
    withTotal: string;
    sortBy: string;
    sortDirection: string;
    since: string;
  };
  fields: {
    id: string;
    createdAt: string;
    updatedAt: string;
    customFields: string;
    channel: string;
    tags: string;
  };
  resources: Record<string, ResourceProfile>;
}

const people = { ownerId: 'users' };

/** `infoset-v1`: the observed and the assumed parts of the API. Tickets come first, because their chats may expire. */
export const infosetV1: InfosetProfile = {
  pageSize: 100,
  recordingPath: '/v1/calls/{id}/recording',
  arrayStyle: { Status: 'repeat', OwnerIds: 'comma' },
  parameters: {
    page: 'Page',
    pageSize: 'ItemsPerPage',
    withTotal: 'ReturnTotalItems',
    sortBy: 'sortCol',
    sortDirection: 'sortDir',
    since: 'FromUpdatedDate',
  },
  fields: {
    id: 'id',
    createdAt: 'createdDate',
    updatedAt: 'updatedDate',
    customFields: 'customFields',
    channel: 'channelType',
    tags: 'tags',
  },
  resources: {
    account: { path: '/v1/account', recordType: null, shape: 'SINGLE' },
    tickets: {
      path: '/v1/tickets',
      pathById: '/v1/tickets/{id}',
      recordType: 'TICKET',
      shape: 'PAGES',
      observed: true,
      sortBy: 'updatedDate',
      since: true,
      references: { contactId: 'contacts', companyId: 'companies', ownerIds: 'users', teamId: 'teams', mergedIntoId: 'tickets' },
    },
    companies: {
      path: '/v1/companies',
      pathById: '/v1/companies/{id}',
      recordType: 'COMPANY',
      shape: 'PAGES',
      sortBy: 'updatedDate',
      since: true,
      references: { ...people, parentCompanyId: 'companies' },
    },
    contacts: {
      path: '/v1/contacts',
      pathById: '/v1/contacts/{id}',
      recordType: 'CONTACT',
      shape: 'PAGES',
      observed: true,
      sortBy: 'updatedDate',
      since: true,
      references: { ...people, companyId: 'companies' },
    },
    ticketlogs: {
      path: '/v1/tickets/logs',
      recordType: 'MESSAGE',
      shape: 'CHILDREN',
      of: 'tickets',
      observed: true,
      parentParameter: 'TicketId',
      parentField: 'ticketId',
      references: {
        userId: 'users',
        contactId: 'contacts',
        emailId: 'emails',
        callId: 'calls',
        fromUserId: 'users',
        toUserId: 'users',
      },
    },
    emails: {
      path: '/v1/email',
      pathById: '/v1/email/{id}',
      recordType: null,
      shape: 'DETAILS',
      of: 'ticketlogs',
      observed: true,
    },
    // One call per ticket: breaches have no listing of their own.
    slabreaches: {
      path: '/v1/slas/breaches',
      recordType: null,
      shape: 'CHILDREN',
      of: 'tickets',
      parameters: { LinkedType: 'ticket' },
      parentParameter: 'LinkedId',
      parentField: 'linkedId',
      nullIsNone: true,
    },
    users: { path: '/v1/users', recordType: 'AGENT', shape: 'PAGES', references: { teamIds: 'teams' } },
    teams: { path: '/v1/teams', recordType: 'TEAM', shape: 'PAGES' },
    ...Object.fromEntries(
      (['contact', 'company', 'deal', 'ticket'] as const).map(LinkedType => [
        `customfields:${LinkedType}`,
        { path: '/v1/customfields', recordType: null, shape: 'PAGES', parameters: { LinkedType } } satisfies ResourceProfile,
      ]),
    ),
    pipelines: { path: '/v1/pipelines', recordType: null, shape: 'PAGES' },
    deals: {
      path: '/v1/deals',
      recordType: 'DEAL',
      shape: 'PAGES',
      observed: true,
      sortBy: 'updatedDate',
      since: true,
      references: { contactId: 'contacts', companyId: 'companies', ownerIds: 'users', pipelineId: 'pipelines' },
    },
    calls: {
      path: '/v1/calls',
      recordType: 'CALL',
      shape: 'PAGES',
      sortBy: 'updatedDate',
      since: true,
      dates: ['startedDate'],
      references: { ticketId: 'tickets', contactId: 'contacts', userId: 'users' },
    },
    articlecategories: {
      path: '/v1/articlecategories',
      recordType: 'CATEGORY',
      shape: 'PAGES',
      references: { parentId: 'articlecategories' },
    },
    articles: {
      path: '/v1/articles',
      recordType: 'ARTICLE',
      shape: 'PAGES',
      sortBy: 'updatedDate',
      since: true,
      references: { categoryId: 'articlecategories', authorId: 'users' },
    },
    emailaccounts: {
      path: '/v1/emailaccounts',
      recordType: 'MAIL_ACCOUNT',
      shape: 'PAGES',
      references: { ...people, teamId: 'teams' },
    },
    chatwidgets: { path: '/v1/chatwidgets', recordType: 'CHAT_WIDGET', shape: 'PAGES' },
    automations: { path: '/v1/automations', recordType: 'AUTOMATION', shape: 'PAGES' },
    reports: { path: '/v1/reports', recordType: 'REPORT', shape: 'PAGES', references: { id: 'reportdata' } },
    reportdata: { path: '/v1/reports', pathById: '/v1/reports/{id}/data', recordType: null, shape: 'DETAILS', of: 'reports' },
  },
};

/** Applies an operator's changes to the profile. Objects are merged, other values are replaced. */
export function withOverrides<T>(base: T, overrides: unknown): T {
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (overrides === undefined || overrides === null) return base;
  if (!isObject(base) || !isObject(overrides)) return overrides as T;
  const merged = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(overrides)) merged.set(name, withOverrides(merged.get(name), value));
  return Object.fromEntries(merged) as T;
}
