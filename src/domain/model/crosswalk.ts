import type { RecordType } from './record-type.js';
import type { Environment } from './run.js';

export const destinationTypes = [
  'TEAM',
  'TEAMMATE',
  'TAG',
  'ATTRIBUTE',
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

/** Where a record went: to an object that Landfall created, in no conversation, unless `more` says otherwise. */
export function crosswalkEntry(
  [sourceType, sourceId]: readonly [RecordType, string],
  [destinationType, destinationId]: readonly [DestinationType, string],
  more: Partial<Omit<NewCrosswalkEntry, 'sourceType' | 'sourceId' | 'destinationType' | 'destinationId'>> = {},
): NewCrosswalkEntry {
  return {
    sourceType,
    sourceId,
    destinationType,
    destinationId,
    conversationId: null,
    origin: 'CREATED',
    preImage: null,
    ...more,
  };
}

/** How an object became ours: found with what it was before, or created. */
export const originOf = (preImage: object | null): Pick<NewCrosswalkEntry, 'origin' | 'preImage'> =>
  preImage ? { origin: 'ADOPTED', preImage } : { origin: 'CREATED', preImage: null };

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
