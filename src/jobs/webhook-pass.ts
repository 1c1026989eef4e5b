import { LandfallError } from '../domain/model/errors.js';
import { publicId } from '../domain/model/ids.js';
import type { ProjectEvent } from '../domain/model/project-event.js';
import type { Secret } from '../domain/model/secret.js';
import { webhookRetryMs } from '../domain/model/webhook.js';
import { eventMessage } from '../domain/model/webhook-message.js';
import type { UsageMeter } from '../domain/ports/usage-meter.js';
import type { PostWebhook, WebhookAnswer } from '../domain/ports/webhook-endpoint.js';
import { appendEvent } from '../store/project-events.js';
import type { Tx } from '../store/transaction.js';
import {
  movePosition,
  noteFailure,
  noteSuccess,
  type PendingProject,
  pendingEvents,
  renewWebhook,
  type WebhookLease,
  WebhookTaken,
  type WebhookTarget,
} from '../store/webhook-sending.js';
import { disableWebhookRow } from '../store/webhooks.js';

/** Events that are read together. */
const batchSize = 50;
/** After this time, another webhook gets its turn. */
const maxPassMs = 30_000;
/** A webhook is not disabled after fewer failed attempts, however much time has passed. */
const minFailures = 4;

/** Dependencies and limits of the sending of webhooks. */
export interface WebhookOptions {
  postWebhook: PostWebhook;
  usage: UsageMeter;
  /** Decrypts a stored secret. */
  unsealWebhook: (sealed: string, webhookId: string) => Secret;
  /** Longest duration of a call. */
  timeoutMs: number;
  /** Wait after the first failure. */
  retryMs: number;
  /** After this time of failures a webhook is disabled. */
  disableAfterMs: number;
  /** How long a process owns a webhook without sending anything. */
  leaseMs: number;
}

/** Sends the waiting events of one webhook, in order for each project, while the process holds its lease. */
export class WebhookPass {
  private renewedAt = performance.now();

  /**
   * @param transact runs a transaction in the scope of the webhook
   * @param hooks `onRetry` gets the milliseconds until a failed event is sent again
   */
  constructor(
    private readonly lease: WebhookLease,
    private readonly options: WebhookOptions,
    private readonly transact: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
    private readonly hooks: { isStopping: () => boolean; onRetry: (ms: number) => void },
  ) {}

  /** @throws WebhookTaken, and LandfallError DATABASE_UNAVAILABLE: what was sent but not committed is sent again */
  async run(): Promise<void> {
    const end = performance.now() + maxPassMs;
    while (!this.hooks.isStopping() && performance.now() < end) {
      const next = await this.renewed(async (tx, target) => {
        const pending = await pendingEvents(tx, this.lease, batchSize);
        return pending && { ...pending, target };
      });
      if (!next) return;
      await this.sendAll(next.project, next.events, next.target);
    }
  }

  private async sendAll(project: PendingProject, events: readonly ProjectEvent[], first: WebhookTarget): Promise<void> {
    const { projectId } = project;
    let target = first;
    let [seq, failures] = [project.seq, project.failures];
    for (const event of events) {
      if (target.eventTypes.length > 0 && !target.eventTypes.includes(event.type)) continue;
      if (this.hooks.isStopping()) return;
      const answer = await this.send(target, event, project);
      const after = await this.renewed(async (tx, target) => {
        if (!answer.ok) await this.fail(tx, { ...project, seq, failures }, answer);
        else await noteSuccess(tx, this.lease, answer);
        const isMoved = answer.ok && (await movePosition(tx, this.lease, { projectId, from: seq, to: event.seq }));
        return { isMoved, target };
      });
      if (!after.isMoved) return;
      ({ target } = after);
      [seq, failures] = [event.seq, 0];
    }
    // The filter leaves the rest out.
    const to = events.at(-1)!.seq;
    if (to > seq) await this.renewed(tx => movePosition(tx, this.lease, { projectId, from: seq, to }));
  }

  private async send(target: WebhookTarget, event: ProjectEvent, project: PendingProject): Promise<WebhookAnswer> {
    const { postWebhook, unsealWebhook, usage, leaseMs, timeoutMs } = this.options;
    // The process was frozen, or the database was slow: another process may send.
    if (performance.now() > this.renewedAt + leaseMs - timeoutMs) throw new WebhookTaken();
    try {
      const secrets = target.sealedSecrets.map(sealed => unsealWebhook(sealed, this.lease.webhookId));
      usage.add(this.lease.organizationId, { calls: 1 });
      return await postWebhook({ url: target.url, secrets }, eventMessage(event, project));
    } catch (error) {
      if (!(error instanceof LandfallError)) throw error;
      return { ok: false, status: null, error: error.message, retryAfterMs: null };
    }
  }

  private async fail(tx: Tx, project: PendingProject, answer: WebhookAnswer): Promise<void> {
    const { retryMs, disableAfterMs } = this.options;
    const waitMs = (failures: number) => webhookRetryMs(failures, retryMs);
    const { failingMs, nextMs } = await noteFailure(tx, this.lease, project, answer, waitMs);
    const isGone = answer.status === 410;
    if (isGone || (failingMs >= disableAfterMs && project.failures + 1 >= minFailures)) {
      const reason = isGone ? 'GONE' : 'FAILING';
      await disableWebhookRow(tx, this.lease.webhookId, reason);
      await appendEvent(tx, {
        projectId: project.projectId,
        type: 'WEBHOOK_DISABLED',
        message: `A webhook was disabled: its address ${isGone ? 'says that it is gone' : 'has failed for too long'}. enableWebhook continues with event ${project.seq + 1}.`,
        data: { webhookId: publicId('Webhook', this.lease.webhookId), reason },
      });
    } else this.hooks.onRetry(nextMs);
  }

  /** A transaction that holds the lease, and renews it. @throws WebhookTaken */
  private async renewed<T>(work: (tx: Tx, target: WebhookTarget) => Promise<T>): Promise<T> {
    const begunAt = performance.now();
    const result = await this.transact(async tx => work(tx, await renewWebhook(tx, this.lease, this.options.leaseMs)));
    this.renewedAt = begunAt;
    return result;
  }
}
