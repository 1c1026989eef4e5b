import type { RunWish } from '../domain/model/run.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

/** Why a worker stops before its run is over. */
export type HaltReason = RunWish | 'SHUTDOWN';

/** Thrown between two units of work, once what was in flight is committed. */
export class Halted extends Error {
  constructor(readonly reason: HaltReason) {
    super(`Halted: ${reason}`);
    this.name = 'Halted';
  }
}

/** What a stage of the pipeline works with: one run, held by a lease. */
export interface RunWork {
  lease: RunLease;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * A transaction that commits only while the lease is this worker's.
   * @throws LeaseLost
   */
  fencedTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** @throws Halted where a person or a shutdown wants it to stop */
  checkHalt(): void;
  /** In the tick in which something is sent. @throws LeaseLost where the lease has run out by this machine's own clock */
  checkLease(): void;
}
