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

/** Where a record of the source is in the workspace. */
export interface NewCrosswalkEntry {
  sourceType: RecordType;
  sourceId: string;
  destinationType: DestinationType;
  destinationId: string;
  /** The conversation that contains it, if it is a part of one. */
  conversationId: string | null;
  /** The address for people, if only the destination knows it. */
  destinationUrl?: string | null;
  /** ADOPTED: it existed in the workspace before. A rollback restores it and never deletes it. */
  origin: CrosswalkOrigin;
  /** What an adopted object was before it was overwritten. */
  preImage: object | null;
}

/** A crosswalk entry. Without `more` the object was created by Landfall and is in no conversation. */
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

/** Origin of an object: adopted with its pre-image, or created. */
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

/** A look-up by id of the source or of the destination. */
export interface CrosswalkLookup {
  sourceType?: RecordType | null;
  sourceId?: string | null;
  destinationType?: DestinationType | null;
  destinationId?: string | null;
}
