import type { DestinationType } from './crosswalk.js';
import type { RecordType } from './record-type.js';

/** What every part of Landfall knows about a kind of record. */
export interface RecordTypeDeclaration {
  /** The listing that its records are staged under. The connector of the source fills it. */
  listing: string;
  /** Name of its phase in a load, for people. */
  phase: string;
  /** MATCHED: found in the workspace. LOADED: written there. DOCUMENTED: written into documents. */
  arrival: 'MATCHED' | 'LOADED' | 'DOCUMENTED';
  destinationTypes: readonly DestinationType[];
  /** Types that must be in the workspace first. */
  dependsOn: readonly RecordType[];
  /** The type that its records belong to and fail with: as their parent, or by a reference. */
  partOf?: { type: RecordType; by: 'PARENT' | 'REFERENCE' };
  /** Whether its records carry tags. */
  tagged?: boolean;
}

/** Every kind of record. docs/architecture.md says what a new kind needs besides a row here. */
export const recordTypeDeclarations: Readonly<Record<RecordType, RecordTypeDeclaration>> = {
  TEAM: { listing: 'teams', phase: 'teams', arrival: 'MATCHED', destinationTypes: ['TEAM'], dependsOn: [] },
  AGENT: { listing: 'users', phase: 'agents', arrival: 'MATCHED', destinationTypes: ['TEAMMATE'], dependsOn: [] },
  TAG: { listing: 'tags', phase: 'tags', arrival: 'MATCHED', destinationTypes: ['TAG'], dependsOn: [] },
  COMPANY: {
    listing: 'companies',
    phase: 'companies',
    arrival: 'LOADED',
    destinationTypes: ['COMPANY'],
    dependsOn: ['TAG'],
    tagged: true,
  },
  CONTACT: {
    listing: 'contacts',
    phase: 'contacts',
    arrival: 'LOADED',
    destinationTypes: ['CONTACT'],
    dependsOn: ['AGENT', 'TAG', 'COMPANY'],
    tagged: true,
  },
  DEAL: {
    listing: 'deals',
    phase: 'deals',
    arrival: 'LOADED',
    destinationTypes: ['CUSTOM_OBJECT', 'DOCUMENT'],
    dependsOn: ['CONTACT', 'COMPANY'],
  },
  CATEGORY: {
    listing: 'articlecategories',
    phase: 'categories',
    arrival: 'LOADED',
    destinationTypes: ['COLLECTION'],
    dependsOn: [],
  },
  ARTICLE: {
    listing: 'articles',
    phase: 'articles',
    arrival: 'LOADED',
    destinationTypes: ['ARTICLE'],
    dependsOn: ['AGENT', 'CATEGORY'],
  },
  TICKET: {
    listing: 'tickets',
    phase: 'conversations',
    arrival: 'LOADED',
    destinationTypes: ['CONVERSATION'],
    // Links to articles get their new addresses.
    dependsOn: ['TEAM', 'AGENT', 'TAG', 'COMPANY', 'CONTACT', 'ARTICLE'],
    tagged: true,
  },
  MESSAGE: {
    listing: 'ticketlogs',
    phase: 'messages',
    arrival: 'LOADED',
    destinationTypes: ['CONVERSATION_PART'],
    dependsOn: ['TICKET'],
    partOf: { type: 'TICKET', by: 'PARENT' },
  },
  CALL: {
    listing: 'calls',
    phase: 'calls',
    arrival: 'LOADED',
    destinationTypes: ['CONVERSATION', 'CONVERSATION_PART'],
    dependsOn: ['TICKET', 'CONTACT'],
    partOf: { type: 'TICKET', by: 'REFERENCE' },
  },
  ATTACHMENT: {
    listing: 'files',
    phase: 'files',
    arrival: 'LOADED',
    destinationTypes: ['ATTACHMENT', 'DOCUMENT', 'ARTICLE'],
    dependsOn: ['MESSAGE'],
  },
  RECORDING: {
    listing: 'recordings',
    phase: 'recordings',
    arrival: 'LOADED',
    destinationTypes: ['NOTE', 'DOCUMENT'],
    dependsOn: ['CALL'],
  },
  MAIL_ACCOUNT: {
    listing: 'emailaccounts',
    phase: 'mail accounts',
    arrival: 'DOCUMENTED',
    destinationTypes: ['DOCUMENT'],
    dependsOn: [],
  },
  CHAT_WIDGET: {
    listing: 'chatwidgets',
    phase: 'chat widgets',
    arrival: 'DOCUMENTED',
    destinationTypes: ['DOCUMENT'],
    dependsOn: [],
  },
  AUTOMATION: {
    listing: 'automations',
    phase: 'automations',
    arrival: 'DOCUMENTED',
    destinationTypes: ['DOCUMENT'],
    dependsOn: [],
  },
  REPORT: { listing: 'reports', phase: 'reports', arrival: 'DOCUMENTED', destinationTypes: ['DOCUMENT'], dependsOn: [] },
};

/** Listings of data that belongs to records and has no record type. */
export const detailListings = {
  ACCOUNT: 'account',
  EMAIL: 'emails',
  PIPELINE: 'pipelines',
  REPORT_DATA: 'reportdata',
  SLA_BREACH: 'slabreaches',
} as const;

/** Listings that define custom fields, and the type whose fields each one defines. */
export const definitionListings = [
  ['customfields:company', 'COMPANY'],
  ['customfields:contact', 'CONTACT'],
  ['customfields:deal', 'DEAL'],
  ['customfields:ticket', 'TICKET'],
] as const;

/** The channel whose messages the source deletes after a while. */
export const expiringChannel = 'chat';

/** The listing that records of a type are staged under. */
export const listingOf = (type: RecordType): string => recordTypeDeclarations[type].listing;

/** Listings of which SANDBOX runs move a sample. What is matched or documented is so as a whole. */
export const sampledListings: ReadonlySet<string> = new Set(
  Object.values(recordTypeDeclarations)
    .filter(({ arrival }) => arrival === 'LOADED')
    .map(({ listing }) => listing),
);

/** Listings whose records carry tags. */
export const taggedListings: readonly string[] = Object.values(recordTypeDeclarations)
  .filter(({ tagged }) => tagged)
  .map(({ listing }) => listing);

/**
 * Types sorted so that each follows the types it depends on; otherwise in the order of the table.
 * @throws Error if types depend on each other in a circle
 */
export function inDependencyOrder<T extends string>(types: Readonly<Record<T, { dependsOn: readonly T[] }>>): T[] {
  const ordered: T[] = [];
  const left = new Set(Object.keys(types) as T[]);
  while (left.size > 0) {
    const next = [...left].find(type => types[type].dependsOn.every(each => !left.has(each)));
    if (next === undefined) throw new Error(`These types depend on each other: ${[...left].join(', ')}.`);
    ordered.push(next);
    left.delete(next);
  }
  return ordered;
}

/** The order in which their destinations must exist. */
export const loadOrder: readonly RecordType[] = inDependencyOrder(recordTypeDeclarations);
