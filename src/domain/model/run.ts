import type { Blocker } from './blocker.js';
import type { RecordType } from './record-type.js';

export const environments = ['SANDBOX', 'PRODUCTION'] as const;
export type Environment = (typeof environments)[number];

export const runKinds = [
  'DISCOVERY',
  'EXTRACTION',
  'PROVISIONING',
  'SANDBOX',
  'PRODUCTION',
  'DELTA',
  'VERIFICATION',
  'ROLLBACK',
] as const;
export type RunKind = (typeof runKinds)[number];

/** Kinds that can be started today. */
export const availableKinds: readonly RunKind[] = [
  'DISCOVERY',
  'EXTRACTION',
  'PROVISIONING',
  'PRODUCTION',
  'DELTA',
  'VERIFICATION',
];
/** Kinds that write or delete: nothing of that sort has a default environment. */
export const writingKinds: readonly RunKind[] = ['PROVISIONING', 'SANDBOX', 'PRODUCTION', 'DELTA', 'ROLLBACK'];

/** Kinds that are about one workspace: no default for these either. */
export const workspaceKinds: readonly RunKind[] = [...writingKinds, 'VERIFICATION'];

export const runStates = ['QUEUED', 'RUNNING', 'PAUSED', 'BLOCKED', 'SUCCEEDED', 'INCOMPLETE', 'FAILED', 'CANCELLED'] as const;
export type RunState = (typeof runStates)[number];

export const isTerminal = (state: RunState) =>
  state === 'SUCCEEDED' || state === 'INCOMPLETE' || state === 'FAILED' || state === 'CANCELLED';

/** A DELTA reads and loads: so its phases that load have names of their own. */
export const loadPhasePrefix = 'load ';
export const loadPhaseName = (kind: RunKind, name: string) => (kind === 'DELTA' ? `${loadPhasePrefix}${name}` : name);

/** The phases of a run by what they do. */
export function phasesByTask<P extends { name: string }>(kind: RunKind, phases: readonly P[]): { reading: P[]; loading: P[] } {
  if (kind !== 'DELTA')
    return writingKinds.includes(kind) ? { reading: [], loading: [...phases] } : { reading: [...phases], loading: [] };
  const loads = ({ name }: P) => name.startsWith(loadPhasePrefix);
  return { reading: phases.filter(phase => !loads(phase)), loading: phases.filter(loads) };
}

/** What a person wants of a run that a worker holds. */
export type RunWish = 'PAUSE' | 'CANCEL';

/** Why a run is not moving; SLOT: as many runs are worked on as may be, of all tenants or of its own. */
export type WaitingFor = 'SLOT' | 'RATE_LIMIT' | 'SOURCE_LIMIT' | 'BLOCKED' | 'PAUSED' | 'STALLED';

/** One execution of a step of the migration. */
export interface Run {
  id: string;
  projectId: string;
  kind: RunKind;
  environment: Environment | null;
  /** What a run that writes is pinned to: mapping and workspace. */
  mappingVersionId: string | null;
  workspaceId: string | null;
  /** VERIFICATION: how many records it reads back; null for all. */
  sampleSize: number | null;
  state: RunState;
  /** Accepted, and not carried out yet. */
  wanted: RunWish | null;
  blocker: Blocker | null;
  /** 0 to 1, never falling. */
  fraction: number;
  waitingFor: WaitingFor | null;
  callLimitPerMinute: number | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  createdAt: Date;
}

/** One listing of a run: its own census. */
export interface RunPhase {
  name: string;
  recordType: RecordType | null;
  state: RunState;
  /** What the source's listing said, plus what we hold that it has since deleted; null where it does not say. */
  source: number | null;
  staged: number;
  /** What the source itself can't give. */
  skipped: number;
  /** What could still be had. */
  failed: number;
  apiCalls: number;
  /** Why the listing is unavailable, where it is. */
  reason: string | null;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** The state of a run, or the one that it will be in once its worker has done what a person wants. */
export function comingState({ state, wanted }: Pick<Run, 'state' | 'wanted'>): RunState {
  if (wanted === 'CANCEL') return 'CANCELLED';
  return wanted === 'PAUSE' ? 'PAUSED' : state;
}

/** Names of the mutations that a run answers: what is wanted of it counts as done. */
export function runActions(run: Pick<Run, 'state' | 'wanted'>): string[] {
  const state = comingState(run);
  if (isTerminal(state)) return [];
  if (state === 'PAUSED' || state === 'BLOCKED') return ['resumeRun', 'cancelRun'];
  return ['pauseRun', 'cancelRun'];
}
