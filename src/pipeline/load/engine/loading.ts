import type { DraftType } from '../../../domain/drafts/drafts.js';
import type { Run } from '../../../domain/model/run.js';
import type { BlobStore } from '../../../domain/ports/blob-store.js';
import type { Destination } from '../../../domain/ports/destination.js';
import type { PublicFiles } from '../../../domain/ports/public-files.js';
import type { LinkTo } from '../../../domain/text/workspace-links.js';
import { type UnverifiedDraft, unverifiedDrafts } from '../../../store/drafts.js';
import type { IntentKey } from '../../../store/load-intents.js';
import type { LoadScope } from '../../../store/load-scope.js';
import type { RunWork } from '../../../store/run-work.js';
import type { Tx } from '../../../store/transaction.js';
import type { LoadJournal } from './load-journal.js';
import type { Slots } from './slots.js';

/** Whom and what records refer to, as ids of this workspace. */
export interface WorkspaceRefs {
  /** The teammate of an agent: his own, or the placeholder. */
  teammateOf(agentId: string): string;
  /** Whether it is his own. */
  hasTeammate(agentId: string): boolean;
  placeholderTeammate: string;
  placeholderContact: string;
  /** By name; null where the workspace has none. */
  teamId(name: string): string | null;
  /** By name. @throws Error for one that was not provisioned */
  tagId(name: string): string;
}

/** What records are loaded with. */
export interface Loading {
  work: RunWork;
  run: Run;
  scope: LoadScope;
  destination: Destination;
  journal: LoadJournal;
  slots: Slots;
  refs: WorkspaceRefs;
  blobs: BlobStore;
  publicFiles: PublicFiles;
  linkTo: LinkTo;
  /** Unix seconds: what stood in the workspace before is not ours. */
  notBefore: number;
  /** Where the workspace is reached. */
  destinationUrl: string;
  dealsAs: 'CUSTOM_OBJECT' | 'CONTACT_ATTRIBUTES';
  /** What a VERIFICATION reads back; it writes nothing. Absent: what was not read back yet, or found different. */
  readsBack?: ReadsBack;
  /** Until the absence of an ambiguous write counts. */
  settleMs: number;
  /** Writes of which an earlier worker left no outcome: looked for before they are sent again. */
  unsettled: Set<string>;
}

/** A page of what is read back. */
export type ReadsBack = (tx: Tx, type: DraftType, after: string, limit: number) => Promise<UnverifiedDraft[]>;

/** A page of what is to be read back of a type. */
export const toReadBack = (
  { work, scope, readsBack }: Pick<Loading, 'work' | 'scope' | 'readsBack'>,
  type: DraftType,
  after: string,
  limit: number,
): Promise<UnverifiedDraft[]> =>
  work.transaction(tx => (readsBack ? readsBack(tx, type, after, limit) : unverifiedDrafts(tx, scope, type, after, limit)));

export const intentName = ({ recordType, sourceId, step }: IntentKey) => `${recordType} ${sourceId} ${step}`;
