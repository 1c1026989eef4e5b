import { isTerminal, type Run, type RunState } from './run.js';

type Requested = Pick<Run, 'state' | 'wanted'>;

/** The state of a run, or the state after its worker has done what a person requested. */
export function comingState({ state, wanted }: Requested): RunState {
  if (wanted === 'CANCEL') return 'CANCELLED';
  return wanted === 'PAUSE' ? 'PAUSED' : state;
}

/** Mutations that change the state of a run. */
export type RunAction = 'pauseRun' | 'resumeRun' | 'cancelRun';

/** Names of the mutations that a run allows. A request counts as done. */
export function runActions(run: Requested): RunAction[] {
  const state = comingState(run);
  if (isTerminal(state)) return [];
  if (state === 'PAUSED' || state === 'BLOCKED') return ['resumeRun', 'cancelRun'];
  return ['pauseRun', 'cancelRun'];
}

/** States, current or wanted, in which a repeated action has nothing to do. */
const doneIn: Record<RunAction, readonly RunState[]> = {
  pauseRun: ['PAUSED'],
  resumeRun: ['QUEUED', 'RUNNING'],
  cancelRun: ['CANCELLED'],
};

const effects = {
  pauseRun: { state: 'PAUSED', wanted: 'PAUSE' },
  resumeRun: { state: 'QUEUED', wanted: null },
  cancelRun: { state: 'CANCELLED', wanted: 'CANCEL' },
} as const;

/** A new state, or a request that its worker carries out. UNCHANGED: there is nothing to do. */
export type ActionEffect =
  | 'UNCHANGED'
  | 'REFUSED'
  | { state: 'PAUSED' | 'QUEUED' | 'CANCELLED' }
  | { wanted: 'PAUSE' | 'CANCEL' | null };

/** What a mutation does to a run. A worker holds a RUNNING run, so that run only gets a request. */
export function effectOf(action: RunAction, run: Requested): ActionEffect {
  if (doneIn[action].includes(comingState(run))) return 'UNCHANGED';
  if (!runActions(run).includes(action)) return 'REFUSED';
  const { state, wanted } = effects[action];
  return run.state === 'RUNNING' ? { wanted } : { state };
}
