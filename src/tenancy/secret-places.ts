/** Where a sealed credential belongs; it opens nowhere else. */
export const connectionPlace = (projectId: string, side: string) => `connections.sealed_secret ${projectId} ${side}`;

/** Of the secret of a new API key, which a repetition by idempotencyKey shows again. */
export const apiKeyPlace = 'idempotency_keys.result';

export const digestKeyPlace = 'installation.sealed_digest_key';
