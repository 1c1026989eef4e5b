import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTerminal, type RunRequest, type RunState, runStates } from '../../../src/domain/model/run.js';
import { comingState, effectOf, type RunAction, runActions } from '../../../src/domain/model/run-transitions.js';

/** The documented transitions. RUNNING to RUNNING: another worker takes the run. */
const next: Record<RunState, readonly RunState[]> = {
  QUEUED: ['RUNNING', 'PAUSED', 'CANCELLED'],
  RUNNING: ['RUNNING', 'QUEUED', 'PAUSED', 'BLOCKED', 'SUCCEEDED', 'INCOMPLETE', 'FAILED', 'CANCELLED'],
  PAUSED: ['QUEUED', 'CANCELLED'],
  BLOCKED: ['QUEUED', 'CANCELLED'],
  SUCCEEDED: [],
  INCOMPLETE: [],
  FAILED: [],
  CANCELLED: [],
};

type Step = { is: 'action'; name: RunAction } | { is: 'take' } | { is: 'lease lost' } | { is: 'end'; as: RunState };

/** What a worker can report. RUNNING: it was shut down. QUEUED: its window has closed. */
const outcomes = ['RUNNING', 'QUEUED', 'BLOCKED', 'SUCCEEDED', 'INCOMPLETE', 'FAILED'] as const;
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom<RunAction[]>('pauseRun', 'resumeRun', 'cancelRun').map(name => ({ is: 'action' as const, name })),
  fc.constant({ is: 'take' as const }),
  fc.constant({ is: 'lease lost' as const }),
  fc.constantFrom(...outcomes).map(as => ({ is: 'end' as const, as })),
);

interface Row {
  state: RunState;
  wanted: RunRequest | null;
  /** Whether a worker holds it. */
  held: boolean;
}

/** A step on the row of a run, as the store does it: the decisions are those of the product. */
function after(row: Row, step: Step): Row {
  switch (step.is) {
    case 'action': {
      const effect = effectOf(step.name, row);
      if (typeof effect === 'string') return row;
      return 'wanted' in effect ? { ...row, wanted: effect.wanted } : { state: effect.state, wanted: null, held: false };
    }
    case 'take': {
      if (row.held || (row.state !== 'QUEUED' && row.state !== 'RUNNING')) return row;
      // A request that the last worker did not carry out ends the run at once.
      if (row.wanted) return { state: comingState({ state: 'RUNNING', wanted: row.wanted }), wanted: null, held: false };
      return { state: 'RUNNING', wanted: null, held: true };
    }
    case 'lease lost':
      return { ...row, held: false };
    case 'end':
      return row.held ? { state: comingState({ state: step.as, wanted: row.wanted }), wanted: null, held: false } : row;
  }
}

const queued: Row = { state: 'QUEUED', wanted: null, held: false };

test('no sequence of requests, workers and ends leaves an end state, or the documented transitions', () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 30 }), sequence => {
      let row = queued;
      for (const step of sequence) {
        const now = after(row, step);
        if (now.state !== row.state) expect(next[row.state]).toContain(now.state);
        if (isTerminal(row.state)) expect(now).toEqual(row);
        if (now.wanted) expect(now.state).toBe('RUNNING');
        row = now;
      }
    }),
    { numRuns: 3_000 },
  );
});

test('an accepted request is carried out: a cancel ends the run, a pause pauses it unless it is revoked', () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 30 }), sequence => {
      let row = queued;
      let accepted: RunState | null = null;
      for (const step of sequence) {
        if (step.is === 'action' && effectOf(step.name, row) !== 'REFUSED' && !isTerminal(row.state)) {
          if (step.name === 'cancelRun') accepted = 'CANCELLED';
          else if (accepted !== 'CANCELLED') accepted = step.name === 'pauseRun' ? 'PAUSED' : null;
        }
        const now = after(row, step);
        const hasWorked = row.state === 'RUNNING' && now.wanted === null && now.state !== 'RUNNING';
        if (accepted && (hasWorked || now.state !== 'RUNNING')) expect(now.state).toBe(accepted);
        row = now;
      }
      if (accepted === 'CANCELLED') {
        // The next worker, or the end of this one, carries it out.
        const last = [{ is: 'end', as: 'SUCCEEDED' } as const, { is: 'take' } as const].reduce(after, row);
        expect(last.state).toBe('CANCELLED');
      }
    }),
    { numRuns: 3_000 },
  );
});

test('the actions that a run allows are those that are not refused', () => {
  const requests: fc.Arbitrary<RunRequest | null> = fc.constantFrom('PAUSE', 'CANCEL', null);
  fc.assert(
    fc.property(fc.constantFrom(...runStates), requests, (state, wanted) => {
      const run = { state, wanted: state === 'RUNNING' ? wanted : null };
      for (const name of ['pauseRun', 'resumeRun', 'cancelRun'] as const)
        if (runActions(run).includes(name)) expect(effectOf(name, run)).not.toBe('REFUSED');
        else expect(['REFUSED', 'UNCHANGED']).toContain(effectOf(name, run));
      expect(effectOf('cancelRun', run) === 'REFUSED').toBe(isTerminal(state) && state !== 'CANCELLED');
    }),
  );
});
