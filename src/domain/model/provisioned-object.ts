import type { AttributeType } from '../mapping/field-mapping.js';
import type { Environment } from './run.js';

export const provisionedKinds = [
  'CONTACT_ATTRIBUTE',
  'COMPANY_ATTRIBUTE',
  'CONVERSATION_ATTRIBUTE',
  'TAG',
  'OBJECT_TYPE',
  'PLACEHOLDER_CONTACT',
] as const;
export type ProvisionedKind = (typeof provisionedKinds)[number];
export const provisionedOrigins = ['CREATED', 'FOUND'] as const;
export type ProvisionedOrigin = (typeof provisionedOrigins)[number];

/** An object that a workspace needs before records can be loaded. */
export interface ProvisionedObject {
  environment: Environment;
  kind: ProvisionedKind;
  name: string;
  destinationId: string;
  origin: ProvisionedOrigin;
  attributeType: AttributeType | null;
  /** Of an OBJECT_TYPE: attributes that were made as texts though the mapping has another type. */
  textAttributes: string[];
}
