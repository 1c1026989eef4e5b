import { z } from 'zod';
import { url } from '../domain/model/setting-fields.js';

/** An issuer of JWTs of a portal; `organization` is the public id of its organization. */
export interface PortalIssuer {
  issuer: string;
  audience: string;
  jwksUrl: string;
  organization: string;
}

const maxIssuers = 20;

/** Values separated by commas: one for each issuer. */
const list = (item: z.ZodType<string, string>) =>
  z
    .string()
    .transform(text => text.split(',').map(each => each.trim()))
    .pipe(z.array(item).max(maxIssuers, { error: `Give at most ${maxIssuers}.` }))
    .default([]);
const named = z.string().min(1, { error: 'Give no empty item.' });
const organizationId = z
  .string()
  .regex(/^org_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { error: 'Give the id of an organization: org_…' });

export const portalSettings = {
  PORTAL_JWT_ISSUER: list(named).describe(
    'Issuer (`iss`) of JWTs that people of a portal use instead of an API key. Several, separated by commas, are different; the next three settings then have as many values in the same order. Default: none.',
  ),
  PORTAL_JWT_AUDIENCE: list(named).describe('Audience (`aud`) of these JWTs.'),
  PORTAL_JWT_JWKS_URL: list(url('http', 'https')).describe(
    'Address of the public keys of the issuer (JWKS). They are kept for 10 minutes.',
  ),
  PORTAL_JWT_ORGANIZATION: list(organizationId).describe('Id of the organization whose tree these JWTs may name.'),
};

type Values = z.output<z.ZodObject<typeof portalSettings>>;
const names = ['PORTAL_JWT_ISSUER', 'PORTAL_JWT_AUDIENCE', 'PORTAL_JWT_JWKS_URL', 'PORTAL_JWT_ORGANIZATION'] as const;

/** Reports settings without those that they need. */
export function requireWholeIssuers(value: Values, need: (name: string, message: string) => void): void {
  const count = Math.max(...names.map(name => value[name].length));
  for (const name of names) {
    if (value[name].length === 0 && count > 0) need(name, 'Give all four settings PORTAL_JWT_…, or none.');
    else if (value[name].length !== count) need(name, `Give as many values as in the other settings PORTAL_JWT_…: ${count}.`);
  }
  if (new Set(value.PORTAL_JWT_ISSUER).size < value.PORTAL_JWT_ISSUER.length) need('PORTAL_JWT_ISSUER', 'Give each issuer once.');
}

export const portalIssuersOf = (value: Values): PortalIssuer[] =>
  value.PORTAL_JWT_ISSUER.map((issuer, index) => ({
    issuer,
    audience: value.PORTAL_JWT_AUDIENCE[index]!,
    jwksUrl: value.PORTAL_JWT_JWKS_URL[index]!,
    organization: value.PORTAL_JWT_ORGANIZATION[index]!,
  }));
