/** What happened in one period. */
export interface Period {
  answers: number;
  /** Time-outs, resets and 5xx: signs of a workspace that has too much to do. */
  failures: number;
  /** How long all calls together waited for the rate limit. */
  limitWaitMs: number;
  /** Whether records wait for a slot. */
  areWaiting: boolean;
}

/** At the start: enough to use the rate limit with common latencies, and few calls in flight at the end of a window. */
export const startSize = 24;
const minSize = 4;
/** Records of this many conversations are in memory at the same time. */
const maxSize = 64;
const growth = 1.25;
/** A probe that gains less has reached the plateau. */
const minGain = 1.05;
/** Fewer failures than this share are single faults, which retries handle. */
const maxFailureShare = 0.2;
const minFailures = 5;
/** Calls that wait longer on average are limited by the rate limit. More records would only wait too. */
const limitedMs = 20;
const periodsAtPlateau = 15;
const periodsAfterFailures = 5;

/** How many records are loaded at the same time. It probes a larger number, stays on the plateau, and backs off from failures. */
export class Concurrency {
  private probe: { from: number; answers: number } | null = null;
  private hold = 0;
  size = startSize;

  /** @returns the size for the next period */
  next({ answers, failures, limitWaitMs, areWaiting }: Period): number {
    const calls = answers + failures;
    const probe = this.probe;
    this.probe = null;
    if (failures >= minFailures && failures > calls * maxFailureShare) return this.rest(this.size / 2, periodsAfterFailures);
    const isLimited = limitWaitMs > calls * limitedMs;
    if (probe && areWaiting && !isLimited && answers < probe.answers * minGain) return this.rest(probe.from, periodsAtPlateau);
    if (this.hold > 0) this.hold--;
    else if (calls > 0 && areWaiting && !isLimited && this.size < maxSize) {
      this.probe = { from: this.size, answers };
      this.size = Math.min(maxSize, Math.ceil(this.size * growth));
    }
    return this.size;
  }

  private rest(size: number, periods: number): number {
    this.hold = periods;
    this.size = Math.max(minSize, Math.floor(size));
    return this.size;
  }
}
