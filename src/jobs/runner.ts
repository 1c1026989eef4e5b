import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { Blocked } from '../domain/model/blocked.js';
import { LandfallError } from '../domain/model/errors.js';
import { Shortage, type ShortageCode } from '../domain/model/shortage.js';
import { CallFailure } from '../domain/ports/call-failure.js';
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
import { callBudgetOf, type LimitWait, type RunOutcome, type RunWait, runById } from '../store/runs.js';
import { type Tx, transactionFor } from '../store/transaction.js';
import { ContactLog } from './contact-log.js';
import { Heartbeat } from './heartbeat.js';
import { type HeldRun, HeldRuns } from './held-runs.js';
import { LeaseClock } from './lease-clock.js';
import { isRotated, type PlatformDependencies } from './open-platforms.js';
import { blockerOf } from './run-blocker.js';
import { executeRun } from './run-kinds.js';
import { RunSchedule } from './run-schedule.js';
import { RunSlot, RunSlots } from './run-slots.js';
import type { RunnerOptions } from './runner-options.js';

/** Time for calls in flight after a halt. */
const graceMs = 3_000;
/** Wait before the next attempt to write an outcome. */
const retryMs = 1_000;

/** Executes runs: takes, renews and ends their leases. The queue only wakes it; the lease row decides. */
export class Runner {
  private readonly owner = randomUUID();
  private readonly running: HeldRuns;
  private readonly slots: RunSlots;
  private sweeper: NodeJS.Timeout | undefined;
  private sweeping: 'NO' | 'YES' | 'AGAIN' = 'NO';
  private stopping = false;
  private unwritten: Shortage | null = null;

  constructor(private readonly options: RunnerOptions) {
    this.running = new HeldRuns(options);
    this.slots = new RunSlots(options.concurrentRuns, options.runsPerTenant);
  }

  /** The shortage that prevents it from writing an outcome; null if there is none. */
  get shortage(): ShortageCode | null {
    return this.unwritten?.shortage ?? null;
  }

  /** Takes waiting runs now and at intervals. The sweeps also find runs of workers that have died. */
  start(): void {
    this.sweeper = setInterval(() => void this.sweep(), Math.max(250, Math.min(5_000, this.options.leaseMs / 3)));
    void this.sweep();
  }

  /** Starts a run if no worker has it and a slot is free. Resolves when the lease is taken or refused. */
  async take(runId: string, organizationId: string): Promise<void> {
    if (this.running.has(runId) || !this.hasRoomFor(organizationId)) return;
    const begun = { begunAt: performance.now(), done: Promise.resolve(), halt: () => {}, wait: () => null, putBack: null };
    const held: HeldRun = { organizationId, ...begun };
    this.running.add(runId, held);
    this.slots.take(runId, organizationId);
    const lease = this.transact(organizationId, tx => takeLease(tx, runId, this.owner, this.options.leaseMs));
    held.done = this.hold(held, runId, lease);
    await lease;
  }

