import type { Webhook } from '../domain/model/webhook.js';
import { webhooksTopic } from '../domain/ports/wake-ups.js';
import type { Tx } from '../store/transaction.js';
import {
  deleteWebhook,
  disableWebhookRow,
  forgetFailures,
  resetWebhook,
  updateWebhookRow,
  webhookById,
} from '../store/webhooks.js';
import { type Action, requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { checkTarget } from './create-webhook.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { checkEventTypes, checkUrl, webhookInReach } from './webhook-in-reach.js';

export interface WebhookActionInput {
  webhookId: string;
  idempotencyKey?: string | null;
}

/** What is absent or null stays as it is. */
export interface UpdateWebhookInput extends WebhookActionInput {
  url?: string | null;
  eventTypes?: readonly string[] | null;
  description?: string | null;
}

/**
 * Changes what is given. A failed event is sent to the new address immediately.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND
 */
export async function updateWebhook(context: OperationContext, input: UpdateWebhookInput): Promise<Webhook> {
  const check = new InputCheck();
  const changes = {
    ...(typeof input.url === 'string' ? { url: checkUrl(check, input.url) } : {}),
    ...(input.eventTypes ? { eventTypes: checkEventTypes(check, input.eventTypes) } : {}),
    ...(typeof input.description === 'string' ? { description: check.text('description', input.description) } : {}),
  };
  requirePermission(context.principal, 'updateWebhook');
  check.done();
  if (changes.url !== undefined) await checkTarget(context, changes.url);
  return act(context, 'updateWebhook', input, async (tx, { id }) => {
    await updateWebhookRow(tx, id, changes);
    if (changes.url !== undefined) await forgetFailures(tx, id);
  });
}

/**
 * Lets a webhook send again, from the event at which it stopped.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND
 */
export function enableWebhook(context: OperationContext, input: WebhookActionInput): Promise<Webhook> {
  return act(context, 'enableWebhook', input, (tx, { id }) => resetWebhook(tx, id));
}

/**
 * Stops a webhook after the call in flight. Its events wait until it is enabled.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND
 */
export function disableWebhook(context: OperationContext, input: WebhookActionInput): Promise<Webhook> {
  return act(context, 'disableWebhook', input, (tx, { id }) => disableWebhookRow(tx, id, 'PERSON'));
}

/** @returns the id of the removed webhook @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND */
export async function removeWebhook(context: OperationContext, input: WebhookActionInput): Promise<string> {
  requirePermission(context.principal, 'removeWebhook');
  const { webhookId } = await once(context, 'removeWebhook', { ...input }, async tx => {
    const { id } = await webhookInReach(tx, input.webhookId);
    await deleteWebhook(tx, id);
    return { webhookId: id };
  });
  return webhookId;
}

/** Changes a webhook once, lets the senders look, and reads it. */
export async function act(
  context: OperationContext,
  action: Action,
  input: WebhookActionInput,
  change: (tx: Tx, webhook: Webhook) => Promise<void>,
): Promise<Webhook> {
  requirePermission(context.principal, action);
  const { webhookId } = await once(context, action, { ...input }, async tx => {
    const webhook = await webhookInReach(tx, input.webhookId);
    await change(tx, webhook);
    return { webhookId: webhook.id };
  });
  context.wakeUps.publish(webhooksTopic);
  return within(context, async tx => (await webhookById(tx, webhookId)) ?? webhookInReach(tx, input.webhookId));
}
