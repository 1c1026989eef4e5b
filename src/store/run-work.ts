import type { RunRequest } from '../domain/model/run.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

/** Why a worker stops before its run is over. PLACE: it waits for a limit, and its place in memory is needed. */
export type HaltReason = RunRequest | 'SHUTDOWN' | 'SCHEDULE' | 'PLACE';

/** Thrown between two units of work, after calls in flight are committed. */
export class Halted extends Error {
  constructor(readonly reason: HaltReason) {
    super(`Halted: ${reason}`);
    this.name = 'Halted';
  }
}

/** What a stage of the pipeline works with: one run and its lease. */
export interface RunWork {
  lease: RunLease;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A transaction that commits only while this worker holds the lease. @throws LeaseLost */
  fencedTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** @throws Halted if a person, a shutdown, its schedule or another run stops the run */
  checkHalt(): void;
  /** Call it in the tick in which something is sent. @throws LeaseLost if the lease has expired by the local clock */
  checkLease(): void;
}
