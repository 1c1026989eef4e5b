import type { Log } from '../domain/ports/log.js';
import { type WakeUps, webhooksTopic } from '../domain/ports/wake-ups.js';
import type { Database } from '../store/data-source.js';
import { type Tx, transactionFor } from '../store/transaction.js';
import { releaseWebhook, takeWebhook, WebhookTaken, webhooksToSend } from '../store/webhook-sending.js';
import { type WebhookOptions, WebhookPass } from './webhook-pass.js';

/** Webhooks that a process serves at the same time, in total and of one organization. */
const [maxConcurrent, maxPerTenant] = [12, 3];
/** Wake-ups can be lost, and other processes can end, so all webhooks are looked at again after this time. */
const longestSweepMs = 10_000;
/** Shortest time between two looks: a load changes its run many times a second. */
const pauseMs = 200;
/** Wait after an error of the database. */
const retryMs = 2_000;
const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Sends the events of all webhooks. Several processes can do so: a lease decides which of them sends the events of a webhook. */
export class WebhookSender {
  /** The webhooks that this process serves, and their organizations. */
  private readonly serving = new Map<string, { organizationId: string; done: Promise<void> }>();
  /** Projects whose webhooks are looked at next; null for all. */
  private changed: Set<string> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private timerAt = 0;
  private looking: Promise<void> | null = null;
  private lookedAt = Number.NEGATIVE_INFINITY;
  /** When all webhooks were looked at. */
  private sweptAt = Number.NEGATIVE_INFINITY;
  private stopping = false;
  private unsubscribe = () => {};

  private readonly sweepMs: number;

  constructor(private readonly options: WebhookOptions & { database: Database; wakeUps: WakeUps; log: Log }) {
    this.sweepMs = Math.min(longestSweepMs, options.leaseMs);
  }

  start(): void {
    this.unsubscribe = this.options.wakeUps.listenToAll(topic => {
      if (topic === null || topic === webhooksTopic) this.changed = null;
      else if (isUuid.test(topic)) this.changed?.add(topic);
      this.lookIn(0);
    });
    this.lookIn(0);
  }

  /** Waits until the calls in flight are answered and committed. Other processes can continue. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.unsubscribe();
    if (this.timer) clearTimeout(this.timer);
    await this.looking;
    await Promise.all([...this.serving.values()].map(({ done }) => done));
  }

  /** Looks for webhooks to serve, unless an earlier look is scheduled. */
  private lookIn(ms: number): void {
    const at = Math.max(performance.now() + ms, this.lookedAt + pauseMs);
    if (this.stopping || (this.timer && this.timerAt <= at)) return;
    if (this.timer) clearTimeout(this.timer);
    this.timerAt = at;
    this.timer = setTimeout(
      () => {
        this.timer = null;
        // A look in progress ends first.
        this.looking = (this.looking ?? Promise.resolve()).then(() => this.look());
      },
      Math.max(0, at - performance.now()),
    );
  }

  private async look(): Promise<void> {
    const { database, log } = this.options;
    this.lookedAt = performance.now();
    const changed = this.lookedAt - this.sweptAt >= this.sweepMs ? null : this.changed;
    if (changed === null) this.sweptAt = this.lookedAt;
    this.changed = new Set();
    try {
      const found = this.stopping || changed?.size === 0 ? [] : await webhooksToSend(database, changed && [...changed]);
      for (const { webhookId, organizationId } of found) {
        if (!this.hasRoomFor(webhookId, organizationId)) continue;
        this.serving.set(webhookId, { organizationId, done: this.serve(webhookId, organizationId) });
      }
      this.lookIn(this.sweepMs);
    } catch (err) {
      log.warn({ err }, 'webhooks could not be read');
      this.changed = null;
      this.lookIn(retryMs);
    }
  }

  private hasRoomFor(webhookId: string, organizationId: string): boolean {
    const served = [...this.serving.values()];
    if (this.stopping || this.serving.has(webhookId) || served.length >= maxConcurrent) return false;
    return served.filter(each => each.organizationId === organizationId).length < maxPerTenant;
  }

  private async serve(webhookId: string, organizationId: string): Promise<void> {
    const { leaseMs, log } = this.options;
    const transact = <T>(work: (tx: Tx) => Promise<T>) => this.transact(organizationId, work);
    let nextMs = 0;
    try {
      const lease = await transact(tx => takeWebhook(tx, { webhookId, organizationId }, leaseMs));
      if (lease) {
        const pass = new WebhookPass(lease, this.options, transact, {
          isStopping: () => this.stopping,
          onRetry: ms => this.lookAtAllIn(ms),
        });
        try {
          await pass.run();
        } finally {
          await transact(tx => releaseWebhook(tx, lease));
        }
      }
    } catch (err) {
      if (err instanceof WebhookTaken) return;
      log.warn({ err, webhookId }, 'the events of a webhook were not sent; they are sent later');
      nextMs = retryMs;
    } finally {
      this.serving.delete(webhookId);
      // Immediately: events that came meanwhile, and webhooks that had no room.
      this.lookAtAllIn(nextMs);
    }
  }

  /** In addition to the scheduled look. */
  private lookAtAllIn(ms: number): void {
    // The regular look comes earlier.
    if (ms >= this.sweepMs || this.stopping) return;
    setTimeout(() => {
      this.changed = null;
      this.lookIn(0);
    }, ms).unref();
  }

  private async transact<T>(organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const { result, touched } = await transactionFor(this.options.database, organizationId, work);
    for (const topic of touched) this.options.wakeUps.publish(topic);
    return result;
  }
}
