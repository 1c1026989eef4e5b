import type { DraftType } from '../../../domain/drafts/drafts.js';
import type { HelpCenterView } from '../../../domain/model/help-center.js';
import type { Run } from '../../../domain/model/run.js';
import type { BlobStore } from '../../../domain/ports/blob-store.js';
import type { Destination } from '../../../domain/ports/destination.js';
import type { PublicFiles } from '../../../domain/ports/public-files.js';
import type { ReadBack } from '../../../domain/ports/read-back.js';
import type { LinkTo } from '../../../domain/text/workspace-links.js';
import { type UnverifiedDraft, unverifiedDrafts } from '../../../store/drafts.js';
import type { LoadScope } from '../../../store/load-scope.js';
import type { RunWork } from '../../../store/run-work.js';
import type { Tx } from '../../../store/transaction.js';
import type { EarlierWrites } from './earlier-writes.js';
import type { LoadJournal } from './load-journal.js';
import type { Slots } from './slots.js';

/** Objects that records refer to, in the ids of this workspace. */
export interface WorkspaceRefs {
  /** The teammate of an agent, or the placeholder. */
  teammateOf(agentId: string): string;
  /** Whether the agent has a teammate. */
  hasTeammate(agentId: string): boolean;
  placeholderTeammate: string;
  placeholderContact: string;
  /** By name; null if the workspace has no such team. */
  teamId(name: string): string | null;
  /** By name. @throws Blocked if the tag was not provisioned */
  tagId(name: string): string;
}

/** The context of a load. */
export interface Loading {
  work: RunWork;
  run: Run;
  scope: LoadScope;
  destination: Destination;
  journal: LoadJournal;
  readBack: ReadBack;
  slots: Slots;
  refs: WorkspaceRefs;
  blobs: BlobStore;
  publicFiles: PublicFiles;
  linkTo: LinkTo;
  /** The help center of the workspace, read once; null if it has none. */
  helpCenter: () => Promise<HelpCenterView | null>;
  /** Unix seconds: older objects in the workspace are not ours. */
  notBefore: number;
  /** Address of the workspace. */
  destinationUrl: string;
  dealsAs: 'CUSTOM_OBJECT' | 'CONTACT_ATTRIBUTES';
  /** What a VERIFICATION reads back; it writes nothing. Absent: what was not read back yet, or differed. */
  readsBack?: ReadsBack;
  /** Time after its sending after which the absence of an ambiguous write is certain. */
  settleMs: number;
  earlier: EarlierWrites;
}

/** The same load, with calls that go before those of others: few are made at the same time, and other records wait for theirs. */
export const beforeOthers = (context: Loading): Loading => ({
  ...context,
  destination: context.destination.weighing(Number.MAX_SAFE_INTEGER),
});

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
