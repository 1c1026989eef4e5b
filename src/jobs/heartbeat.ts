import { LeaseLost } from '../store/run-leases.js';

/** Callbacks of a heartbeat. */
export interface HeartbeatOptions<Wish> {
  leaseMs: number;
  /** Renews the lease. @returns what a person requested @throws LeaseLost */
  renew: () => Promise<Wish | null>;
  /** @param begunAt performance.now() before the renewal */
  onRenewed: (begunAt: number) => void;
  onWish: (wish: Wish) => void;
  onLost: (error: LeaseLost) => void;
  onFailure: (error: unknown) => void;
}

/** Shortest time between two renewals. */
const minIntervalMs = 150;

/** Keeps a lease: renews it well before it ends, one renewal at a time. */
export class Heartbeat<Wish> {
  private renewedAt = performance.now();
  private renewing = false;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: HeartbeatOptions<Wish>) {
    this.timer = setInterval(() => void this.renewLease(), Math.min(1_000, options.leaseMs / 3));
  }

  /** Renews soon, to learn what a person requested. The commits of the run itself wake it too, so it skips a renewal that is too early. */
  wake(): void {
    if (performance.now() - this.renewedAt >= minIntervalMs) void this.renewLease();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async renewLease(): Promise<void> {
    if (this.renewing) return;
    this.renewing = true;
    const begun = performance.now();
    this.renewedAt = begun;
    const { renew, onRenewed, onWish, onLost, onFailure } = this.options;
    try {
      const wish = await renew();
      onRenewed(begun);
      if (wish) onWish(wish);
    } catch (error) {
      if (error instanceof LeaseLost) onLost(error);
      else onFailure(error);
    } finally {
      this.renewing = false;
    }
  }
}
