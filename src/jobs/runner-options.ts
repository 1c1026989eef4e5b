import type { PackArchive } from '../domain/model/document.js';
import type { Secret } from '../domain/model/secret.js';
import type { BlobStore } from '../domain/ports/blob-store.js';
import type { OpenDestination } from '../domain/ports/destination.js';
import type { Log } from '../domain/ports/log.js';
import type { PublicFiles } from '../domain/ports/public-files.js';
import type { OpenSource } from '../domain/ports/source.js';
import type { WakeUps } from '../domain/ports/wake-ups.js';
import type { Database } from '../store/data-source.js';

/** What a runner works with. */
export interface RunnerOptions {
  database: Database;
  /** A connection for signs of life alone: they wait for no other work. */
  heartbeats: Database;
  wakeUps: WakeUps;
  blobs: BlobStore;
  packArchive: PackArchive;
  publicFiles: PublicFiles;
  openSource: OpenSource;
  openDestination: OpenDestination;
  /** Opens a secret as it is stored, where a call is about to be made. */
  unseal: (sealed: string, projectId: string, side: string) => Secret;
  leaseMs: number;
  /** That work at once here: in all, and of one tenant. */
  runsAtOnce: number;
  runsPerTenant: number;
  /** Until the absence of an ambiguous write counts. */
  settleMs: number;
  /** The longest that a call may take. */
  requestTimeoutMs: number;
  log: Log;
}
