import { randomUUID } from 'node:crypto';
import { Blocked } from '../domain/blocked.js';
import type { Blocker } from '../domain/blocker.js';
import { CallFailure } from '../domain/call-failure.js';
import { LandfallError } from '../domain/errors.js';
import { type RunKind, writingKinds } from '../domain/run.js';
import { appendEvent } from '../store/project-events.js';
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
import type { PlatformMeans } from './open-platforms.js';
import { carryOut } from './run-kinds.js';
import { RunSlot, RunSlots } from './run-slots.js';
import type { RunnerOptions } from './runner-options.js';

/** Runs that are held in memory, those that wait for a limit included, as a multiple of those that work at once. */
const heldShare = { all: 4, perTenant: 2 };
/** How long calls in flight may take once it is to stop. */
const graceMs = 3_000;

interface HeldRun {
  organizationId: string;
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

  constructor(private readonly options: RunnerOptions) {
    this.slots = new RunSlots(options.runsAtOnce, options.runsPerTenant);
  }

  /** Takes up what waits now, and looks again for what a dead worker has left. */
  start(): void {
    this.sweeper = setInterval(() => void this.sweep(), Math.max(250, Math.min(5_000, this.options.leaseMs / 3)));
    void this.sweep();
  }

  /** Begins a run if nobody holds it and there is room for it; answers at once. */
  async take(runId: string, organizationId: string): Promise<void> {
    if (this.running.has(runId) || !this.hasRoomFor(organizationId)) return;
    const held: HeldRun = { organizationId, done: Promise.resolve(), halt: () => {} };
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
    const taken = await lease.catch(() => null); // Told to whoever called.
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
    // It was told while the lease was being taken.
    if (this.stopping) halt('SHUTDOWN');
    const heartbeat = new Heartbeat({
      leaseMs,
      renew: () => this.renew(lease),
      onWish: halt,
      onLost: error => abort.abort(error),
      onFailure: err => log.warn({ err, runId: lease.runId }, 'a lease could not be renewed'),
    });
    const work = this.workOn(lease, () => halted, heartbeat);
    const deaf = this.options.wakeUps.listen(lease.runId, () => heartbeat.wake());
    try {
      await this.tell(work, 'RUNNING');
      const slot = new RunSlot(this.slots, {
        ...lease,
        signal: abort.signal,
        onAside: () => void this.sweep(),
        onQueued: () => {
          work
            .write(tx => reportWaiting(tx, lease, 'SLOT'))
            .catch(err => log.warn({ err, runId: lease.runId }, 'a wait could not be told'));
        },
      });
      const means = { signal: abort.signal, standAside: (ms: number) => slot.standAside(ms) };
      const outcome = await this.outcomeOf(work, means, () => halted);
      await this.end(work, outcome);
    } catch (err) {
      // Another worker owns it now, or the database is away: what was committed stands, and somebody goes on from there.
      log.warn({ err, runId: lease.runId }, 'a run was left to its next worker');
    } finally {
      heartbeat.stop();
      deaf();
      abort.abort();
    }
  }

  private async outcomeOf(
    work: RunWork,
    means: Pick<PlatformMeans, 'signal' | 'standAside'>,
    haltedBy: () => HaltReason | null,
  ): Promise<RunOutcome> {
    try {
      return await carryOut(work, { ...this.options, ...means });
    } catch (error) {
      const reason = error instanceof Halted ? error.reason : means.signal.aborted ? haltedBy() : null;
      if (reason === 'PAUSE') return { state: 'PAUSED' };
      if (reason === 'CANCEL') return { state: 'CANCELLED' };
      if (reason === 'SHUTDOWN') return { state: 'RUNNING' };
      if (error instanceof LeaseLost) throw error;
      if (error instanceof Blocked) return { state: 'BLOCKED', blocker: error.blocker };
      if (error instanceof CallFailure) {
        this.options.log.warn({ err: error, runId: work.lease.runId }, 'a run is blocked by a call that failed');
        return { state: 'BLOCKED', blocker: blockerOf(error, work.lease.kind) };
      }
      if (error instanceof LandfallError && error.code === 'DATABASE_UNAVAILABLE') throw error;
      this.options.log.error({ err: error, runId: work.lease.runId }, 'a run failed by a fault of ours');
      return {
        state: 'FAILED',
        blocker: { code: 'INTERNAL_ERROR', message: 'Quote the id of the run to us: this is a fault of ours.' },
      };
    }
  }

  private workOn(lease: RunLease, haltedBy: () => HaltReason | null, heartbeat: Heartbeat<HaltReason>): RunWork {
    const { organizationId } = lease;
    // The fence lets one through at a time: who waits here holds no connection meanwhile.
    let last: Promise<unknown> = Promise.resolve();
    const inTurn = <T>(write: () => Promise<T>): Promise<T> => {
      const mine = last.then(write);
      last = mine.catch(() => {}); // Told to whoever wrote.
      return mine;
    };
    return {
      lease,
      read: work => this.transact(organizationId, work),
      write: work =>
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
      checkLease: () => {
        if (heartbeat.isOver) throw new LeaseLost(lease.runId);
      },
    };
  }

  private async renew(lease: RunLease): Promise<HaltReason | null> {
    const { heartbeats, leaseMs } = this.options;
    return (await transactionFor(heartbeats, lease.organizationId, tx => renewLease(tx, lease, leaseMs))).result;
  }

  private async end(work: RunWork, outcome: RunOutcome): Promise<void> {
    await work.write(tx => endLease(tx, work.lease, outcome));
    if (outcome.state !== 'RUNNING') await this.tell(work, outcome.state);
  }

  private async tell({ lease, read }: RunWork, state: string): Promise<void> {
    const { projectId, runId, kind } = lease;
    await read(tx =>
      appendEvent(tx, { projectId, runId, type: 'RUN_STATE_CHANGED', message: `${kind} is ${state}.`, data: { kind, state } }),
    );
  }

  private async transact<T>(organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const { result, touched } = await transactionFor(this.options.database, organizationId, work);
    for (const topic of touched) this.options.wakeUps.publish(topic);
    return result;
  }
}

/** What a person must do about a call that failed for good. */
function blockerOf(failure: CallFailure, kind: RunKind): Blocker {
  const writes = writingKinds.includes(kind);
  const then = `then resume the run: ${failure.message}`;
  if (failure.kind === 'UNAUTHORIZED') {
    return { code: writes ? 'DESTINATION_UNAUTHORIZED' : 'SOURCE_UNAUTHORIZED', message: `Set the connection again, ${then}` };
  }
  if (!writes) return { code: 'SOURCE_UNAVAILABLE', message: `See to the source, ${then}` };
  if (failure.kind === 'FORBIDDEN')
    return { code: 'DESTINATION_FORBIDDEN', message: `Give the app the permission that it lacks, ${then}` };
  return { code: 'DESTINATION_UNAVAILABLE', message: `See to the workspace, ${then}` };
}
