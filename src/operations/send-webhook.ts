import { randomUUID } from 'node:crypto';
import { UserError } from '../domain/model/errors.js';
import type { Secret } from '../domain/model/secret.js';
import type { Webhook } from '../domain/model/webhook.js';
import { pingMessage } from '../domain/model/webhook-message.js';
import type { WebhookAnswer } from '../domain/ports/webhook-endpoint.js';
import { addSecret, sealedSecretsOf, setPositions } from '../store/webhooks.js';
import { requirePermission } from '../tenancy/permissions.js';
import { apiKeyPlace, webhookPlace } from '../tenancy/secret-places.js';
import { generateWebhookSecret } from '../tenancy/webhook-secret.js';
import { act, type WebhookActionInput } from './change-webhook.js';
import { type OperationContext, within } from './context.js';
import { once } from './once.js';
import { coveredProject, webhookInReach } from './webhook-in-reach.js';

export interface ReplayWebhookInput extends WebhookActionInput {
  projectId?: string | null;
  after: number;
}

/**
 * Sends again what follows a number, in one project or in all of them; a number after the position skips what is between.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND
 */
export function replayWebhook(context: OperationContext, input: ReplayWebhookInput): Promise<Webhook> {
  return act(context, 'replayWebhook', input, async (tx, webhook) => {
    if (input.after < 0) throw new UserError('INVALID_INPUT', 'Give 0 or the number of an event.', { path: ['input', 'after'] });
    const projectId = await coveredProject(tx, webhook, input.projectId ?? null, ['input', 'projectId']);
    await setPositions(tx, webhook.id, projectId, input.after);
  });
}

export interface RotateWebhookSecretInput extends WebhookActionInput {
  overlapHours?: number | null;
}

const [defaultOverlapHours, maxOverlapHours] = [24, 168];

/**
 * Gives a webhook another secret, which this answer shows. The one before signs too for some hours.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND
 */
export async function rotateWebhookSecret(
  context: OperationContext,
  input: RotateWebhookSecretInput,
): Promise<{ webhook: Webhook; secret: Secret }> {
  requirePermission(context.principal, 'rotateWebhookSecret');
  const hours = input.overlapHours ?? defaultOverlapHours;
  if (hours < 0 || hours > maxOverlapHours)
    throw new UserError('INVALID_INPUT', `Give 0 to ${maxOverlapHours} hours.`, { path: ['input', 'overlapHours'] });
  const { sealed } = await once(context, 'rotateWebhookSecret', { ...input }, async tx => {
    const { id } = await webhookInReach(tx, input.webhookId);
    const secret = generateWebhookSecret();
    await addSecret(tx, id, context.secretBox.seal(secret, webhookPlace(id)), hours);
    return { sealed: context.secretBox.seal(secret, apiKeyPlace) };
  });
  const webhook = await within(context, tx => webhookInReach(tx, input.webhookId));
  return { webhook, secret: context.secretBox.open(sealed, apiKeyPlace) };
}

/**
 * Sends a PING now, also to a disabled webhook. It changes nothing.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND
 */
export async function testWebhook(context: OperationContext, input: WebhookActionInput): Promise<WebhookAnswer> {
  requirePermission(context.principal, 'testWebhook');
  const { webhook, sealed } = await within(context, async tx => {
    const webhook = await webhookInReach(tx, input.webhookId);
    return { webhook, sealed: await sealedSecretsOf(tx, webhook.id) };
  });
  const secrets = sealed.map(text => context.secretBox.open(text, webhookPlace(webhook.id)));
  return context.postWebhook({ url: webhook.url, secrets }, pingMessage(webhook.id, randomUUID(), new Date()));
}
