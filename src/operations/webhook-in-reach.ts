import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import { projectEventTypes } from '../domain/model/project-event.js';
import type { Webhook } from '../domain/model/webhook.js';
import type { Tx } from '../store/transaction.js';
import { coversProject, webhookById } from '../store/webhooks.js';
import type { InputCheck } from './input-check.js';

const longestUrl = 2_000;

/** @throws UserError MALFORMED_ID, NOT_FOUND */
export async function webhookInReach(tx: Tx, id: string): Promise<Webhook> {
  const path = ['input', 'webhookId'];
  const uuid = uuidOf('Webhook', id, path);
  const webhook = uuid && (await webhookById(tx, uuid));
  if (!webhook) throw new UserError('NOT_FOUND', 'Name a webhook that exists.', { path });
  return webhook;
}

/** A project that a webhook covers: the named one, or its own. @throws UserError MALFORMED_ID, NOT_FOUND */
export async function coveredProject(
  tx: Tx,
  webhook: Webhook,
  id: string | null,
  path: readonly string[],
): Promise<string | null> {
  if (id === null) return webhook.projectId;
  const uuid = uuidOf('Project', id, path);
  if (uuid && (await coversProject(tx, webhook.id, uuid))) return uuid;
  throw new UserError('NOT_FOUND', 'Name a project that the webhook gets the events of.', { path });
}

/** The types without repetitions; empty for all. */
export function checkEventTypes(check: InputCheck, types: readonly string[] | null | undefined): string[] {
  const unknown = (types ?? []).find(type => !Object.hasOwn(projectEventTypes, type));
  if (unknown !== undefined) check.add('eventTypes', 'Give types that docs/reference/events.md lists.');
  return [...new Set(types ?? [])];
}

/** Checks everything but the host, which is looked up. */
export const checkUrl = (check: InputCheck, url: string) => check.text('url', url, longestUrl);
