import { randomBytes } from 'node:crypto';
import { Secret } from '../domain/model/secret.js';

/** 256 random bits, in the form of Standard Webhooks. */
export function generateWebhookSecret(): Secret {
  return new Secret(`whsec_${randomBytes(32).toString('base64')}`);
}
