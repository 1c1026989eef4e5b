import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Blocked } from '../domain/model/blocked.js';
import { LandfallError } from '../domain/model/errors.js';
import { Shortage, type ShortageCode } from '../domain/model/shortage.js';
import {
  endLease,
  fence,
  LeaseLost,
  type RunLease,
  renewLease,
  reportWaiting,
  runsToTake,
  takeLease,
} from '../store/run-leases.js';
import { Halted, type HaltReason, type RunWork } from '../store/run-work.js';
import type { RunOutcome } from '../store/runs.js';
import { type Tx, transactionFor } from '../store/transaction.js';
import { Heartbeat } from './heartbeat.js';
import { LeaseClock } from './lease-clock.js';
import type { PlatformDependencies } from './open-platforms.js';
import { blockerOf } from './run-blocker.js';
import { executeRun } from './run-kinds.js';
import { RunSlot, RunSlots } from './run-slots.js';
import type { RunnerOptions } from './runner-options.js';

/** Runs that are held in memory, those that wait for a limit included, as a multiple of those that work at once. */
const heldShare = { all: 4, perTenant: 2 };
/** How long calls in flight may take once it is to stop. */
const graceMs = 3_000;
/** Until an outcome that could not be written is tried again. */
const againMs = 1_000;

interface HeldRun {
  organizationId: string;
  /** performance.now() before its lease was asked for. */
  begunAt: number;
  done: Promise<void>;
  halt: (reason: HaltReason) => void;
}

/** Carries runs out: takes their lease, keeps it, and gives it up. The queue only wakes it; the lease row decides. */
export class Runner {
  private readonly owner = randomUUID();
  private readonly running = new Map<string, HeldRun>();
  private readonly slots: RunSlots;
  private sweeper: NodeJS.Timeout | undefined;
  private sweeping: 'NO' | 'YES' | 'AGAIN' = 'NO';
  private stopping = false;
  private unwritten: Shortage | null = null;

  constructor(private readonly options: RunnerOptions) {
    this.slots = new RunSlots(options.runsAtOnce, options.runsPerTenant);
  }

  /** What keeps an outcome from being written; null where nothing does. */
  get shortage(): ShortageCode | null {
    return this.unwritten?.shortage ?? null;
  }

  /** Takes up what waits now, and looks again for what a dead worker has left. */
  start(): void {
    this.sweeper = setInterval(() => void this.sweep(), Math.max(250, Math.min(5_000, this.options.leaseMs / 3)));
    void this.sweep();
  }

  /** Begins a run if nobody holds it and there is room for it; answers at once. */
  async take(runId: string, organizationId: string): Promise<void> {
    if (this.running.has(runId) || !this.hasRoomFor(organizationId)) return;
    const held: HeldRun = { organizationId, begunAt: performance.now(), done: Promise.resolve(), halt: () => {} };
    this.running.set(runId, held);
    this.slots.take(runId, organizationId);
    const lease = this.transact(organizationId, tx => takeLease(tx, runId, this.owner, this.options.leaseMs));
    held.done = this.hold(held, runId, lease);
    await lease;
  }

  /** Lets what is in flight be committed, and leaves the runs to others. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.sweeper);
    for (const { halt } of this.running.values()) halt('SHUTDOWN');
    await Promise.all([...this.running.values()].map(({ done }) => done));
  }

  private async hold(held: HeldRun, runId: string, lease: Promise<RunLease | null>): Promise<void> {
    const taken = await lease.catch(() => null); // Reported to the caller.
    if (taken) await this.execute(taken, held);
    this.running.delete(runId);
    this.slots.giveUp(runId);
    if (taken) void this.sweep();
  }

  private hasRoomFor(organizationId: string): boolean {
    const { runsAtOnce, runsPerTenant } = this.options;
    if (this.stopping || this.running.size >= heldShare.all * runsAtOnce) return false;
    return this.heldOf(organizationId) < heldShare.perTenant * runsPerTenant && this.slots.hasRoomFor(organizationId);
  }

  private heldOf(organizationId: string): number {
    return [...this.running.values()].filter(held => held.organizationId === organizationId).length;
  }

  /** Takes up what there is room for; of the tenants the one first that has least. */
  private async sweep(): Promise<void> {
    if (this.stopping || this.sweeping !== 'NO') {
      this.sweeping = this.stopping ? 'NO' : 'AGAIN';
      return;
    }
    this.sweeping = 'YES';
    try {
      let waiting = await runsToTake(this.options.database);
      while (waiting.length > 0) {
        waiting = waiting.filter(each => !this.running.has(each.runId) && this.hasRoomFor(each.organizationId));
        const next = waiting.toSorted((a, b) => this.heldOf(a.organizationId) - this.heldOf(b.organizationId))[0];
        if (!next) break;
        waiting = waiting.filter(each => each !== next);
        await this.take(next.runId, next.organizationId);
      }
    } catch (err) {
      this.options.log.warn({ err }, 'runs could not be looked for');
    }
    const again = (this.sweeping as string) === 'AGAIN';
    this.sweeping = 'NO';
    if (again) await this.sweep();
  }

