import { CallFailure } from '../domain/ports/call-failure.js';
import type { PostWebhook, RefuseWebhookUrl, WebhookAnswer } from '../domain/ports/webhook-endpoint.js';
import { retryAfterMs } from '../http/failure.js';
import type { Post } from '../http/post.js';
import { isPrivateHost } from '../http/private-hosts.js';
import { signedHeaders } from './signature.js';

/** Longest Retry-After that is obeyed: the longest wait between two attempts. */
const maxRetryAfterMs = 4 * 3_600_000;

/** Sends messages as Standard Webhooks defines it. */
export const postWebhooks =
  (post: Post): PostWebhook =>
  async ({ url, secrets }, { id, body }) => {
    const headers = { 'content-type': 'application/json', ...signedHeaders(id, body, secrets, Date.now()) };
    try {
      const answer = await post({ url: new URL(url), headers, body });
      const { status } = answer;
      if (status >= 200 && status < 300) return { ok: true, status, error: null, retryAfterMs: null };
      const wait = retryAfterMs(answer);
      return { ok: false, status, error: reasonOf(status), retryAfterMs: wait && Math.min(wait, maxRetryAfterMs) };
    } catch (error) {
      return failed(error);
    }
  };

const reasonOf = (status: number) =>
  status >= 300 && status < 400
    ? `Answered ${status}: give the address that it redirects to, because redirects are not followed.`
    : `Answered ${status}.`;

function failed(error: unknown): WebhookAnswer {
  if (!(error instanceof CallFailure)) throw error;
  return { ok: false, status: null, error: error.message, retryAfterMs: null };
}

/** Checks an address before it is stored. What its name resolves to is checked again at each call. */
export const refuseWebhookUrl =
  (allowPrivateHosts: boolean): RefuseWebhookUrl =>
  async text => {
    const url = URL.parse(text);
    const protocols = allowPrivateHosts ? ['https:', 'http:'] : ['https:'];
    if (!url || !protocols.includes(url.protocol)) return 'Give a URL that begins with https://.';
    if (url.username || url.password || url.hash) return 'Leave out user, password and fragment.';
    if (!allowPrivateHosts && (await isPrivateHost(url.hostname)))
      return 'Use a public host: this one is a loopback or private address.';
    return null;
  };
