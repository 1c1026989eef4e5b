import { setTimeout as sleep } from 'node:timers/promises';
import type { LimitWait, RunWait } from '../store/runs.js';

interface Waiter {
  runId: string;
  tenantId: string;
  go: () => void;
}

/**
 * Limits the runs that work at the same time: in total, and for each tenant. A run that waits for a rate limit gives up its slot
 * and takes one again after the wait. The tenant with the fewest slots is served first; before it, a tenant that has no run in
 * this process.
 */
export class RunSlots {
  /** Tenant of each run that has a slot. */
  private readonly held = new Map<string, string>();
  private waiting: Waiter[] = [];
  /** Whether one slot stays free for a tenant that has no run here. */
  private isOneReserved = false;
  /** A new run took the reserved slot. The next free one is for a run that returns, otherwise new ones could take all. */
  private owesReturn = false;

  constructor(
    private readonly total: number,
    private readonly perTenant: number,
  ) {}

  hasRoomFor(tenantId: string): boolean {
    return this.held.size < this.total && this.heldBy(tenantId) < this.perTenant;
  }

  /** The caller checks `hasRoomFor` first. */
  take(runId: string, tenantId: string): void {
    this.owesReturn ||= this.isOneReserved && this.waiting.length > 0;
    this.held.set(runId, tenantId);
  }

  has(runId: string): boolean {
    return this.held.has(runId);
  }

  release(runId: string): void {
    if (this.held.delete(runId)) this.serve();
  }

  /** Runs that return would take every slot otherwise, and a run that has not begun none. */
  reserveOne(isReserved: boolean): void {
    this.isOneReserved = isReserved;
    this.serve();
  }

  private mayReturn(tenantId: string): boolean {
    return this.hasRoomFor(tenantId) && this.held.size < this.total - (this.isOneReserved && !this.owesReturn ? 1 : 0);
  }

  private giveBack(runId: string, tenantId: string): void {
    this.held.set(runId, tenantId);
    this.owesReturn = false;
  }

  private serve(): void {
    for (;;) {
      const next = this.waiting
        .filter(({ tenantId }) => this.mayReturn(tenantId))
        .toSorted((a, b) => this.heldBy(a.tenantId) - this.heldBy(b.tenantId))[0];
      if (!next) return;
      this.waiting = this.waiting.filter(each => each !== next);
      this.giveBack(next.runId, next.tenantId);
      next.go();
    }
  }

  /** Resolves when the run has a slot again. `onQueued` is called if it must wait for one. */
  async retake(runId: string, tenantId: string, signal: AbortSignal, onQueued: () => void): Promise<void> {
    signal.throwIfAborted();
    if (this.held.has(runId)) return;
    if (this.mayReturn(tenantId)) return this.giveBack(runId, tenantId);
    onQueued();
    await new Promise<void>((resolve, reject) => {
      const abort = () => {
        this.waiting = this.waiting.filter(each => each !== waiter);
        reject(signal.reason);
      };
      const go = () => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
      const waiter = { runId, tenantId, go };
      signal.addEventListener('abort', abort, { once: true });
      this.waiting.push(waiter);
    });
  }

  private heldBy(tenantId: string): number {
    let held = 0;
    for (const each of this.held.values()) if (each === tenantId) held++;
    return held;
  }
}

/** During a shorter wait the run keeps its slot: calls are spread over a rate window, with waits of a few milliseconds. */
export const longWaitMs = 2_000;

/** The slot of one run. Several of its calls can wait at the same time. */
export class RunSlot {
  private retaking: Promise<void> | null = null;
  private readonly waits = new Set<RunWait>();

  constructor(
    private readonly slots: RunSlots,
    private readonly about: {
      runId: string;
      organizationId: string;
      signal: AbortSignal;
      /** Called when the slot is free for other runs. */
      onReleased: () => void;
      /** Called if no slot is free after the wait. */
      onQueued: () => void;
    },
  ) {}

  /** The wait that ends first; null while the run has its slot. */
  get wait(): RunWait | null {
    if (this.slots.has(this.about.runId)) return null;
    return [...this.waits].toSorted((a, b) => a.until.getTime() - b.until.getTime())[0] ?? null;
  }

  /** Waits. During a long wait the slot is free for other runs. */
  async waitWithoutSlot(ms: number, reason: LimitWait): Promise<void> {
    if (ms < longWaitMs) return;
    const { runId, organizationId, signal, onReleased, onQueued } = this.about;
    this.slots.release(runId);
    onReleased();
    const wait = { until: new Date(Date.now() + ms), reason };
    this.waits.add(wait);
    try {
      await sleep(ms, undefined, { signal });
    } finally {
      this.waits.delete(wait);
    }
    this.retaking ??= this.slots.retake(runId, organizationId, signal, onQueued).finally(() => {
      this.retaking = null;
    });
    await this.retaking;
  }
}
