import type { DescribeMapping, PackArchive } from '../domain/model/document.js';
import type { Principal } from '../domain/model/principal.js';
import type { BlobStore } from '../domain/ports/blob-store.js';
import type { OpenDestination } from '../domain/ports/destination.js';
import type { OpenSource } from '../domain/ports/source.js';
import type { WakeUps } from '../domain/ports/wake-ups.js';
import type { RunToTake } from '../jobs/tasks.js';
import type { Tx } from '../store/transaction.js';
import type { Digests } from '../tenancy/digests.js';
import type { SecretBox } from '../tenancy/secret-box.js';
import type { Tenancy } from '../tenancy/tenancy.js';

/** What lives as long as the server. */
export interface Services {
  tenancy: Tenancy;
  secretBox: SecretBox;
  digests: Digests;
  blobs: BlobStore;
  packArchive: PackArchive;
  describeMapping: DescribeMapping;
  /** Where clients reach the server, without a slash at its end. */
  publicUrl: () => string;
  wakeUps: WakeUps;
  openSource: OpenSource;
  openDestination: OpenDestination;
  /** Wakes a worker for a run, here or elsewhere. */
  wakeWorker: (run: RunToTake) => Promise<void>;
}

/** For whom an operation runs, and by what: the first argument of each. */
export interface OperationContext extends Services {
  principal: Principal;
}

/** A transaction in the caller's scope. */
export function within<T>({ tenancy, principal }: OperationContext, work: (tx: Tx) => Promise<T>): Promise<T> {
  return tenancy.within(principal, work);
}
