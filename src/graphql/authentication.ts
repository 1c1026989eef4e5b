import { LandfallError } from '../domain/model/errors.js';
import type { Principal } from '../domain/model/principal.js';
import type { Tenancy } from '../tenancy/tenancy.js';

const hint = 'Send the header "Authorization: Bearer <API key>", or the same as "authorization" in connection_init.';

/**
 * Who the value of an Authorization header stands for.
 * @throws LandfallError UNAUTHENTICATED, DATABASE_UNAVAILABLE
 */
export async function authenticate(tenancy: Tenancy, authorization: unknown): Promise<Principal> {
  const key = typeof authorization === 'string' ? /^bearer +(.+)$/i.exec(authorization)?.[1] : undefined;
  const principal = key === undefined ? null : await tenancy.authenticate(key);
  if (!principal)
    throw new LandfallError(
      'UNAUTHENTICATED',
      key === undefined ? hint : 'Use a key that is known here, and neither revoked nor expired.',
    );
  return principal;
}

/** HTTP headers arrive as Latin-1; a key with other characters was sent as UTF-8. */
export function headerText(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(header, 'latin1'));
  } catch {
    return header; // Latin-1 indeed.
  }
}
