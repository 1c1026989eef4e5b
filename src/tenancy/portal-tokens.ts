import { createHash } from 'node:crypto';
import { createRemoteJWKSet, customFetch, decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { LandfallError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import { type Principal, type Role, roles, type Scope, scopes } from '../domain/model/principal.js';

/** The issuer of JWTs that a portal gives to its people. */
export interface PortalIssuer {
  issuer: string;
  audience: string;
  jwksUrl: string;
  /** Uuid of the organization whose tree the issuer may name. */
  organizationId: string;
}

/** Reads a text from an address that was checked. */
export type FetchText = (url: URL, signal: AbortSignal) => Promise<{ status: number; text: string }>;

/** Only signatures with a public key: with another algorithm, the public key could serve as a shared secret. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** Seconds by which the clocks of the issuer and of this server may differ. */
const clockTolerance = 30;
const cacheMs = 10 * 60_000;
const timeoutMs = 5_000;

const invalid = (message: string) => new LandfallError('UNAUTHENTICATED', message);

/** Whether a Bearer token has the form of a JWT. An API key has no dots. */
export const isJwt = (token: string) => /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(token);

/** The issuer that a JWT names, before it is checked; null if it names none. */
export function issuerOf(token: string): string | null {
  try {
    return decodeJwt(token).iss ?? null;
  } catch (error) {
    if (error instanceof errors.JWTInvalid) return null;
    throw error;
  }
}

/** Checks JWTs by the public keys of their issuer, which are kept for ten minutes. */
export class PortalTokens {
  private readonly keys: JWTVerifyGetKey;

  constructor(
    readonly portal: PortalIssuer,
    fetchText: FetchText,
  ) {
    this.keys = createRemoteJWKSet(new URL(portal.jwksUrl), {
      cacheMaxAge: cacheMs,
      timeoutDuration: timeoutMs,
      [customFetch]: async (url, { signal }) => {
        const { status, text } = await fetchText(new URL(url), signal);
        return new Response(text, { status });
      },
    });
  }

  /** @throws LandfallError UNAUTHENTICATED, IDENTITY_UNAVAILABLE */
  async principal(token: string): Promise<Principal> {
    const { issuer, audience } = this.portal;
    try {
      const options = { issuer, audience, algorithms, clockTolerance, requiredClaims: ['exp', 'sub'] };
      return this.principalOf((await jwtVerify(token, this.keys, options)).payload);
    } catch (error) {
      throw error instanceof LandfallError ? error : refusalOf(error);
    }
  }

  private principalOf(claims: JWTPayload): Principal {
    const { iss, sub, exp, name } = claims;
    const role = roles.find(each => each === claims.landfall_role);
    if (!role) throw invalid(`Give the claim landfall_role: ${roles.join(', ')}.`);
    const projects = textsOf(claims, 'landfall_projects')?.map(id => uuidIn('Project', id, 'landfall_projects'));
    const organization = claims.landfall_organization;
    return {
      kind: 'PORTAL_TOKEN',
      apiKeyId: idOf(`${iss}\0${sub}`),
      name: shownName(typeof name === 'string' ? name : '') || shownName(sub!) || 'portal',
      role: role satisfies Role,
      organizationId:
        organization === undefined
          ? this.portal.organizationId
          : uuidIn('Organization', String(organization), 'landfall_organization'),
      scopes: textsOf(claims, 'landfall_scopes')?.map(scopeNamed) ?? null,
      projectIds: projects ?? null,
      expiresAt: new Date((exp! + clockTolerance) * 1_000),
    };
  }
}

function refusalOf(error: unknown): LandfallError {
  if (error instanceof errors.JWTExpired) return invalid('Get a new token: this one has expired.');
  if (error instanceof errors.JWTClaimValidationFailed)
    return invalid(`Correct the claim ${error.claim}: it is missing or wrong.`);
  if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC')
    return new LandfallError('IDENTITY_UNAVAILABLE', 'Retry shortly: the keys of the issuer of the token cannot be read.', {
      cause: error,
      retryable: true,
    });
  return invalid('Send a token that the configured issuer has signed, with an algorithm of public keys.');
}

/** A list of texts, as a list or as one text with spaces. @throws LandfallError UNAUTHENTICATED */
function textsOf(claims: JWTPayload, name: string): string[] | null {
  const claim = claims[name];
  if (claim === undefined || claim === null) return null;
  const texts = typeof claim === 'string' ? claim.split(' ').filter(each => each !== '') : claim;
  if (!Array.isArray(texts) || texts.length > 1_000 || texts.some(each => typeof each !== 'string'))
    throw invalid(`Give the claim ${name} as a list of texts.`);
  return texts as string[];
}

function scopeNamed(name: string): Scope {
  const scope = scopes.find(each => each === name);
  if (!scope) throw invalid(`Give the claim landfall_scopes with names of: ${scopes.join(', ')}.`);
  return scope;
}

function uuidIn(type: 'Organization' | 'Project', id: string, claim: string): string {
  try {
    const uuid = uuidOf(type, id);
    if (uuid) return uuid;
  } catch {
    // It is not an id.
  }
  throw invalid(`Give the claim ${claim} with ids of this API.`);
}

/** The same id for all tokens of a subject. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

const shownName = (text: string) => text.toWellFormed().replace(/\p{C}/gu, '').trim().slice(0, 200);
