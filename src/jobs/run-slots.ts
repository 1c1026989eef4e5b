import { setTimeout as sleep } from 'node:timers/promises';

interface Waiter {
  runId: string;
  tenantId: string;
  go: () => void;
}

/**
 * Who may work at once: so many runs in all, and so many of one tenant. Whoever waits for a limit of another system stands
 * aside and comes back in turn, the tenant first that has least.
 */
export class RunSlots {
  /** Tenant by run. */
  private readonly held = new Map<string, string>();
  private waiting: Waiter[] = [];

  constructor(
    private readonly total: number,
    private readonly perTenant: number,
  ) {}

  hasRoomFor(tenantId: string): boolean {
    return this.held.size < this.total && this.heldBy(tenantId) < this.perTenant;
  }

  /** Whoever begins asks for room first. */
  take(runId: string, tenantId: string): void {
    this.held.set(runId, tenantId);
  }

  giveUp(runId: string): void {
    if (!this.held.delete(runId)) return;
    for (;;) {
      const next = this.waiting
        .filter(({ tenantId }) => this.hasRoomFor(tenantId))
        .toSorted((a, b) => this.heldBy(a.tenantId) - this.heldBy(b.tenantId))[0];
      if (!next) return;
      this.waiting = this.waiting.filter(each => each !== next);
      this.take(next.runId, next.tenantId);
      next.go();
    }
  }

  /** Resolves once the run holds a slot; `onQueued` is called where it must wait for one. */
  async comeBack(runId: string, tenantId: string, signal: AbortSignal, onQueued: () => void): Promise<void> {
    signal.throwIfAborted();
    if (this.held.has(runId)) return;
    if (this.hasRoomFor(tenantId)) return this.take(runId, tenantId);
    onQueued();
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.waiting = this.waiting.filter(each => each !== waiter);
        reject(signal.reason);
      };
      const go = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const waiter = { runId, tenantId, go };
      signal.addEventListener('abort', leave, { once: true });
      this.waiting.push(waiter);
    });
  }

  private heldBy(tenantId: string): number {
    let held = 0;
    for (const each of this.held.values()) if (each === tenantId) held++;
    return held;
  }
}

/** Shorter waits are part of the work: windows are spent evenly, a few milliseconds at a time. */
export const longWaitMs = 2_000;

/** The slot of one run; several of its calls may wait at once. */
export class RunSlot {
  private comingBack: Promise<void> | null = null;

  constructor(
    private readonly slots: RunSlots,
    private readonly about: {
      runId: string;
      organizationId: string;
      signal: AbortSignal;
      /** Called once others may begin. */
      onAside: () => void;
      /** Called where the wait is over, and no slot is free. */
      onQueued: () => void;
    },
  ) {}

  /** Waits, without a slot where it is for long. */
  async standAside(ms: number): Promise<void> {
    if (ms < longWaitMs) return;
    const { runId, organizationId, signal, onAside, onQueued } = this.about;
    this.slots.giveUp(runId);
    onAside();
    await sleep(ms, undefined, { signal });
    this.comingBack ??= this.slots.comeBack(runId, organizationId, signal, onQueued).finally(() => {
      this.comingBack = null;
    });
    await this.comingBack;
  }
}
