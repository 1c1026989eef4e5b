import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { ApiKey } from '../domain/model/principal.js';
import { apiKeyById, revokeKey } from '../store/api-keys.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { once } from './once.js';

export interface RevokeApiKeyInput {
  apiKeyId: string;
  idempotencyKey?: string | null;
}

const path = ['input', 'apiKeyId'];

/**
 * Revokes a key for good and closes its open connections. It can be the caller's own key. A repetition changes nothing.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND
 */
export async function revokeApiKey(context: OperationContext, input: RevokeApiKeyInput): Promise<ApiKey> {
  requirePermission(context.principal, 'revokeApiKey');
  const uuid = uuidOf('ApiKey', input.apiKeyId, path);
  const { apiKeyId } = await once(context, 'revokeApiKey', input, async tx => {
    if (!uuid || !(await apiKeyById(tx, uuid))) throw new UserError('NOT_FOUND', 'Name a key that exists.', { path });
    await revokeKey(tx, uuid);
    return { apiKeyId: uuid };
  });
  return (await within(context, tx => apiKeyById(tx, apiKeyId)))!;
}
