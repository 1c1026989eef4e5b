import type { Secret } from '../../domain/model/secret.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import { parseJson } from '../../http/bounded-json.js';
import { failureOfStatus, type Http } from '../../http/http-client.js';

const maxTokenBytes = 64 * 1024;

/** How a call says who it is. */
export interface InfosetLogin {
  /** Tells credentials apart without being one. */
  identity: string;
  headers(signal: AbortSignal): Promise<Record<string, string>>;
  /** Drops what may be outdated; false where there is nothing to get anew. */
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

/** The older login: e-mail and password for a token, got anew a minute before it ends. */
export function tokenLogin(http: Http, baseUrl: string, email: string, password: Secret, rateLimitWaitMs: number): InfosetLogin {
  let token: { text: string; renewAt: number } | null = null;
  let pending: Promise<void> | null = null;
  const logIn = async (signal: AbortSignal) => {
    const url = new URL('v1/login/token', `${baseUrl.replace(/\/+$/, '')}/`);
    const json = { email, password: password.reveal(), remember: false };
    const answer = await http({ method: 'POST', url, json, signal, maxBytes: maxTokenBytes });
    const failure = failureOfStatus(answer, rateLimitWaitMs);
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
    // Bare, then.
    if (!(error instanceof SyntaxError)) throw error;
  }
  const token = typeof parsed === 'string' ? parsed : (parsed as { token?: unknown } | null)?.token;
  if (typeof token === 'string' && /^[\w-]+\.[\w-]+\.[\w-]*$/.test(token)) return token;
  throw new CallFailure('NOT_JSON', 'Check the base URL: its login answers with no token.');
}

/** Milliseconds; for a token that does not say, half an hour from now. */
function expiryOf(token: string): number {
  try {
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { exp?: number };
    if (typeof exp === 'number') return exp * 1000;
  } catch {
    // No claims that can be read.
  }
  return Date.now() + 30 * 60_000;
}
