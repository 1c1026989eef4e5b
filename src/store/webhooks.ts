import type { Keyset, PageWindow, Slice } from '../domain/model/page.js';
import type { Webhook, WebhookDisabledReason } from '../domain/model/webhook.js';
import { WebhookRow } from './entities/webhook-row.js';
import { type List, pagesOf } from './pages.js';
import type { Tx } from './transaction.js';

/** The projects of a webhook `w` as `p`, each with its position `c`, if it has one. */
export const projectsOfWebhook = `landfall.projects p JOIN landfall.organizations o ON o.id = p.organization_id
  LEFT JOIN landfall.webhook_positions c ON c.webhook_id = w.id AND c.project_id = p.id
  WHERE (w.project_id IS NULL OR p.id = w.project_id) AND o.path @> ARRAY[w.organization_id]`;

/** The visible webhooks among these, in any order. */
export async function webhooksById(tx: Tx, ids: readonly string[]): Promise<Webhook[]> {
  if (ids.length === 0) return [];
  return tx.manager.query(
    `SELECT w.id, w.organization_id AS "organizationId", w.project_id AS "projectId", w.url, w.description, w.event_types AS "eventTypes",
       CASE WHEN w.previous_secret_until > clock_timestamp() THEN w.previous_secret_until END AS "previousSecretUntil",
       w.created_at AS "createdAt", w.created_by AS "createdBy", w.disabled_at AS "disabledAt", w.disabled_reason AS "disabledReason",
       w.last_attempt_at AS "lastAttemptAt", w.last_success_at AS "lastSuccessAt", w.last_status AS "lastStatus", w.last_error AS "lastError",
       state."failingSince", greatest(w.next_attempt_at, state."nextAttemptAt") AS "nextAttemptAt", state.undelivered
     FROM landfall.webhooks w CROSS JOIN LATERAL (
       SELECT coalesce(sum(p.last_event_seq - coalesce(c.seq, 0)), 0)::int AS undelivered, min(c.failing_since) AS "failingSince",
         min(c.next_attempt_at) AS "nextAttemptAt" FROM ${projectsOfWebhook}
     ) AS state WHERE w.id = ANY ($1)`,
    [ids],
  );
}

export async function webhookById(tx: Tx, id: string): Promise<Webhook | null> {
  return (await webhooksById(tx, [id]))[0] ?? null;
}

/** All visible webhooks, newest first; of one organization, one project, or both. */
export const webhookList = (organizationId: string | null, projectId: string | null): List => ({
  rows: `SELECT w.id, w.created_at AS at FROM landfall.webhooks w
     WHERE ($2::uuid IS NULL OR w.organization_id = $2) AND ($3::uuid IS NULL OR w.project_id = $3)`,
  parameters: [organizationId, projectId],
  order: 'NEWEST',
});

export async function pagesOfWebhooks(
  tx: Tx,
  list: List,
  parentIds: readonly string[],
  window: PageWindow<Keyset>,
): Promise<Slice<Webhook>[]> {
  const pages = await pagesOf<{ id: string }>(tx, list, parentIds, window);
  const found = await webhooksById(
    tx,
    pages.flatMap(({ items }) => items.map(({ id }) => id)),
  );
  const byId = new Map(found.map(webhook => [webhook.id, webhook]));
  return pages.map(page => ({ ...page, items: page.items.flatMap(({ id }) => byId.get(id) ?? []) }));
}

/** How many webhooks an organization has. Concurrent calls for it wait for each other until their transactions end. */
export async function lockAndCountWebhooks(tx: Tx, organizationId: string): Promise<number> {
  await tx.manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`webhooks ${organizationId}`]);
  return tx.manager.countBy(WebhookRow, { organizationId });
}

/** Stores a webhook that gets the events from now on, and all events of projects that are created later. */
export async function insertWebhook(
  tx: Tx,
  row: Pick<Webhook, 'id' | 'organizationId' | 'projectId' | 'url' | 'description' | 'eventTypes' | 'createdBy'> & {
    sealedSecrets: string[];
  },
): Promise<void> {
  await tx.manager.insert(WebhookRow, row);
  await tx.manager.query(
    `INSERT INTO landfall.webhook_positions (webhook_id, project_id, organization_id, seq)
     SELECT w.id, p.id, w.organization_id, p.last_event_seq FROM landfall.webhooks w CROSS JOIN LATERAL (
       SELECT p.id, p.last_event_seq FROM ${projectsOfWebhook}
     ) AS p WHERE w.id = $1`,
    [row.id],
  );
}

export async function updateWebhookRow(
  tx: Tx,
  id: string,
  changes: Partial<Pick<Webhook, 'url' | 'description' | 'eventTypes'>>,
): Promise<void> {
  if (Object.keys(changes).length > 0) await tx.manager.update(WebhookRow, id, changes);
}

