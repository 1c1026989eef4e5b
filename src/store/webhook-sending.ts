import type { ProjectEvent } from '../domain/model/project-event.js';
import type { WebhookAnswer } from '../domain/ports/webhook-endpoint.js';
import { keptText } from '../domain/text/kept-text.js';
import type { Database } from './data-source.js';
import { databaseWork } from './failures.js';
import { eventsAfter } from './project-events.js';
import type { Tx } from './transaction.js';
import { projectsOfWebhook } from './webhooks.js';

/** The right to send the events of a webhook for a limited time. */
export interface WebhookLease {
  webhookId: string;
  organizationId: string;
  /** Rises with each owner. Outcomes of earlier owners are refused. */
  epoch: number;
}

/** What a sender must know of a webhook. It can change between two events. */
export interface WebhookTarget {
  url: string;
  eventTypes: string[];
  /** Those that sign now. */
  sealedSecrets: string[];
}

/** A project whose events are sent next. */
export interface PendingProject {
  projectId: string;
  organizationId: string;
  externalRef: string | null;
  /** Number of the last event that the webhook has handled; 0 for none. */
  seq: number;
  failures: number;
}

/** Thrown if another process sends now, or if the webhook was disabled or removed. */
export class WebhookTaken extends Error {
  override name = 'WebhookTaken';
}

/** Webhooks of all tenants that have something to send. @param changed projects that may have an event; null for all */
export function webhooksToSend(
  database: Database,
  changed: readonly string[] | null,
): Promise<{ webhookId: string; organizationId: string }[]> {
  const sql = 'SELECT webhook_id AS "webhookId", organization_id AS "organizationId" FROM landfall.webhooks_to_send($1)';
  return databaseWork(() => database.query(sql, [changed]));
}

/** Takes a free webhook; null if another process has it, or if it was disabled or removed. */
export async function takeWebhook(
  tx: Tx,
  { webhookId, organizationId }: Omit<WebhookLease, 'epoch'>,
  leaseMs: number,
): Promise<WebhookLease | null> {
  const [rows] = await tx.manager.query<[{ epoch: number }[], number]>(
    `UPDATE landfall.webhooks SET lease_epoch = lease_epoch + 1, lease_until = clock_timestamp() + $2 * interval '1 millisecond'
     WHERE id = $1 AND disabled_at IS NULL AND (lease_until IS NULL OR lease_until < clock_timestamp())
     RETURNING lease_epoch AS epoch`,
    [webhookId, leaseMs],
  );
  return rows[0] ? { webhookId, organizationId, epoch: rows[0].epoch } : null;
}

/** Renews a lease. The row stays locked until the commit. @throws WebhookTaken */
export async function renewWebhook(tx: Tx, { webhookId, epoch }: WebhookLease, leaseMs: number): Promise<WebhookTarget> {
  const [rows] = await tx.manager.query<[WebhookTarget[], number]>(
    `UPDATE landfall.webhooks SET lease_until = clock_timestamp() + $3 * interval '1 millisecond'
     WHERE id = $1 AND lease_epoch = $2 AND disabled_at IS NULL
     RETURNING url, event_types AS "eventTypes",
       CASE WHEN previous_secret_until > clock_timestamp() THEN sealed_secrets ELSE sealed_secrets[1:1] END AS "sealedSecrets"`,
    [webhookId, epoch, leaseMs],
  );
  if (!rows[0]) throw new WebhookTaken();
  return rows[0];
}

/** Another process can send immediately. */
export async function releaseWebhook(tx: Tx, { webhookId, epoch }: WebhookLease): Promise<void> {
  await tx.manager.query('UPDATE landfall.webhooks SET lease_until = NULL WHERE id = $1 AND lease_epoch = $2', [
    webhookId,
    epoch,
  ]);
}

/** The project that has waited longest, and its next events; null if nothing is to be sent now. Call `renewWebhook` first. */
export async function pendingEvents(
  tx: Tx,
  { webhookId }: WebhookLease,
  limit: number,
): Promise<{ project: PendingProject; events: ProjectEvent[] } | null> {
  const [project] = await tx.manager.query<PendingProject[]>(
    `SELECT p.* FROM landfall.webhooks w CROSS JOIN LATERAL (
       SELECT p.id AS "projectId", p.organization_id AS "organizationId", p.external_ref AS "externalRef", coalesce(c.seq, 0) AS seq,
         coalesce(c.failures, 0) AS failures FROM ${projectsOfWebhook} AND p.last_event_seq > coalesce(c.seq, 0)
         AND (c.next_attempt_at IS NULL OR c.next_attempt_at <= clock_timestamp())
       ORDER BY c.moved_at NULLS FIRST, p.id LIMIT 1
     ) AS p WHERE w.id = $1 AND (w.next_attempt_at IS NULL OR w.next_attempt_at <= clock_timestamp())`,
    [webhookId],
  );
  return project ? { project, events: await eventsAfter(tx, project.projectId, project.seq, limit) } : null;
}

