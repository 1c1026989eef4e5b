export const roles = ['ADMIN', 'OPERATOR', 'SUPPORT', 'VIEWER'] as const;
export type Role = (typeof roles)[number];

/** Who calls: what an API key stands for. */
export interface Principal {
  apiKeyId: string;
  /** The key's name. */
  name: string;
  role: Role;
  /** The organization whose tree the principal reaches. */
  organizationId: string;
}

/** An API key without its secret, which is known only to whom it was shown. */
export interface ApiKey {
  id: string;
  organizationId: string;
  name: string;
  role: Role;
  /** The first characters of the secret, to tell keys apart. */
  prefix: string;
  createdAt: Date;
  /** From then on it is as unknown as any other text. */
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** At most a minute old; null where it never was used. */
  lastUsedAt: Date | null;
}
