import type { Secret } from '../model/secret.js';
import type { WebhookMessage } from '../model/webhook-message.js';

/** What came of an attempt. Only a status from 200 to 299 is a success. */
export interface WebhookAnswer {
  ok: boolean;
  /** HTTP status; null if there was no answer. */
  status: number | null;
  /** Why it failed, for people; null for a success. It contains no path of the address, which may be a secret. */
  error: string | null;
  /** Milliseconds that the receiver asks to wait; null if it does not ask. */
  retryAfterMs: number | null;
}

/** Sends one message, signed with each secret. It checks the address at each call, follows no redirect and never throws. */
export type PostWebhook = (
  target: { url: string; secrets: readonly Secret[] },
  message: WebhookMessage,
) => Promise<WebhookAnswer>;

/** Why an address cannot be a target, as an imperative; null if it can. */
export type RefuseWebhookUrl = (url: string) => Promise<string | null>;
