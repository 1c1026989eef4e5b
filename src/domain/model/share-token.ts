/** A credential that only reads one project, without its text, which is shown only once. */
export interface ShareToken {
  id: string;
  projectId: string;
  name: string;
  /** The first characters of the token, to distinguish tokens. */
  prefix: string;
  createdAt: Date;
  /** After this time the token is invalid. */
  expiresAt: Date;
  revokedAt: Date | null;
  /** At most a minute old; null if the token was never used. */
  lastUsedAt: Date | null;
}
