import { createHmac } from 'node:crypto';
import type { Secret } from '../domain/model/secret.js';

/** The headers of Standard Webhooks: one signature for each secret, separated by spaces. @param at in milliseconds */
export function signedHeaders(id: string, body: string, secrets: readonly Secret[], at: number): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const signatures = secrets.map(secret => {
    const key = Buffer.from(secret.reveal().replace(/^whsec_/, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
