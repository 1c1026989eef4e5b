/** Places of encrypted secrets. A secret can only be decrypted for its place. */
export const connectionPlace = (projectId: string, side: string) => `connections.sealed_secret ${projectId} ${side}`;

/** All secrets of a webhook. */
export const webhookPlace = (webhookId: string) => `webhooks.sealed_secrets ${webhookId}`;

/** The secret of a new API key or webhook: a repetition with the same idempotencyKey shows it again. */
export const apiKeyPlace = 'idempotency_keys.result';

export const digestKeyPlace = 'installation.sealed_digest_key';
