import { z } from 'zod';
import { url } from '../domain/model/setting-fields.js';

/** The issuer of JWTs of a portal; `organization` is the public id of its organization. */
export interface PortalIssuer {
  issuer: string;
  audience: string;
  jwksUrl: string;
  organization: string;
}

export const portalSettings = {
  PORTAL_JWT_ISSUER: z
    .string()
    .nullable()
    .default(null)
    .describe('Issuer (`iss`) of JWTs that people of a portal use instead of an API key. Default: none.'),
  PORTAL_JWT_AUDIENCE: z.string().nullable().default(null).describe('Audience (`aud`) of these JWTs.'),
  PORTAL_JWT_JWKS_URL: url('http', 'https')
    .nullable()
    .default(null)
    .describe('Address of the public keys of the issuer (JWKS). They are kept for 10 minutes.'),
  PORTAL_JWT_ORGANIZATION: z
    .string()
    .regex(/^org_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { error: 'Give the id of an organization: org_…' })
    .nullable()
    .default(null)
    .describe('Id of the organization whose tree these JWTs may name.'),
};

type Values = z.output<z.ZodObject<typeof portalSettings>>;
const names = ['PORTAL_JWT_ISSUER', 'PORTAL_JWT_AUDIENCE', 'PORTAL_JWT_JWKS_URL', 'PORTAL_JWT_ORGANIZATION'] as const;

/** Reports settings without those that they need. */
export function requireWholeIssuer(value: Values, need: (name: string, message: string) => void): void {
  if (!names.some(name => value[name])) return;
  for (const name of names) if (!value[name]) need(name, 'Give all four settings PORTAL_JWT_…, or none.');
}

export function portalIssuerOf(value: Values): PortalIssuer | null {
  const [issuer, audience, jwksUrl, organization] = names.map(name => value[name]);
  return issuer && audience && jwksUrl && organization ? { issuer, audience, jwksUrl, organization } : null;
}
