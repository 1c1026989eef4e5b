import type { CredentialKind } from './principal.js';

/** One change that a mutation made, and who made it. */
export interface AuditEntry {
  id: string;
  organizationId: string;
  projectId: string | null;
  at: Date;
  actorKind: CredentialKind;
  actorId: string;
  actorName: string;
  /** Name of the mutation. */
  operation: string;
  requestId: string;
  /** Type of the changed object; null if the mutation changed no audited object. */
  objectType: string | null;
  objectId: string | null;
  /** What was changed, before and after; secrets are hidden. Null before it existed, or after it was deleted. */
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** Who changes something by which mutation, in which request. */
export interface Actor {
  kind: CredentialKind;
  id: string;
  name: string;
  operation: string;
  requestId: string;
}