  /** Waits until the work in flight is committed. Other workers can continue the runs. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.sweeper);
    const held = this.running.all();
    for (const { halt } of held) halt('SHUTDOWN');
    await Promise.all(held.map(({ done }) => done));
  }

  private async hold(held: HeldRun, runId: string, lease: Promise<RunLease | null>): Promise<void> {
    const taken = await lease.catch(() => null); // Reported to the caller.
    if (taken) await this.execute(taken, held);
    this.running.delete(runId);
    this.slots.release(runId);
    if (taken) void this.sweep();
  }

  private hasRoomFor(organizationId: string): boolean {
    return !this.stopping && this.running.hasRoomFor(organizationId) && this.slots.hasRoomFor(organizationId);
  }

  /** Takes as many waiting runs as there is room for. The tenant with the fewest runs is served first. */
  private async sweep(): Promise<void> {
    if (this.stopping || this.sweeping !== 'NO') {
      this.sweeping = this.stopping ? 'NO' : 'AGAIN';
      return;
    }
    this.sweeping = 'YES';
    try {
      const found = await runsToTake(this.options.database);
      let waiting = found;
      while (waiting.length > 0) {
        waiting = waiting.filter(each => !this.running.has(each.runId) && this.hasRoomFor(each.organizationId));
        const next = waiting.toSorted((a, b) => this.running.heldBy(a.organizationId) - this.running.heldBy(b.organizationId))[0];
        if (!next) break;
        waiting = waiting.filter(each => each !== next);
        await this.take(next.runId, next.organizationId);
      }
      const left = new Set(found.filter(({ runId }) => !this.running.has(runId)).map(({ organizationId }) => organizationId));
      this.running.makeRoomFor(new Set([...left].filter(tenantId => this.slots.hasRoomFor(tenantId))));
      const lacksSlot = (tenantId: string) => this.running.hasRoomFor(tenantId) && !this.slots.hasRoomFor(tenantId);
      this.slots.reserveOne([...left].some(tenantId => this.running.heldBy(tenantId) === 0 && lacksSlot(tenantId)));
    } catch (err) {
      this.options.log.warn({ err }, 'waiting runs could not be read');
    }
    const mustRepeat = (this.sweeping as string) === 'AGAIN';
    this.sweeping = 'NO';
    if (mustRepeat) await this.sweep();
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
    // `stop` was called while the lease was being taken: the run is not started.
    if (this.stopping) halt('SHUTDOWN');
    // The end of the lease aborts calls in flight.
    const clock = new LeaseClock(lease.runId, leaseMs, held.begunAt, lost => abort.abort(lost));
    const contacts = new ContactLog();
    const heartbeat = new Heartbeat({
      leaseMs,
      renew: () => this.renew(lease, contacts),
      onRenewed: begunAt => clock.renewed(begunAt),
      onWish: halt,
      onLost: error => abort.abort(error),
      onFailure: err => log.warn({ err, runId: lease.runId }, 'a lease could not be renewed'),
    });
    const work = this.workOn(lease, () => halted, clock);
    const unsubscribe = this.options.wakeUps.listen(lease.runId, () => heartbeat.wake());
    let schedule: RunSchedule | null = null;
    try {
      schedule = await this.scheduleOf(work, () => halt('SCHEDULE'));
      const slot = new RunSlot(this.slots, {
        ...lease,
        signal: abort.signal,
        onReleased: () => void this.sweep(),
        onQueued: () => {
          work
            .fencedTransaction(tx => reportWaiting(tx, lease, 'SLOT'))
            .catch(err => log.warn({ err, runId: lease.runId }, 'a wait could not be reported'));
        },
      });
      held.wait = () => slot.wait;
      const dependencies = {
        signal: abort.signal,
        waitWithoutSlot: (ms: number, reason: LimitWait) => slot.waitWithoutSlot(ms, reason),
        onCall: () => schedule?.onCall(),
        usedSecrets: new Map(),
        contacts,
      };
      const { observeRun = (_, each) => each() } = this.options;
      const outcome = await observeRun(lease, () => this.outcomeOf(work, dependencies, () => halted));
      const wait = waitAfter(halted, held, schedule);
      const ended: RunOutcome = outcome.state === 'RUNNING' && wait ? { state: 'QUEUED', wait } : outcome;
      await this.end(work, schedule ? { ...ended, budget: schedule.budget } : ended, contacts);
    } catch (err) {
      // Another worker has the run, or the database is unavailable. The next worker continues from the last commit.
      log.warn({ err, runId: lease.runId }, 'a run was left to the next worker');
    } finally {
      schedule?.end();
      heartbeat.stop();
      clock.stop();
      unsubscribe();
      abort.abort();
    }
  }

