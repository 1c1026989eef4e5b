import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { Page } from '../domain/model/page.js';
import type { Secret } from '../domain/model/secret.js';
import type { ShareToken } from '../domain/model/share-token.js';
import { insertApiKey, revokeKey } from '../store/api-keys.js';
import { pagesOf } from '../store/pages.js';
import { shareTokenById, shareTokensOfProject } from '../store/share-tokens.js';
import { generateShareToken, storedKey } from '../tenancy/api-key.js';
import { requirePermission } from '../tenancy/permissions.js';
import { apiKeyPlace } from '../tenancy/secret-places.js';
import { type OperationContext, within } from './context.js';
import { countedPages } from './counted-pages.js';
import { keysetCursor, type PageRequest, readPage } from './cursor.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { anyProjectInReach } from './project-in-reach.js';

export interface CreateShareTokenInput {
  projectId: string;
  name: string;
  /** In 30 days, if absent. */
  expiresAt?: Date | null;
  idempotencyKey?: string | null;
}

export interface RevokeShareTokenInput {
  shareTokenId: string;
  idempotencyKey?: string | null;
}

const dayMs = 86_400_000;
const usualDays = 30;
const maxDays = 366;

/**
 * This answer shows the token. A repetition with the same idempotencyKey shows it again, because the first answer may be lost.
 * @throws UserError ROLE_NOT_PERMITTED, SCOPE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND
 */
export async function createShareToken(
  context: OperationContext,
  input: CreateShareTokenInput,
): Promise<{ shareToken: ShareToken; token: Secret }> {
  requirePermission(context.principal, 'createShareToken');
  const check = new InputCheck();
  const name = check.text('name', input.name);
  check.done();
  const { shareTokenId, sealed } = await once(context, 'createShareToken', { ...input }, async tx => {
    const project = await anyProjectInReach(tx, input.projectId);
    const token = generateShareToken();
    const row = {
      organizationId: project.organizationId,
      sharedProjectId: project.id,
      name,
      role: 'VIEWER' as const,
      scopes: ['READ' as const],
      expiresAt: expiryOf(input),
      ...storedKey(token.reveal(), context.digests),
    };
    return { shareTokenId: await insertApiKey(tx, row), sealed: context.secretBox.seal(token, apiKeyPlace) };
  });
  const shareToken = await within(context, tx => shareTokenById(tx, shareTokenId));
  return { shareToken: shareToken!, token: context.secretBox.open(sealed, apiKeyPlace) };
}

/** @throws UserError INVALID_INPUT */
function expiryOf({ expiresAt }: CreateShareTokenInput): Date {
  const now = Date.now();
  if (!expiresAt) return new Date(now + usualDays * dayMs);
  const left = expiresAt.getTime() - now;
  if (left > 0 && left <= maxDays * dayMs) return expiresAt;
  throw new UserError('INVALID_INPUT', 'Give a time in the future, at most a year from now.', { path: ['input', 'expiresAt'] });
}

/**
 * Revokes a token for good and closes its open connections. A repetition changes nothing.
 * @throws UserError ROLE_NOT_PERMITTED, SCOPE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND
 */
export async function revokeShareToken(context: OperationContext, input: RevokeShareTokenInput): Promise<ShareToken> {
  requirePermission(context.principal, 'revokeShareToken');
  const path = ['input', 'shareTokenId'];
  const uuid = uuidOf('ShareToken', input.shareTokenId, path);
  const { shareTokenId } = await once(context, 'revokeShareToken', { ...input }, async tx => {
    if (!uuid || !(await shareTokenById(tx, uuid))) throw new UserError('NOT_FOUND', 'Name a share token that exists.', { path });
    await revokeKey(tx, uuid);
    return { shareTokenId: uuid };
  });
  return (await within(context, tx => shareTokenById(tx, shareTokenId)))!;
}

/**
 * A page of share tokens for each project, newest first, including revoked and expired ones.
 * @throws UserError ROLE_NOT_PERMITTED, SCOPE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_CURSOR
 */
export async function listShareTokens(
  context: OperationContext,
  projectIds: readonly string[],
  page: PageRequest,
): Promise<Page<ShareToken>[]> {
  requirePermission(context.principal, 'shareTokens');
  const window = readPage(page, keysetCursor);
  const read = shareTokensOfProject;
  return countedPages(context, read, projectIds, tx => pagesOf<ShareToken>(tx, read, projectIds, window));
}
