export const roles = ['ADMIN', 'OPERATOR', 'SUPPORT', 'VIEWER'] as const;
export type Role = (typeof roles)[number];

/** What a credential may do of what its role may do. Every credential may read; so READ alone is a credential that only reads. */
export const scopes = ['READ', 'PROJECTS', 'MAPPING', 'RUNS', 'RECORDINGS', 'ADMIN'] as const;
export type Scope = (typeof scopes)[number];

export const credentialKinds = ['API_KEY', 'SHARE_TOKEN', 'PORTAL_TOKEN'] as const;
export type CredentialKind = (typeof credentialKinds)[number];

/** The caller: the identity behind a credential. */
export interface Principal {
  kind: CredentialKind;
  /** Id of the API key or share token. A portal token has an id that is the same for all tokens of its subject. */
  apiKeyId: string;
  /** The name of the key, or of the person of a portal. */
  name: string;
  role: Role;
  /** The organization whose tree the principal can access. */
  organizationId: string;
  /** Null: everything that the role may do. */
  scopes: readonly Scope[] | null;
  /** The only projects that the principal sees; null for all of the tree. */
  projectIds: readonly string[] | null;
  /** After this time the credential is invalid; null if it does not expire. */
  expiresAt: Date | null;
}

/** An API key without its secret, which is shown only once. */
export interface ApiKey {
  id: string;
  organizationId: string;
  name: string;
  role: Role;
  /** Null: everything that the role may do. */
  scopes: readonly Scope[] | null;
  /** The only projects that the key sees; null for all of the organization's tree. */
  projectIds: readonly string[] | null;
  /** The first characters of the secret, to distinguish keys. */
  prefix: string;
  createdAt: Date;
  /** After this time the key is invalid. */
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** At most a minute old; null if the key was never used. */
  lastUsedAt: Date | null;
}
