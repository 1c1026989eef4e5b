import { LandfallError } from '../domain/model/errors.js';
import type { Principal } from '../domain/model/principal.js';
import type { Tenancy } from '../tenancy/tenancy.js';

const hint = 'Send the header "Authorization: Bearer <API key>", or "authorization" in connection_init with the same value.';

/**
 * The principal of an Authorization header.
 * @throws LandfallError UNAUTHENTICATED, DATABASE_UNAVAILABLE
 */
export async function authenticate(tenancy: Tenancy, authorization: unknown): Promise<Principal> {
  const key = typeof authorization === 'string' ? /^bearer +(.+)$/i.exec(authorization)?.[1] : undefined;
  const principal = key === undefined ? null : await tenancy.authenticate(key);
  if (!principal)
    throw new LandfallError(
      'UNAUTHENTICATED',
      key === undefined ? hint : 'Use a valid API key: this one is unknown, revoked or expired.',
    );
  return principal;
}

/** Node decodes HTTP headers as Latin-1. A key with other characters was sent as UTF-8. */
export function headerText(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(header, 'latin1'));
  } catch {
    return header; // It is Latin-1.
  }
}
