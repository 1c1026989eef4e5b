import type { PackArchive } from '../domain/model/document.js';
import type { Secret } from '../domain/model/secret.js';
import type { BlobStore } from '../domain/ports/blob-store.js';
import type { OpenDestination } from '../domain/ports/destination.js';
import type { Log } from '../domain/ports/log.js';
import type { PublicFiles } from '../domain/ports/public-files.js';
import type { OpenSource } from '../domain/ports/source.js';
import type { UsageMeter } from '../domain/ports/usage-meter.js';
import type { WakeUps } from '../domain/ports/wake-ups.js';
import type { Database } from '../store/data-source.js';
import type { RunLease } from '../store/run-leases.js';

/** Dependencies and limits of a runner. */
export interface RunnerOptions {
  database: Database;
  /** A separate connection for heartbeats, so that they wait for no other work. */
  heartbeats: Database;
  wakeUps: WakeUps;
  usage: UsageMeter;
  blobs: BlobStore;
  packArchive: PackArchive;
  publicFiles: PublicFiles;
  openSource: OpenSource;
  openDestination: OpenDestination;
  /** Decrypts a stored secret. */
  unseal: (sealed: string, projectId: string, side: string) => Secret;
  leaseMs: number;
  /** Runs that work at the same time in this process: in total, and of one tenant. */
  concurrentRuns: number;
  runsPerTenant: number;
  /** After this time, the absence of an ambiguous write proves that it did not happen. */
  settleMs: number;
  /** Longest duration of a call to a platform. */
  requestTimeoutMs: number;
  log: Log;
  /** Observes the work on a run. */
  observeRun?: <T extends { state: string }>(lease: RunLease, work: () => Promise<T>) => Promise<T>;
}