  private async execute(lease: RunLease, held: HeldRun): Promise<void> {
    const { log, leaseMs } = this.options;
    const abort = new AbortController();
    let halted: HaltReason | null = null;
    const halt = (reason: HaltReason) => {
      if (halted) return;
      halted = reason;
      setTimeout(() => abort.abort(new Halted(reason)), graceMs).unref();
    };
    held.halt = halt;
    // It was told while the lease was being taken: nothing is begun.
    if (this.stopping) halt('SHUTDOWN');
    // Calls in flight end with the lease.
    const clock = new LeaseClock(lease.runId, leaseMs, held.begunAt, lost => abort.abort(lost));
    const heartbeat = new Heartbeat({
      leaseMs,
      renew: () => this.renew(lease),
      onRenewed: begunAt => clock.renewed(begunAt),
      onWish: halt,
      onLost: error => abort.abort(error),
      onFailure: err => log.warn({ err, runId: lease.runId }, 'a lease could not be renewed'),
    });
    const work = this.workOn(lease, () => halted, clock);
    const unsubscribe = this.options.wakeUps.listen(lease.runId, () => heartbeat.wake());
    try {
      const slot = new RunSlot(this.slots, {
        ...lease,
        signal: abort.signal,
        onAside: () => void this.sweep(),
        onQueued: () => {
          work
            .fencedTransaction(tx => reportWaiting(tx, lease, 'SLOT'))
            .catch(err => log.warn({ err, runId: lease.runId }, 'a wait could not be told'));
        },
      });
      const dependencies = { signal: abort.signal, standAside: (ms: number) => slot.standAside(ms) };
      const outcome = await this.outcomeOf(work, dependencies, () => halted);
      await this.end(work, outcome);
    } catch (err) {
      // Another worker owns it now, or the database is away: what was committed stands, and somebody continues from there.
      log.warn({ err, runId: lease.runId }, 'a run was left to its next worker');
    } finally {
      heartbeat.stop();
      clock.stop();
      unsubscribe();
      abort.abort();
    }
  }

  private async outcomeOf(
    work: RunWork,
    dependencies: Pick<PlatformDependencies, 'signal' | 'standAside'>,
    haltedBy: () => HaltReason | null,
  ): Promise<RunOutcome> {
    try {
      work.checkHalt();
      // A call that never settles must not hold a run whose lease is gone: whatever it writes later is fenced off.
      return await Promise.race([executeRun(work, { ...this.options, ...dependencies }), leaseLost(dependencies.signal)]);
    } catch (error) {
      // Whatever failed by it: another worker continues from what is committed.
      if (dependencies.signal.reason instanceof LeaseLost) throw dependencies.signal.reason;
      // What a person wants stands in the row, and is brought about with the end of the lease.
      if (error instanceof Halted || (dependencies.signal.aborted && haltedBy())) return { state: 'RUNNING' };
      if (error instanceof LeaseLost) throw error;
      const blocker = blockerOf(error, work.lease.kind);
      if (blocker) {
        if (!(error instanceof Blocked)) this.options.log.warn({ err: error, runId: work.lease.runId }, 'a run is blocked');
        return { state: 'BLOCKED', blocker };
      }
      if (error instanceof LandfallError && error.code === 'DATABASE_UNAVAILABLE') throw error;
      this.options.log.error({ err: error, runId: work.lease.runId }, 'a run failed by an internal error');
      return {
        state: 'FAILED',
        blocker: { code: 'INTERNAL_ERROR', message: 'Internal error. Quote the id of the run.' },
      };
    }
  }

  private workOn(lease: RunLease, haltedBy: () => HaltReason | null, clock: LeaseClock): RunWork {
    const { organizationId } = lease;
    // The fence lets one through at a time: who waits here holds no connection meanwhile.
    let last: Promise<unknown> = Promise.resolve();
    const inTurn = <T>(write: () => Promise<T>): Promise<T> => {
      const mine = last.then(write);
      last = mine.catch(() => {}); // Reported to the writer.
      return mine;
    };
    return {
      lease,
      transaction: work => this.transact(organizationId, work),
      fencedTransaction: work =>
        inTurn(() =>
          this.transact(organizationId, async tx => {
            await fence(tx, lease);
            return work(tx);
          }),
        ),
      checkHalt: () => {
        const reason = haltedBy();
        if (reason) throw new Halted(reason);
      },
      checkLease: () => clock.check(),
    };
  }

  private async renew(lease: RunLease): Promise<HaltReason | null> {
    const { heartbeats, leaseMs } = this.options;
    return (await transactionFor(heartbeats, lease.organizationId, tx => renewLease(tx, lease, leaseMs))).result;
  }

  private async end(work: RunWork, outcome: RunOutcome): Promise<void> {
    for (let written = false; !written; ) {
      try {
        await work.fencedTransaction(tx => endLease(tx, work.lease, outcome));
        written = true;
      } catch (error) {
        // What we lack may keep us from saying so: until it is there again the run stays ours, and readiness tells it.
        if (!(error instanceof Shortage) || this.stopping) throw error;
        this.unwritten = error;
        await sleep(againMs);
      }
    }
    this.unwritten = null;
  }

  private async transact<T>(organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const { result, touched } = await transactionFor(this.options.database, organizationId, work);
    for (const topic of touched) this.options.wakeUps.publish(topic);
    return result;
  }
}

/** Rejects once the lease has been lost for as long as calls in flight may take to end. */
function leaseLost(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const tell = () => {
      if (signal.reason instanceof LeaseLost) setTimeout(() => reject(signal.reason), graceMs);
    };
    if (signal.aborted) tell();
    else signal.addEventListener('abort', tell, { once: true });
  });
}
