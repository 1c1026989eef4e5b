import { LeaseLost } from '../store/run-leases.js';

/**
 * Until when a lease holds, by the monotonic clock of this machine: a process that was frozen, or cannot reach the database,
 * knows by itself that its time is over.
 */
export class LeaseClock {
  private endsAt: number;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param begunAt performance.now() before the lease was asked for
   * @param onEnd called when something is to be sent after its end, and by itself once no renewal has come for half a lease more:
   *   one that is late is no loss as long as nothing is sent
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

  /** @param begunAt performance.now() before the renewal was asked for */
  renewed(begunAt: number): void {
    this.endsAt = Math.max(this.endsAt, begunAt + this.leaseMs);
  }

  /** @throws LeaseLost where it has run out */
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
