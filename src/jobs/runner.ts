import { randomUUID } from 'node:crypto';
import { Blocked } from '../domain/blocked.js';
import type { Blocker } from '../domain/blocker.js';
import { CallFailure } from '../domain/call-failure.js';
import { LandfallError } from '../domain/errors.js';
import { type RunKind, writingKinds } from '../domain/run.js';
import { appendEvent } from '../store/project-events.js';
import { endLease, fence, LeaseLost, type RunLease, renewLease, runsToTake, takeLease } from '../store/run-leases.js';
import { Halted, type HaltReason, type RunWork } from '../store/run-work.js';
import type { RunOutcome } from '../store/runs.js';
import { type Tx, transactionFor } from '../store/transaction.js';
import { Heartbeat } from './heartbeat.js';
import { carryOut } from './run-kinds.js';
import type { RunnerOptions } from './runner-options.js';

const runsAtOnce = 4;
/** How long calls in flight may take once it is to stop. */
const graceMs = 3_000;

/** Carries runs out: takes their lease, keeps it, and gives it up. The queue only wakes it; the lease row decides. */
export class Runner {
  private readonly owner = randomUUID();
  private readonly running = new Map<string, { done: Promise<void>; halt: (reason: HaltReason) => void }>();
  private sweeper: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(private readonly options: RunnerOptions) {}

  /** Takes up what waits now, and looks again for what a dead worker has left. */
  start(): void {
    this.sweeper = setInterval(() => void this.sweep(), Math.max(250, Math.min(5_000, this.options.leaseMs / 3)));
    void this.sweep();
  }

  /** Begins a run if nobody holds it; answers at once. */
  async take(runId: string, organizationId: string): Promise<void> {
    if (this.stopping || this.running.has(runId) || this.running.size >= runsAtOnce) return;
    const lease = await this.transact(organizationId, tx => takeLease(tx, runId, this.owner, this.options.leaseMs));
    if (!lease) return;
    let halt: (reason: HaltReason) => void = () => {};
    const done = this.execute(lease, set => {
      halt = set;
    }).finally(() => this.running.delete(runId));
    this.running.set(runId, { done, halt: reason => halt(reason) });
  }

  /** Lets what is in flight be committed, and leaves the runs to others. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.sweeper);
    for (const { halt } of this.running.values()) halt('SHUTDOWN');
    await Promise.all([...this.running.values()].map(({ done }) => done));
  }

  private async sweep(): Promise<void> {
    try {
      for (const { runId, organizationId } of await runsToTake(this.options.database)) await this.take(runId, organizationId);
    } catch (err) {
      this.options.log.warn({ err }, 'runs could not be looked for');
    }
  }

  private async execute(lease: RunLease, onHalt: (halt: (reason: HaltReason) => void) => void): Promise<void> {
    const { log, leaseMs } = this.options;
    const abort = new AbortController();
    let halted: HaltReason | null = null;
    const halt = (reason: HaltReason) => {
      if (halted) return;
      halted = reason;
      setTimeout(() => abort.abort(new Halted(reason)), graceMs).unref();
    };
    onHalt(halt);
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
      const outcome = await this.outcomeOf(work, abort.signal, () => halted);
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

  private async outcomeOf(work: RunWork, signal: AbortSignal, haltedBy: () => HaltReason | null): Promise<RunOutcome> {
    try {
      return await carryOut(work, { ...this.options, signal });
    } catch (error) {
      const reason = error instanceof Halted ? error.reason : signal.aborted ? haltedBy() : null;
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