  private async outcomeOf(
    work: RunWork,
    dependencies: Pick<PlatformDependencies, 'signal' | 'waitWithoutSlot' | 'onCall' | 'usedSecrets' | 'contacts'>,
    haltedBy: () => HaltReason | null,
  ): Promise<RunOutcome> {
    try {
      work.checkHalt();
      // A call that never settles must not block a run whose lease is lost. The fence refuses its later writes.
      return await Promise.race([executeRun(work, { ...this.options, ...dependencies }), leaseLost(dependencies.signal)]);
    } catch (error) {
      // Errors after the loss of the lease do not matter: another worker continues from the last commit.
      if (dependencies.signal.reason instanceof LeaseLost) throw dependencies.signal.reason;
      // The row holds what a person requested; the end of the lease sets this state.
      if (error instanceof Halted || (dependencies.signal.aborted && haltedBy())) return { state: 'RUNNING' };
      if (error instanceof LeaseLost) throw error;
      // The secret was replaced while the run used the former one: it continues from its last commit, with the new one.
      if (error instanceof CallFailure && error.kind === 'UNAUTHORIZED' && (await isRotated(work, dependencies.usedSecrets)))
        return this.outcomeOf(work, dependencies, haltedBy);
      const blocker = blockerOf(error, work.lease.kind);
      if (blocker) {
        if (!(error instanceof Blocked)) this.options.log.warn({ err: error, runId: work.lease.runId }, 'a run is blocked');
        return { state: 'BLOCKED', blocker };
      }
      if (error instanceof LandfallError && error.code === 'DATABASE_UNAVAILABLE') throw error;
      this.options.log.error({ err: error, runId: work.lease.runId }, 'a run failed because of an internal error');
      return {
        state: 'FAILED',
        blocker: { code: 'INTERNAL_ERROR', message: 'Internal error. Quote the id of the run.' },
      };
    }
  }

  private workOn(lease: RunLease, haltedBy: () => HaltReason | null, clock: LeaseClock): RunWork {
    const { organizationId } = lease;
    // The fence admits one transaction at a time. The others wait here and need no connection meanwhile.
    const oneAtATime = pLimit(1);
    return {
      lease,
      transaction: work => this.transact(organizationId, work),
      fencedTransaction: work =>
        oneAtATime(() =>
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

  /** null for a run that may work at any time. */
  private async scheduleOf(work: RunWork, stop: () => void): Promise<RunSchedule | null> {
    if (work.lease.kind !== 'PRODUCTION') return null;
    const { runId } = work.lease;
    const [run, spent] = await work.transaction(async tx => [await runById(tx, runId), await callBudgetOf(tx, runId)] as const);
    return run?.loadPlan ? new RunSchedule(run.loadPlan, spent, stop) : null;
  }

  private async renew(lease: RunLease, contacts: ContactLog): Promise<HaltReason | null> {
    const { heartbeats, leaseMs } = this.options;
    return (await transactionFor(heartbeats, lease.organizationId, tx => renewLease(tx, lease, leaseMs, contacts.now))).result;
  }

  private async end(work: RunWork, outcome: RunOutcome, contacts: ContactLog): Promise<void> {
    for (let written = false; !written; ) {
      try {
        await work.fencedTransaction(tx => endLease(tx, work.lease, outcome, contacts.now));
        written = true;
      } catch (error) {
        // A shortage can also prevent this write. The run keeps its lease until the shortage ends, and /readyz reports it.
        if (!(error instanceof Shortage) || this.stopping) throw error;
        this.unwritten = error;
        await sleep(retryMs);
      }
    }
    this.unwritten = null;
  }

  private async transact<T>(organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const { result, touched, used } = await transactionFor(this.options.database, organizationId, work);
    this.options.usage.add(organizationId, used);
    for (const topic of touched) this.options.wakeUps.publish(topic);
    return result;
  }
}

/** What a run waits for in the queue. */
function waitAfter(halted: HaltReason | null, held: HeldRun, schedule: RunSchedule | null): RunWait | null {
  if (halted === 'SCHEDULE') return schedule?.wait ?? null;
  return halted === 'PLACE' ? held.putBack : null;
}

/** Rejects after the loss of the lease, when calls in flight had time to end. */
function leaseLost(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const rejectLater = () => {
      if (signal.reason instanceof LeaseLost) setTimeout(() => reject(signal.reason), graceMs);
    };
    if (signal.aborted) rejectLater();
    else signal.addEventListener('abort', rejectLater, { once: true });
  });
}
