import { randomUUID } from 'node:crypto';
import { beginAttaching, endAttaching, keepAttaching } from '../store/recording-queue.js';
import { type OperationContext, within } from './context.js';

/** Short: after a crash somebody else may look soon. */
const leaseMs = 20_000;
const renewMs = 5_000;

/**
 * The right to upload one recording, kept alive by short transactions while the upload continues: no row is locked and no
 * connection held meanwhile.
 */
export class AttachLease {
  private readonly lost = new AbortController();
  private renewing = false;
  private until = performance.now() + leaseMs;
  private readonly timer: NodeJS.Timeout;

  private constructor(
    private readonly context: OperationContext,
    private readonly recordingId: string,
    readonly token: string,
  ) {
    this.timer = setInterval(() => void this.renew(), renewMs);
  }

  /** @returns null where somebody else has it */
  static async take(context: OperationContext, recordingId: string, idempotencyKey: string | null): Promise<AttachLease | null> {
    const token = randomUUID();
    const by = { token, name: context.principal.name, idempotencyKey };
    const begun = await within(context, tx => beginAttaching(tx, recordingId, by, leaseMs));
    return begun ? new AttachLease(context, recordingId, token) : null;
  }

  /** Aborted once somebody else may have it. */
  get signal(): AbortSignal {
    return this.lost.signal;
  }

  /** Gives it back where it is still ours; what can't be given back ends by itself. */
  async giveUp(): Promise<void> {
    clearInterval(this.timer);
    await within(this.context, tx => endAttaching(tx, this.recordingId, this.token)).catch(() => {});
  }

  private async renew(): Promise<void> {
    if (this.renewing) return;
    this.renewing = true;
    const begun = performance.now();
    try {
      const kept = await within(this.context, tx => keepAttaching(tx, this.recordingId, this.token, leaseMs));
      if (kept) this.until = begun + leaseMs;
      else this.lost.abort();
    } catch {
      // The database is away for a moment: the lease still has time, or has not.
      if (performance.now() + renewMs > this.until) this.lost.abort();
    } finally {
      this.renewing = false;
    }
  }
}
