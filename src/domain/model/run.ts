import type { Blocker } from './blocker.js';
import type { LoadPlan } from './load-plan.js';
import type { RecordType } from './record-type.js';
import type { RunContacts, Stall } from './stall.js';

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

/** Kinds that write or delete. They have no default environment. */
export const writingKinds: readonly RunKind[] = ['PROVISIONING', 'SANDBOX', 'PRODUCTION', 'DELTA', 'ROLLBACK'];

/** Kinds that need a workspace. They have no default environment either. */
export const workspaceKinds: readonly RunKind[] = [...writingKinds, 'VERIFICATION'];

export const runStates = ['QUEUED', 'RUNNING', 'PAUSED', 'BLOCKED', 'SUCCEEDED', 'INCOMPLETE', 'FAILED', 'CANCELLED'] as const;
export type RunState = (typeof runStates)[number];

export const isTerminal = (state: RunState) =>
  state === 'SUCCEEDED' || state === 'INCOMPLETE' || state === 'FAILED' || state === 'CANCELLED';

/** A DELTA reads and loads: the phases of its load have names of their own. */
export const loadPhasePrefix = 'load ';
export const loadPhaseName = (kind: RunKind, name: string) => (kind === 'DELTA' ? `${loadPhasePrefix}${name}` : name);

/** The phases of a run by what they do. */
export function phasesByTask<P extends { name: string }>(kind: RunKind, phases: readonly P[]): { reading: P[]; loading: P[] } {
  if (kind !== 'DELTA')
    return writingKinds.includes(kind) ? { reading: [], loading: [...phases] } : { reading: [...phases], loading: [] };
  const loads = ({ name }: P) => name.startsWith(loadPhasePrefix);
  return { reading: phases.filter(phase => !loads(phase)), loading: phases.filter(loads) };
}

export const runRequests = ['PAUSE', 'CANCEL'] as const;
/** What a person requested for a run that a worker holds. */
export type RunRequest = (typeof runRequests)[number];

/**
 * Why a run does not progress. SLOT: the limit of concurrent runs is reached, in total or for its tenant. SCHEDULE: its time or
 * window has not come. CALL_BUDGET: its calls of this hour are spent.
 */
export type WaitingFor = 'SCHEDULE' | 'CALL_BUDGET' | 'SLOT' | 'RATE_LIMIT' | 'SOURCE_LIMIT' | 'BLOCKED' | 'PAUSED' | 'STALLED';

/** One execution of a step of the migration. */
export interface Run {
  id: string;
  projectId: string;
  kind: RunKind;
  environment: Environment | null;
  /** The mapping and the workspace of a run that writes. */
  mappingVersionId: string | null;
  workspaceId: string | null;
  /** Of a SANDBOX run that ended: what it read back. */
  sampleDigest: string | null;
  /** VERIFICATION: how many records it reads back; null for all. */
  sampleSize: number | null;
  /** Of a PRODUCTION run that asked for one. */
  loadPlan: LoadPlan | null;
  /** No worker takes it earlier. */
  notBefore: Date | null;
  state: RunState;
  /** Accepted, but not executed yet. */
  wanted: RunRequest | null;
  blocker: Blocker | null;
  /** 0 to 1; it never decreases. */
  fraction: number;
  waitingFor: WaitingFor | null;
  callLimitPerMinute: number | null;
  /** When its worker last showed that it is alive. */
  heartbeatAt: Date | null;
  contacts: RunContacts;
  /** Why it does not move although it is RUNNING. */
  stall: Stall | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  createdAt: Date;
}

/** The counts of one listing of a run. */
export interface RunPhase {
  name: string;
  recordType: RecordType | null;
  state: RunState;
  /** The count of the source, plus staged records that it has since deleted; null if the source reports none. */
  source: number | null;
  staged: number;
  /** Records that the source itself does not have. */
  skipped: number;
  /** Records that another attempt can still read. */
  failed: number;
  apiCalls: number;
  /** Why the listing is unavailable; null if it is available. */
  reason: string | null;
  startedAt: Date | null;
  finishedAt: Date | null;
}
