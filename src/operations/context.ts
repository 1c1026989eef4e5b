import type { PriceTable } from '../domain/discovery/price-table.js';
import type { FieldMapping } from '../domain/mapping/field-mapping.js';
import type { PreviewedRecord, PreviewedType } from '../domain/mapping/preview.js';
import type { DescribeMapping, PackArchive } from '../domain/model/document.js';
import type { DescribeHandover } from '../domain/model/handover.js';
import type { Principal } from '../domain/model/principal.js';
import type { BlobStore } from '../domain/ports/blob-store.js';
import type { OpenDestination } from '../domain/ports/destination.js';
import type { OpenSource } from '../domain/ports/source.js';
import type { SuggestTargets } from '../domain/ports/suggest-targets.js';
import type { UsageMeter } from '../domain/ports/usage-meter.js';
import type { WakeUps } from '../domain/ports/wake-ups.js';
import type { PostWebhook, RefuseWebhookUrl } from '../domain/ports/webhook-endpoint.js';
import type { WaitingPurge, WaitingRun } from '../jobs/tasks.js';
import type { PreviewSource } from '../store/preview-source.js';
import type { Tx } from '../store/transaction.js';
import type { Digests } from '../tenancy/digests.js';
import type { SecretBox } from '../tenancy/secret-box.js';
import type { Tenancy } from '../tenancy/tenancy.js';

/** Drafts staged records as a version of the mapping would, without storing anything. */
type PreviewRecords = (type: PreviewedType, fields: readonly FieldMapping[], source: PreviewSource) => Promise<PreviewedRecord[]>;

/** Services that live as long as the server. */
export interface Services {
  tenancy: Tenancy;
  secretBox: SecretBox;
  digests: Digests;
  blobs: BlobStore;
  packArchive: PackArchive;
  /** Prices for quotes; null for none. */
  priceTable: PriceTable | null;
  describeMapping: DescribeMapping;
  describeHandover: DescribeHandover;
  previewRecords: PreviewRecords;
  /** Address at which clients reach the server, without a trailing slash. */
  publicUrl: () => string;
  /** Asks a model about fields of a mapping; null if none is set up. */
  suggestTargets: SuggestTargets | null;
  wakeUps: WakeUps;
  usage: UsageMeter;
  openSource: OpenSource;
  openDestination: OpenDestination;
  postWebhook: PostWebhook;
  refuseWebhookUrl: RefuseWebhookUrl;
  /** Milliseconds that an upload of a recording owns it without renewing its lease. */
  attachLeaseMs: number;
  /** Wakes a worker for a run, in this or another process. */
  wakeWorker: (run: WaitingRun) => Promise<void>;
  /** The same for the purge of a project. */
  wakePurge: (purge: WaitingPurge) => Promise<void>;
}

/** The first argument of each operation: its caller and the services. */
export interface OperationContext extends Services {
  principal: Principal;
  /** Name of the mutation that is executed; absent in queries and subscriptions. */
  mutation?: string;
}

/** Runs a transaction that sees only what the caller may see. */
export function within<T>({ tenancy, principal, mutation }: OperationContext, work: (tx: Tx) => Promise<T>): Promise<T> {
  return tenancy.within(principal, work, mutation);
}
