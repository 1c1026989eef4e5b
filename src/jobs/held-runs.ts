import type { HaltReason } from '../store/run-work.js';
import type { RunWait } from '../store/runs.js';

/** Most runs in memory, as a multiple of the runs that work at the same time. It includes runs that wait for a rate limit. */
const maxHeldFactor = { all: 4, perTenant: 2 };
/** A run that is put back must wait at least this long: its preparation is repeated. */
const minWaitMs = 60_000;
/** Or it has been held this long, and a tenant has no run at all. */
const minHeldMs = 600_000;

/** A run that this process has taken. */
export interface HeldRun {
  organizationId: string;
  /** performance.now() before its lease was requested. */
  begunAt: number;
  done: Promise<void>;
  halt: (reason: HaltReason) => void;
  /** What it waits for without a slot; null if it works. */
  wait: () => RunWait | null;
  /** Set when it is put back into the queue, to continue after this wait. */
  putBack: RunWait | null;
}

/** The runs in memory: limited in total, and for each tenant. */
export class HeldRuns {
  private readonly runs = new Map<string, HeldRun>();

  constructor(private readonly limits: { concurrentRuns: number; runsPerTenant: number }) {}

  has(runId: string): boolean {
    return this.runs.has(runId);
  }

  add(runId: string, held: HeldRun): void {
    this.runs.set(runId, held);
  }

  delete(runId: string): void {
    this.runs.delete(runId);
  }

  all(): HeldRun[] {
    return [...this.runs.values()];
  }

  heldBy(tenantId: string): number {
    return this.all().filter(({ organizationId }) => organizationId === tenantId).length;
  }

  hasRoomFor(tenantId: string): boolean {
    return !this.isFull && this.isBelowShare(tenantId);
  }

  /**
   * Puts a run that waits for a limit back into the queue for each of these tenants. Runs that wait would keep all places otherwise.
   * The tenant of that run has at least two more runs than the other one, or the other has none: they would change places for ever.
   * @param tenantIds those for which a slot is free
   */
  makeRoomFor(tenantIds: ReadonlySet<string>, now = performance.now()): void {
    let leaving = this.all().filter(({ putBack }) => putBack).length;
    for (const tenantId of tenantIds) {
      if (!this.isFull) return;
      if (!this.isBelowShare(tenantId)) continue;
      if (leaving > 0) leaving--;
      else this.putBackFor(tenantId, now);
    }
  }

  private get isFull(): boolean {
    return this.runs.size >= maxHeldFactor.all * this.limits.concurrentRuns;
  }

  private isBelowShare(tenantId: string): boolean {
    return this.heldBy(tenantId) < maxHeldFactor.perTenant * this.limits.runsPerTenant;
  }

  /** Of the tenant with the most runs, the one that waits longest. */
  private putBackFor(tenantId: string, now: number): void {
    const own = this.heldBy(tenantId);
    const found = this.all()
      .filter(({ putBack, organizationId }) => !putBack && this.heldBy(organizationId) > (own === 0 ? 0 : own + 1))
      .flatMap(held => {
        const wait = held.wait();
        const isWorthIt =
          wait && (wait.until.getTime() - Date.now() >= minWaitMs || (own === 0 && now - held.begunAt >= minHeldMs));
        return isWorthIt ? [{ held, wait, ofTenant: this.heldBy(held.organizationId) }] : [];
      })
      .toSorted((a, b) => b.ofTenant - a.ofTenant || b.wait.until.getTime() - a.wait.until.getTime())[0];
    if (!found) return;
    found.held.putBack = found.wait;
    found.held.halt('PLACE');
  }
}
