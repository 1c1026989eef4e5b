import type { Reconciliation } from '../verify/reconciliation.js';
import type { Environment } from './run.js';

/** What a purge deletes or empties, in this order. */
export const purgedThings = [
  'connection_secrets',
  'staged_records',
  'child_listings',
  'stored_files',
  'recordings',
  'blobs',
  'duplicate_groups',
  'drafts',
  'load_intents',
  'sample_reviews',
  'differences',
  'sample_values',
  'pre_images',
  'rollback_values',
] as const;
export type PurgedThing = (typeof purgedThings)[number];

/** How many rows or files of each kind were deleted or emptied. */
export type PurgeCounts = Partial<Record<PurgedThing, number>>;

/** The deletion of the raw data and the secrets of a closed project. */
export interface Purge {
  projectId: string;
  organizationId: string;
  requestedAt: Date;
  requestedBy: string;
  counts: PurgeCounts;
  /** As they were before: they can no longer be counted. */
  reconciliations: Partial<Record<Environment, Reconciliation>>;
  /** Null while it is not complete. */
  finishedAt: Date | null;
}
