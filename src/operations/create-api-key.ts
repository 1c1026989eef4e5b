import { UserError } from '../domain/model/errors.js';
import type { ApiKey, Role } from '../domain/model/principal.js';
import type { Secret } from '../domain/model/secret.js';
import { apiKeyById, insertApiKey } from '../store/api-keys.js';
import { generateApiKey, storedKey } from '../tenancy/api-key.js';
import { requirePermission } from '../tenancy/permissions.js';
import { apiKeyPlace } from '../tenancy/secret-places.js';
import { type OperationContext, within } from './context.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { organizationInReach } from './organization-in-reach.js';

export interface CreateApiKeyInput {
  organizationId: string;
  name: string;
  role: Role;
  expiresAt?: Date | null;
  idempotencyKey?: string | null;
}

/**
 * This answer shows the secret. A repetition with the same idempotencyKey shows it again, because the first answer may be lost.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND
 */
export async function createApiKey(
  context: OperationContext,
  input: CreateApiKeyInput,
): Promise<{ apiKey: ApiKey; secret: Secret }> {
  requirePermission(context.principal, 'createApiKey');
  const check = new InputCheck();
  const name = check.text('name', input.name);
  check.done();
  const { apiKeyId, sealed } = await once(context, 'createApiKey', input, async tx => {
    const organization = await organizationInReach(context, tx, input.organizationId, 'organizationId');
    const expiresAt = input.expiresAt ?? null;
    // Checked here, because a repetition may come after this time.
    if (expiresAt && !(expiresAt.getTime() > Date.now()))
      throw new UserError('INVALID_INPUT', 'Give a time in the future.', { path: ['input', 'expiresAt'] });
    const secret = generateApiKey();
    const row = {
      expiresAt,
      organizationId: organization.id,
      name,
      role: input.role,
      ...storedKey(secret.reveal(), context.digests),
    };
    return { apiKeyId: await insertApiKey(tx, row), sealed: context.secretBox.seal(secret, apiKeyPlace) };
  });
  const apiKey = await within(context, tx => apiKeyById(tx, apiKeyId));
  return { apiKey: apiKey!, secret: context.secretBox.open(sealed, apiKeyPlace) };
}
