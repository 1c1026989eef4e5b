import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { atEndOfFile } from './end-of-file.js';

/** An issuer of JWTs with its keys at an address, and the environment of a server that trusts it. */
export async function startPortal(issuer = 'https://portal.example') {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' };
  let requests = 0;
  const server = createServer((_request, response) => {
    requests++;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  atEndOfFile(async () => {
    server.close();
  });
  const organizationId = `org_${randomUUID()}`;
  const token = (
    claims: Record<string, unknown>,
    expires: number | string = '5m',
    key: Parameters<SignJWT['sign']>[0] = privateKey,
  ) =>
    new SignJWT({ landfall_role: 'ADMIN', name: 'Ayşe', ...claims })
      .setProtectedHeader({ alg: key === privateKey ? 'ES256' : 'HS256', kid: 'k1' })
      .setIssuer(String(claims.iss ?? issuer))
      .setAudience(String(claims.aud ?? 'landfall'))
      .setSubject('person-1')
      .setExpirationTime(expires)
      .sign(key);
  return {
    organizationId,
    token,
    jwk,
    requests: () => requests,
    environment: {
      PORTAL_JWT_ISSUER: issuer,
      PORTAL_JWT_AUDIENCE: 'landfall',
      PORTAL_JWT_JWKS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
      PORTAL_JWT_ORGANIZATION: organizationId,
    },
    /** Statement that creates its organization below the root. */
    organizationSql: `INSERT INTO landfall.organizations (id, name, kind, parent_id)
      SELECT '${organizationId.slice(4)}', 'Portal', 'AGENCY', id FROM landfall.organizations WHERE parent_id IS NULL`,
  };
}