/**
 * Moves the position of a project. Call `renewWebhook` first.
 * @param from where it was
 * @returns false if a replay has moved it meanwhile; then it stays
 */
export async function movePosition(
  tx: Tx,
  { webhookId, organizationId }: WebhookLease,
  { projectId, from, to }: { projectId: string; from: number; to: number },
): Promise<boolean> {
  const rows = await tx.manager.query<unknown[]>(
    `INSERT INTO landfall.webhook_positions AS c (webhook_id, project_id, organization_id, seq) VALUES ($1, $2, $3, $5)
     ON CONFLICT (webhook_id, project_id) DO UPDATE SET seq = excluded.seq, moved_at = clock_timestamp(), failures = 0,
       failing_since = NULL, next_attempt_at = NULL WHERE c.seq = $4 RETURNING 1`,
    [webhookId, projectId, organizationId, from, to],
  );
  return rows.length > 0;
}

/** Notes an attempt that succeeded. Call `renewWebhook` first. */
export async function noteSuccess(tx: Tx, { webhookId }: WebhookLease, { status }: WebhookAnswer): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.webhooks SET failures = 0, next_attempt_at = NULL, last_attempt_at = clock_timestamp(),
       last_success_at = clock_timestamp(), last_status = $2, last_error = NULL WHERE id = $1`,
    [webhookId, status],
  );
}

/** Projects that have failed since the last success. From this many on, the address itself counts as down. */
const projectsOfOutage = 3;

/**
 * Notes an attempt that failed, and when it is repeated. If several projects fail, the whole webhook waits. Call `renewWebhook`
 * first.
 * @param waitMs the wait after a number of failures
 * @returns how long the project has been failing, and the wait until the next attempt, in milliseconds
 */
export async function noteFailure(
  tx: Tx,
  { webhookId, organizationId }: WebhookLease,
  project: Pick<PendingProject, 'projectId' | 'seq' | 'failures'>,
  answer: WebhookAnswer,
  waitMs: (failures: number) => number,
): Promise<{ failingMs: number; nextMs: number }> {
  const failures = project.failures + 1;
  const nextMs = Math.max(waitMs(failures), answer.retryAfterMs ?? 0);
  const [position] = await tx.manager.query<{ failingMs: number }[]>(
    `INSERT INTO landfall.webhook_positions AS c (webhook_id, project_id, organization_id, seq, failures, failing_since, next_attempt_at)
     VALUES ($1, $2, $3, $4, $5, clock_timestamp(), clock_timestamp() + $6 * interval '1 millisecond')
     ON CONFLICT (webhook_id, project_id) DO UPDATE SET moved_at = clock_timestamp(), failures = excluded.failures,
       failing_since = coalesce(c.failing_since, excluded.failing_since), next_attempt_at = excluded.next_attempt_at WHERE c.seq = $4
     RETURNING extract(epoch FROM clock_timestamp() - failing_since) * 1000 AS "failingMs"`,
    [webhookId, project.projectId, organizationId, project.seq, failures, nextMs],
  );
  const [[webhook]] = await tx.manager.query<[{ isDown: boolean; failures: number }[], number]>(
    `UPDATE landfall.webhooks w SET last_attempt_at = clock_timestamp(), last_status = $2, last_error = $3, failures = w.failures + 1
     WHERE id = $1 RETURNING w.failures, (SELECT count(*) FROM landfall.webhook_positions c
       WHERE c.webhook_id = w.id AND c.failing_since > coalesce(w.last_success_at, '-infinity')) >= $4 AS "isDown"`,
    [webhookId, answer.status, keptText(answer.error ?? '', 500), projectsOfOutage],
  );
  if (webhook?.isDown) {
    const pauseMs = Math.max(waitMs(Math.max(1, webhook.failures - projectsOfOutage + 1)), answer.retryAfterMs ?? 0);
    const sql = `UPDATE landfall.webhooks SET next_attempt_at = clock_timestamp() + $2 * interval '1 millisecond' WHERE id = $1`;
    await tx.manager.query(sql, [webhookId, pauseMs]);
    return { failingMs: Number(position?.failingMs ?? 0), nextMs: pauseMs };
  }
  return { failingMs: Number(position?.failingMs ?? 0), nextMs };
}
