import { LeaseLost } from '../store/run-leases.js';

/** What a sign of life is given by, and what it brings. */
export interface HeartbeatOptions<Wish> {
  leaseMs: number;
  /** Prolongs the lease and answers what a person wants. @throws LeaseLost */
  renew: () => Promise<Wish | null>;
  /** @param begunAt performance.now() before the renewal was asked for */
  onRenewed: (begunAt: number) => void;
  onWish: (wish: Wish) => void;
  onLost: (error: LeaseLost) => void;
  onFailure: (error: unknown) => void;
}

/** How soon a run sees that it is to pause or to stop. */
const soonMs = 150;

/** Keeps a lease: one sign of life at a time, well before the lease ends. */
export class Heartbeat<Wish> {
  private beatAt = performance.now();
  private beating = false;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: HeartbeatOptions<Wish>) {
    this.timer = setInterval(() => void this.renewHeartbeat(), Math.min(1_000, options.leaseMs / 3));
  }

  /** What a person wants is seen soon; our own commits wake us too, so not at each of them. */
  wake(): void {
    if (performance.now() - this.beatAt >= soonMs) void this.renewHeartbeat();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async renewHeartbeat(): Promise<void> {
    if (this.beating) return;
    this.beating = true;
    const begun = performance.now();
    this.beatAt = begun;
    const { renew, onRenewed, onWish, onLost, onFailure } = this.options;
    try {
      const wish = await renew();
      onRenewed(begun);
      if (wish) onWish(wish);
    } catch (error) {
      if (error instanceof LeaseLost) onLost(error);
      else onFailure(error);
    } finally {
      this.beating = false;
    }
  }
}
