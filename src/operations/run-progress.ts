import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import {
  isTerminal,
  phasesByTask,
  type Run,
  type RunPhase,
  type RunState,
  type WaitingFor,
  writingKinds,
} from '../domain/model/run.js';
import type { Stall } from '../domain/model/stall.js';
import { phasesOf } from '../store/run-phases.js';
import { runById } from '../store/runs.js';
import { Alarm } from './alarm.js';
import { type OperationContext, within } from './context.js';
import { readWithRetries } from './read-with-retries.js';

/** Progress of a run at one moment, computed from counters in the store and never from messages. */
export interface RunProgress {
  runId: string;
  state: RunState;
  fraction: number;
  /** The phases of a DELTA that load; otherwise all. */
  loading: RunPhase[];
  /** The phases of a DELTA that read; otherwise all. */
  reading: RunPhase[];
  /** Whether the counters of the phases count loaded records. */
  loads: boolean;
  recordsPerMinute: number;
  callsPerMinute: number;
  callLimitPerMinute: number | null;
  etaSecondsP50: number | null;
  etaSecondsP90: number | null;
  waitingFor: WaitingFor | null;
  /** When the wait for a schedule or a call budget ends. */
  waitingUntil: Date | null;
  heartbeatAt: Date | null;
  sourceAnsweredAt: Date | null;
  destinationAnsweredAt: Date | null;
  stall: Stall | null;
  at: Date;
}

const timeOf = (iso: string | null) => (iso === null ? null : new Date(iso));

/** At most 5 snapshots per second. */
const coalesceMs = 200;

/** Rates are averages since the start of the run. The 90th percentile adds half of the estimate. */
export function snapshot(run: Run, phases: readonly RunPhase[], at = new Date()): RunProgress {
  const minutes = run.startedAt ? Math.max(1 / 60, ((run.finishedAt ?? at).getTime() - run.startedAt.getTime()) / 60_000) : 0;
  const sum = (of: (phase: RunPhase) => number) => phases.reduce((total, phase) => total + of(phase), 0);
  const perMinute = (count: number) => (minutes === 0 ? 0 : count / minutes);
  const moving = run.state === 'RUNNING' && run.fraction > 0.01;
  const eta = moving ? (minutes * 60 * (1 - run.fraction)) / run.fraction : null;
  return {
    runId: run.id,
    state: run.state,
    fraction: run.fraction,
    ...(run.kind === 'DELTA' ? phasesByTask(run.kind, phases) : { loading: [...phases], reading: [...phases] }),
    loads: writingKinds.includes(run.kind),
    recordsPerMinute: perMinute(sum(phase => phase.staged)),
    callsPerMinute: perMinute(sum(phase => phase.apiCalls)),
    // Null for a source: it returns what is left of a window, but not the length of the window.
    callLimitPerMinute: run.callLimitPerMinute,
    etaSecondsP50: eta === null ? null : Math.round(eta),
    etaSecondsP90: eta === null ? null : Math.round(eta * 1.5),
    waitingFor: run.waitingFor,
    waitingUntil: run.waitingFor === 'SCHEDULE' || run.waitingFor === 'CALL_BUDGET' ? run.notBefore : null,
    heartbeatAt: run.heartbeatAt,
    sourceAnsweredAt: timeOf(run.contacts.source.answeredAt),
    destinationAnsweredAt: timeOf(run.contacts.destination.answeredAt),
    stall: run.stall,
    at,
  };
}

/**
 * A first snapshot, then one after each change, at most 5 per second; the last one when the run has ended.
 * @throws UserError MALFORMED_ID, NOT_FOUND before the first
 */
export async function followRunProgress(
  context: OperationContext,
  runId: string,
  signal: AbortSignal,
): Promise<AsyncGenerator<RunProgress>> {
  const uuid = uuidOf('Run', runId, ['runId']);
  const known = uuid && (await within(context, tx => runById(tx, uuid)));
  if (!uuid || !known) throw new UserError('NOT_FOUND', 'Name a run that exists.', { path: ['runId'] });
  return snapshots(context, uuid, signal);
}

async function* snapshots(context: OperationContext, runId: string, signal: AbortSignal): AsyncGenerator<RunProgress> {
  const alarm = new Alarm(ring => context.wakeUps.listen(runId, ring), signal);
  const read = () =>
    within(context, async tx => {
      const run = await runById(tx, runId);
      return run && snapshot(run, await phasesOf(tx, runId));
    });
  try {
    while (!signal.aborted) {
      const now = await readWithRetries(read, signal);
      if (!now) return;
      yield now;
      if (isTerminal(now.state)) return;
      await sleep(coalesceMs, undefined, { signal }).catch(() => {}); // Aborted: the loop ends.
      await alarm.next();
    }
  } finally {
    alarm.close();
  }
}
