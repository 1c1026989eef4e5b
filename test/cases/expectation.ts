import type { InfosetSimulator } from '../../src/simulators/infoset/infoset-simulator.js';
import type { Arrived } from '../support/arrived.js';
import type { IssueView } from '../support/extraction.js';
import type { ReconciliationView } from '../support/load.js';
import type { Partner } from '../support/server.js';

/** The workspace after the folder of a case was moved. */
export interface Moved {
  arrived: Arrived;
  infoset: InfosetSimulator;
  issues: IssueView[];
  reconciliation: ReconciliationView;
  root: Partner;
  projectId: string;
}

/** What must be right of a case: its `expected.md`, as a program reads it. One file a case, by the name of its folder. */
export interface Expectation {
  /** Whether all arrived, or what did not is reported. */
  balanced?: boolean;
  /** Bytes of files that the folder does not hold, by their id. */
  files?: Record<string, () => Buffer>;
  /** Options of the connections. */
  source?: Record<string, unknown>;
  destination?: Record<string, unknown>;
  /** @throws an assertion that fails */
  check(moved: Moved): void | Promise<void>;
}
