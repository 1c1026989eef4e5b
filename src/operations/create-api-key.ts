import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { ApiKey, Role, Scope } from '../domain/model/principal.js';
import type { Secret } from '../domain/model/secret.js';
import { apiKeyById, insertApiKey } from '../store/api-keys.js';
import { projectsById } from '../store/projects.js';
import type { Tx } from '../store/transaction.js';
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
  /** All that the role may do, if absent. */
  scopes?: Scope[] | null;
  /** All that the organization reaches, if absent. */
  projectIds?: string[] | null;
  idempotencyKey?: string | null;
}

/**
 * This answer shows the secret. A repetition with the same idempotencyKey shows it again, because the first answer may be lost.
 * @throws UserError ROLE_NOT_PERMITTED, SCOPE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND
 */
export async function createApiKey(
  context: OperationContext,
  input: CreateApiKeyInput,
): Promise<{ apiKey: ApiKey; secret: Secret }> {
  requirePermission(context.principal, 'createApiKey');
  const check = new InputCheck();
  const name = check.text('name', input.name);
  if (input.scopes?.length === 0) check.add('scopes', 'Name a scope, or leave scopes out.');
  if (input.projectIds && (input.projectIds.length === 0 || input.projectIds.length > 100))
    check.add('projectIds', 'Name 1 to 100 projects, or leave projectIds out.');
  check.done();
  const scopes = input.scopes ? [...new Set(input.scopes)] : null;
  requireScopes(context, scopes);
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
      scopes,
      projectIds: input.projectIds ? await projectsInReach(tx, input.projectIds) : null,
      ...storedKey(secret.reveal(), context.digests),
    };
    return { apiKeyId: await insertApiKey(tx, row), sealed: context.secretBox.seal(secret, apiKeyPlace) };
  });
  const apiKey = await within(context, tx => apiKeyById(tx, apiKeyId));
  return { apiKey: apiKey!, secret: context.secretBox.open(sealed, apiKeyPlace) };
}

/** A key with scopes gives only what it has. @throws UserError SCOPE_NOT_PERMITTED */
function requireScopes({ principal }: OperationContext, scopes: readonly Scope[] | null): void {
  const own = principal.scopes;
  if (!own || scopes?.every(scope => own.includes(scope))) return;
  throw new UserError('SCOPE_NOT_PERMITTED', `Name scopes that the calling key has: ${own.join(', ')}.`, {
    path: ['input', 'scopes'],
  });
}

/** @throws UserError MALFORMED_ID, NOT_FOUND */
async function projectsInReach(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const path = ['input', 'projectIds'];
  const uuids = [...new Set(ids.map(id => uuidOf('Project', id, path)))];
  const found = await projectsById(
    tx,
    uuids.filter(uuid => uuid !== null),
  );
  if (found.size < uuids.length) throw new UserError('NOT_FOUND', 'Name projects that exist.', { path });
  return [...found.keys()];
}
