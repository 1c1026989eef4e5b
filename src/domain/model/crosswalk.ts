import type { RecordType } from './record-type.js';
import type { Environment } from './run.js';

export const destinationTypes = [
  'TEAM',
  'TEAMMATE',
  'TAG',
  'COMPANY',
  'CONTACT',
  'CUSTOM_OBJECT',
  'COLLECTION',
  'ARTICLE',
  'CONVERSATION',
  'CONVERSATION_PART',
  'ATTACHMENT',
  'NOTE',
  'DOCUMENT',
] as const;
export type DestinationType = (typeof destinationTypes)[number];
export const crosswalkOrigins = ['CREATED', 'ADOPTED'] as const;
export type CrosswalkOrigin = (typeof crosswalkOrigins)[number];
export const crosswalkStates = ['ACTIVE', 'ROLLED_BACK'] as const;
export type CrosswalkState = (typeof crosswalkStates)[number];

/** Where a record of the source is now. */
export interface NewCrosswalkEntry {
  sourceType: RecordType;
  sourceId: string;
  destinationType: DestinationType;
  destinationId: string;
  /** The conversation that holds it, where it is a part of one. */
  conversationId: string | null;
  /** Where people see it, if only the destination knows. */
  destinationUrl?: string | null;
  /** ADOPTED: it stood in the workspace before; a rollback restores and never deletes it. */
  origin: CrosswalkOrigin;
  /** What an adopted object was before it was overwritten. */
  preImage: object | null;
}

export interface CrosswalkEntry extends Omit<NewCrosswalkEntry, 'preImage'> {
  id: string;
  projectId: string;
  environment: Environment;
  state: CrosswalkState;
  loadedAt: Date;
  verifiedAt: Date | null;
}

/** Asks by a key of the source, or by one of the destination. */
export interface CrosswalkLookup {
  sourceType?: RecordType | null;
  sourceId?: string | null;
  destinationType?: DestinationType | null;
  destinationId?: string | null;
}
