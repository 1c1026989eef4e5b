import type { Secret } from '../../domain/model/secret.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import { apiUrl } from '../../http/api-url.js';
import { parseJson } from '../../http/bounded-json.js';
import type { Http } from '../../http/call.js';
import { failureOf } from './failure.js';
import { maxBytes } from './limits.js';

/** The credentials of a call. */
export interface InfosetLogin {
  /** Names the credentials in the key of the rate budget. */
  identity: string;
  headers(signal: AbortSignal): Promise<Record<string, string>>;
  /** Drops a token that may be outdated. false if there is no token to renew. */
  forget(): boolean;
}

export function keyLogin(secret: Secret): InfosetLogin {
  return {
    identity: secret.reveal(),
    headers: async () => ({ 'x-api-key': secret.reveal() }),
    forget: () => false,
  };
}

const renewBeforeMs = 60_000;

/** The older login: e-mail and password for a token, which is renewed a minute before it expires. */
export function tokenLogin(http: Http, baseUrl: string, email: string, password: Secret, rateLimitWaitMs: number): InfosetLogin {
  let token: { text: string; renewAt: number } | null = null;
  let pending: Promise<void> | null = null;
  const logIn = async (signal: AbortSignal) => {
    const url = apiUrl(baseUrl, 'v1/login/token');
    const json = { email, password: password.reveal(), remember: false };
    const answer = await http({ method: 'POST', url, json, signal, maxBytes: maxBytes.token });
    const failure = failureOf(answer, rateLimitWaitMs);
    if (failure) throw failure;
    const text = tokenIn(answer.text);
    token = { text, renewAt: expiryOf(text) - renewBeforeMs };
  };
  return {
    identity: `${email}:${password.reveal()}`,
    headers: async signal => {
      if (!token || Date.now() >= token.renewAt) {
        pending ??= logIn(signal).finally(() => {
          pending = null;
        });
        await pending;
      }
      return { authorization: `Bearer ${token!.text}` };
    },
    forget: () => {
      token = null;
      return true;
    },
  };
}

/** A bare JWT, a JSON string, or `{token}`. */
function tokenIn(text: string): string {
  let parsed: unknown = text.trim();
  try {
    parsed = parseJson(text);
  } catch (error) {
    // It is a bare token.
    if (!(error instanceof SyntaxError)) throw error;
  }
  const token = typeof parsed === 'string' ? parsed : (parsed as { token?: unknown } | null)?.token;
  if (typeof token === 'string' && /^[\w-]+\.[\w-]+\.[\w-]*$/.test(token)) return token;
  throw new CallFailure('NOT_JSON', 'Check the base URL: its login answers without a token.');
}

/** In milliseconds since 1970. Half an hour from now if the token does not say. */
function expiryOf(token: string): number {
  try {
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { exp?: number };
    if (typeof exp === 'number') return exp * 1000;
  } catch {
    // The claims are not readable.
  }
  return Date.now() + 30 * 60_000;
}
