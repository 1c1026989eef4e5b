import { LeaseLost } from '../store/run-leases.js';

/**
 * Measures the time of a lease with the monotonic clock of this machine. A process that was frozen, or cannot reach the database,
 * notices by itself that its lease has expired.
 */
export class LeaseClock {
  private endsAt: number;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param begunAt performance.now() before the lease was requested
   * @param onEnd called when something is about to be sent after the end of the lease, and in any case half a lease after its end:
   *   a late renewal does no harm if nothing was sent meanwhile
   */
  constructor(
    private readonly runId: string,
    private readonly leaseMs: number,
    begunAt: number,
    private readonly onEnd: (lost: LeaseLost) => void,
  ) {
    this.endsAt = begunAt + leaseMs;
    this.watch();
  }

  /** @param begunAt performance.now() before the renewal */
  renewed(begunAt: number): void {
    this.endsAt = Math.max(this.endsAt, begunAt + this.leaseMs);
  }

  /** @throws LeaseLost if the lease has expired */
  check(): void {
    if (performance.now() < this.endsAt) return;
    const lost = new LeaseLost(this.runId);
    this.onEnd(lost);
    throw lost;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private watch(): void {
    const left = this.endsAt + this.leaseMs / 2 - performance.now();
    if (left <= 0) this.onEnd(new LeaseLost(this.runId));
    else this.timer = setTimeout(() => this.watch(), left);
  }
}
