export const roles = ['ADMIN', 'OPERATOR', 'SUPPORT', 'VIEWER'] as const;
export type Role = (typeof roles)[number];

/** The caller: the identity behind an API key. */
export interface Principal {
  apiKeyId: string;
  /** The key's name. */
  name: string;
  role: Role;
  /** The organization whose tree the principal can access. */
  organizationId: string;
}

/** An API key without its secret, which is shown only once. */
export interface ApiKey {
  id: string;
  organizationId: string;
  name: string;
  role: Role;
  /** The first characters of the secret, to distinguish keys. */
  prefix: string;
  createdAt: Date;
  /** After this time the key is invalid. */
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** At most a minute old; null if the key was never used. */
  lastUsedAt: Date | null;
}
