import type { Run } from '../../domain/model/run.js';
import type { Destination } from '../../domain/ports/destination.js';
import type { RunWork } from '../../store/run-work.js';

/** The context of a PROVISIONING run. */
export interface Provisioning {
  work: RunWork;
  run: Run;
  destination: Destination;
  /** Time after which the absence of an ambiguous write is certain. */
  settleMs: number;
  signal: AbortSignal;
  /** Of the run that is the attributes; most of it where that is absent. */
  share?: number;
}
