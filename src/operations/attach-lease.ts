import { randomUUID } from 'node:crypto';
import { beginAttaching, endAttaching, keepAttaching } from '../store/recording-queue.js';
import { type OperationContext, within } from './context.js';

/**
 * The exclusive right to upload one recording. Short transactions renew it during the upload, so that no row is locked and no
 * connection is in use meanwhile.
 */
export class AttachLease {
  private readonly lost = new AbortController();
  private renewing = false;
  private expiresAt: number;
  private readonly renewMs: number;
  private readonly timer: NodeJS.Timeout;

  private constructor(
    private readonly context: OperationContext,
    private readonly recordingId: string,
    readonly token: string,
  ) {
    this.expiresAt = performance.now() + context.attachLeaseMs;
    this.renewMs = context.attachLeaseMs / 4;
    this.timer = setInterval(() => void this.renew(), this.renewMs);
  }

  /** @returns null if another call has it */
  static async take(context: OperationContext, recordingId: string, idempotencyKey: string | null): Promise<AttachLease | null> {
    const token = randomUUID();
    const by = { token, name: context.principal.name, idempotencyKey };
    const begun = await within(context, tx => beginAttaching(tx, recordingId, by, context.attachLeaseMs));
    return begun ? new AttachLease(context, recordingId, token) : null;
  }

  /** Aborted as soon as another call can have the lease. */
  get signal(): AbortSignal {
    return this.lost.signal;
  }

  /** Ends the lease if it is still valid. If this fails, the lease expires. */
  async release(): Promise<void> {
    clearInterval(this.timer);
    await within(this.context, tx => endAttaching(tx, this.recordingId, this.token)).catch(() => {});
  }

  private async renew(): Promise<void> {
    if (this.renewing) return;
    this.renewing = true;
    const begun = performance.now();
    const { attachLeaseMs } = this.context;
    try {
      const kept = await within(this.context, tx => keepAttaching(tx, this.recordingId, this.token, attachLeaseMs));
      if (kept) this.expiresAt = begun + attachLeaseMs;
      else this.lost.abort();
    } catch {
      // The database is unavailable. The lease is lost if it expires before the next attempt.
      if (performance.now() + this.renewMs > this.expiresAt) this.lost.abort();
    } finally {
      this.renewing = false;
    }
  }
}
