import type { Principal } from '../domain/model/principal.js';
import type { FollowedKeys } from '../operations/follow-keys.js';

/** Longest delay of a timer. */
const maxDelayMs = 2_147_483_647;

/**
 * Calls `onEnd` once, when the credential of an open connection has become invalid. A portal token cannot be revoked: only its
 * time ends it.
 * @returns function that ends the watch
 */
export function followCredential(keys: FollowedKeys, { kind, apiKeyId, expiresAt }: Principal, onEnd: () => void): () => void {
  if (kind !== 'PORTAL_TOKEN') return keys.follow(apiKeyId, onEnd);
  if (!expiresAt) return () => {};
  const timer = setTimeout(onEnd, Math.min(Math.max(0, expiresAt.getTime() - Date.now()), maxDelayMs));
  timer.unref();
  return () => clearTimeout(timer);
}