export async function deleteWebhook(tx: Tx, id: string): Promise<void> {
  await tx.manager.delete(WebhookRow, id);
}

/** Adds a secret. The one before signs too for some hours; older ones end. */
export async function addSecret(tx: Tx, id: string, sealed: string, overlapHours: number): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.webhooks SET sealed_secrets = ARRAY[$2, sealed_secrets[1]],
       previous_secret_until = clock_timestamp() + $3 * interval '1 hour' WHERE id = $1`,
    [id, sealed, overlapHours],
  );
}

/** The encrypted secrets that sign now. */
export async function sealedSecretsOf(tx: Tx, id: string): Promise<string[]> {
  const [row] = await tx.manager.query<{ sealed: string[] }[]>(
    `SELECT CASE WHEN previous_secret_until > clock_timestamp() THEN sealed_secrets ELSE sealed_secrets[1:1] END AS sealed
     FROM landfall.webhooks WHERE id = $1`,
    [id],
  );
  return row?.sealed ?? [];
}

/** Stops a webhook. It keeps its positions. */
export async function disableWebhookRow(tx: Tx, id: string, reason: WebhookDisabledReason): Promise<void> {
  await tx.manager.query(
    'UPDATE landfall.webhooks SET disabled_at = clock_timestamp(), disabled_reason = $2 WHERE id = $1 AND disabled_at IS NULL',
    [id, reason],
  );
}

/** Lets a webhook send again, immediately and with no failures counted. */
export async function resetWebhook(tx: Tx, id: string): Promise<void> {
  await tx.manager.query('UPDATE landfall.webhooks SET disabled_at = NULL, disabled_reason = NULL WHERE id = $1', [id]);
  await forgetFailures(tx, id);
}

/** Tries failed events again immediately. */
export async function forgetFailures(tx: Tx, id: string): Promise<void> {
  await tx.manager.query('UPDATE landfall.webhooks SET failures = 0, next_attempt_at = NULL WHERE id = $1', [id]);
  await tx.manager.query(
    'UPDATE landfall.webhook_positions SET failures = 0, failing_since = NULL, next_attempt_at = NULL WHERE webhook_id = $1',
    [id],
  );
}

/**
 * Sets the position of one project, or of all projects of a webhook: the next event that is sent is the one after it, or after
 * the newest event of the project, if that is earlier.
 */
export async function setPositions(tx: Tx, id: string, projectId: string | null, seq: number): Promise<void> {
  await tx.manager.query(
    `INSERT INTO landfall.webhook_positions AS c (webhook_id, project_id, organization_id, seq)
     SELECT w.id, p.id, w.organization_id, least($3, p.last_event_seq) FROM landfall.webhooks w CROSS JOIN LATERAL (
       SELECT p.id, p.last_event_seq FROM ${projectsOfWebhook} AND ($2::uuid IS NULL OR p.id = $2)
     ) AS p WHERE w.id = $1
     ON CONFLICT (webhook_id, project_id) DO UPDATE SET seq = excluded.seq, moved_at = clock_timestamp(), failures = 0,
       failing_since = NULL, next_attempt_at = NULL`,
    [id, projectId, seq],
  );
}

/** Whether a project belongs to an organization or to one below it. */
export async function isProjectBelow(tx: Tx, organizationId: string, projectId: string): Promise<boolean> {
  const rows = await tx.manager.query<unknown[]>(
    `SELECT 1 FROM landfall.projects p JOIN landfall.organizations o ON o.id = p.organization_id
     WHERE p.id = $2 AND o.path @> ARRAY[$1::uuid]`,
    [organizationId, projectId],
  );
  return rows.length > 0;
}

/** Whether a project is one of those that the webhook gets events of. */
export async function coversProject(tx: Tx, id: string, projectId: string): Promise<boolean> {
  const rows = await tx.manager.query<unknown[]>(
    `SELECT 1 FROM landfall.webhooks w CROSS JOIN LATERAL (SELECT p.id FROM ${projectsOfWebhook} AND p.id = $2) AS p WHERE w.id = $1`,
    [id, projectId],
  );
  return rows.length > 0;
}

/** The number of the last event of a project that each webhook has handled; 0 for none. */
export async function positionsIn(tx: Tx, ids: readonly string[], projectId: string | null): Promise<Map<string, number>> {
  const rows = await tx.manager.query<{ id: string; seq: number }[]>(
    `SELECT w.id, c.seq FROM landfall.webhooks w JOIN landfall.webhook_positions c
       ON c.webhook_id = w.id AND c.project_id = coalesce($2::uuid, w.project_id) WHERE w.id = ANY ($1)`,
    [ids, projectId],
  );
  return new Map(rows.map(({ id, seq }) => [id, seq]));
}
