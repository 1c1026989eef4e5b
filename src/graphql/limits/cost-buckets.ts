import { LandfallError } from '../../domain/model/errors.js';
import type { GraphQLLimits } from '../../domain/model/graphql-limits.js';

/** With this many buckets, full buckets are removed. */
const maxBuckets = 10_000;

interface Bucket {
  left: number;
  /** Milliseconds of the monotonic clock. */
  at: number;
}

/** One token bucket for each API key or organization. Processes do not share them. */
export class CostBuckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly limits: Pick<GraphQLLimits, 'costPerSecond' | 'costBurst'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @throws LandfallError RATE_LIMITED if the cost is more than the key has left */
  spend(key: string, cost: number): void {
    const bucket = this.bucketOf(key);
    if (bucket.left < Math.min(cost, this.limits.costBurst)) {
      const message = `Send fewer requests: this one costs ${cost}, and ${Math.floor(bucket.left)} is left. ${this.limits.costPerSecond} is regained each second.`;
      throw new LandfallError('RATE_LIMITED', message, { retryable: true });
    }
    bucket.left -= cost;
  }

  /** Returns the unused part of a cost. @returns cost that is left */
  settle(key: string, unused: number): number {
    const bucket = this.bucketOf(key);
    bucket.left = Math.min(this.limits.costBurst, bucket.left + unused);
    return Math.max(0, Math.floor(bucket.left));
  }

  private bucketOf(key: string): Bucket {
    const { costPerSecond, costBurst } = this.limits;
    const now = this.now();
    const bucket = this.buckets.get(key) ?? { left: costBurst, at: now };
    bucket.left = Math.min(costBurst, bucket.left + ((now - bucket.at) / 1_000) * costPerSecond);
    bucket.at = now;
    if (!this.buckets.has(key)) {
      if (this.buckets.size >= maxBuckets) this.removeFull(now);
      this.buckets.set(key, bucket);
    }
    return bucket;
  }

  private removeFull(now: number): void {
    const fullAfterMs = (this.limits.costBurst / this.limits.costPerSecond) * 1_000;
    for (const [key, { at }] of this.buckets) if (now - at > fullAfterMs) this.buckets.delete(key);
  }
}
