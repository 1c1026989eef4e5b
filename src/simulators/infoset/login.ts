import { createHmac } from 'node:crypto';
import type { Call, Reply } from '../simulator-server.js';

/** Accepted credentials: an API key, or an e-mail and a password for a token that expires. */
export interface Credentials {
  apiKey: string;
  email: string;
  password: string;
  tokenSeconds: number;
}

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signature = (text: string, key: string) => createHmac('sha256', key).update(text).digest('base64url');

/** The older login: a bare JWT. */
export function loginReply(credentials: Credentials, { body }: Call): Reply {
  let given: { email?: string; password?: string };
  try {
    given = JSON.parse(body) as typeof given;
  } catch {
    return { status: 400, body: { message: 'Invalid JSON' } };
  }
  if (given.email !== credentials.email || given.password !== credentials.password)
    return { status: 401, body: { message: 'Unauthorized' } };
  // The token expires by the real clock, not by the account's.
  const claims = { sub: given.email, exp: Math.floor(Date.now() / 1000) + credentials.tokenSeconds };
  const text = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}`;
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: `${text}.${signature(text, credentials.apiKey)}` };
}

export function isAuthorized(credentials: Credentials, { headers }: Call): boolean {
  if (headers['x-api-key'] !== undefined) return headers['x-api-key'] === credentials.apiKey;
  const token = /^Bearer (.+)\.(.+)$/.exec(headers.authorization ?? '');
  if (!token || signature(token[1]!, credentials.apiKey) !== token[2]) return false;
  const claims = JSON.parse(Buffer.from(token[1]!.split('.')[1]!, 'base64url').toString()) as { exp: number };
  return claims.exp > Date.now() / 1000;
}
