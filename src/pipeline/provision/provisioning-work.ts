import type { Run } from '../../domain/model/run.js';
import type { Destination } from '../../domain/ports/destination.js';
import type { RunWork } from '../../store/run-work.js';

/** What a workspace is provisioned with. */
export interface Provisioning {
  work: RunWork;
  run: Run;
  destination: Destination;
  /** Until the absence of an ambiguous write counts. */
  settleMs: number;
  signal: AbortSignal;
  /** Of the run that is the attributes; most of it where that is absent. */
  share?: number;
}
