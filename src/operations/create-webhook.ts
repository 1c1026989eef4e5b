import { randomUUID } from 'node:crypto';
import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { Secret } from '../domain/model/secret.js';
import { maxWebhooks, type Webhook } from '../domain/model/webhook.js';
import type { Tx } from '../store/transaction.js';
import { insertWebhook, isProjectBelow, lockAndCountWebhooks, webhookById } from '../store/webhooks.js';
import { requirePermission } from '../tenancy/permissions.js';
import { apiKeyPlace, webhookPlace } from '../tenancy/secret-places.js';
import { generateWebhookSecret } from '../tenancy/webhook-secret.js';
import { type OperationContext, within } from './context.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { organizationInReach } from './organization-in-reach.js';
import { checkEventTypes, checkUrl } from './webhook-in-reach.js';

export interface CreateWebhookInput {
  organizationId?: string | null;
  projectId?: string | null;
  url: string;
  eventTypes?: readonly string[] | null;
  description?: string | null;
  idempotencyKey?: string | null;
}

/**
 * Stores an address that gets the events from now on. This answer shows its secret; a repetition with the same idempotencyKey
 * shows it again, because the first answer may be lost.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND, TOO_MANY_WEBHOOKS
 */
export async function createWebhook(
  context: OperationContext,
  input: CreateWebhookInput,
): Promise<{ webhook: Webhook; secret: Secret }> {
  requirePermission(context.principal, 'createWebhook');
  const check = new InputCheck();
  const url = checkUrl(check, input.url);
  const eventTypes = checkEventTypes(check, input.eventTypes);
  const description = check.optionalText('description', input.description);
  check.done();
  await checkTarget(context, url);
  const { webhookId, sealed } = await once(context, 'createWebhook', { ...input }, async tx => {
    const organization = await organizationInReach(context, tx, input.organizationId, 'organizationId');
    if ((await lockAndCountWebhooks(tx, organization.id)) >= maxWebhooks)
      throw new UserError('TOO_MANY_WEBHOOKS', `Remove a webhook first: an organization has at most ${maxWebhooks}.`);
    const projectId = await projectBelow(tx, organization.id, input.projectId);
    const id = randomUUID();
    const secret = generateWebhookSecret();
    await insertWebhook(tx, {
      id,
      organizationId: organization.id,
      projectId,
      url,
      description,
      eventTypes,
      createdBy: context.principal.name,
      sealedSecrets: [context.secretBox.seal(secret, webhookPlace(id))],
    });
    return { webhookId: id, sealed: context.secretBox.seal(secret, apiKeyPlace) };
  });
  const webhook = await within(context, tx => webhookById(tx, webhookId));
  if (!webhook) throw new UserError('NOT_FOUND', 'The webhook was removed. Create it with another idempotencyKey.');
  return { webhook, secret: context.secretBox.open(sealed, apiKeyPlace) };
}

/** @throws UserError INVALID_INPUT */
export async function checkTarget({ refuseWebhookUrl }: OperationContext, url: string): Promise<void> {
  const refusal = await refuseWebhookUrl(url);
  if (refusal) throw new UserError('INVALID_INPUT', refusal, { path: ['input', 'url'] });
}

/** @throws UserError MALFORMED_ID, NOT_FOUND */
async function projectBelow(tx: Tx, organizationId: string, id: string | null | undefined): Promise<string | null> {
  if (id === null || id === undefined) return null;
  const path = ['input', 'projectId'];
  const uuid = uuidOf('Project', id, path);
  if (uuid && (await isProjectBelow(tx, organizationId, uuid))) return uuid;
  throw new UserError('NOT_FOUND', 'Name a project of the organization, or of one below it.', { path });
}
