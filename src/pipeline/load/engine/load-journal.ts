import type { NewCrosswalkEntry } from '../../../domain/model/crosswalk.js';
import type { NewIssue } from '../../../domain/model/issue.js';
import type { Destination } from '../../../domain/ports/destination.js';
import type { VerifiedRecord } from '../../../domain/verify/verification.js';
import { GroupCommit } from '../../../store/group-commit.js';
import { eachUnlessRefused, withCareIfNeeded } from '../../../store/in-savepoint.js';
import { raiseIssues } from '../../../store/issues.js';
import { type Intent, type IntentKey, saveIntents, settleIntents } from '../../../store/load-intents.js';
import type { LoadScope } from '../../../store/load-scope.js';
import { type LoadState, saveLoadStates } from '../../../store/load-states.js';
import { reportProgress } from '../../../store/run-leases.js';
import { countLoaded } from '../../../store/run-phases.js';
import type { RunWork } from '../../../store/run-work.js';
import { saveCrosswalk } from '../../../store/save-crosswalk.js';
import type { Tx } from '../../../store/transaction.js';
import { saveVerifications } from '../../../store/verifications.js';
import { saveWrittenNotes, type WrittenNote } from '../../../store/written-notes.js';
import { RecordFailure } from './record-failure.js';

const refusedMessage = 'The answer of Intercom cannot be stored: the database refuses a value.';
const refusedHint = 'Check the record in Intercom and report it to us. Start the run again, or waive the issue.';

/** Entries of one commit: outcomes of calls, and intents of the next ones. */
export interface LoadEntry {
  settled?: IntentKey[];
  intents?: Intent[];
  crosswalk?: NewCrosswalkEntry[];
  states?: LoadState[];
  verifications?: VerifiedRecord[];
  notes?: WrittenNote[];
  issues?: NewIssue[];
  /** Number of finished writes, for the progress. */
  weight?: number;
}

/** Commits entries of workers in groups. Nothing is sent before its intent is committed here. */
export class LoadJournal {
  private callsCounted: number;
  private phase = '';
  private readonly group = new GroupCommit<LoadEntry>(entries => this.write(entries));

  constructor(
    private readonly work: RunWork,
    private readonly scope: LoadScope,
    private readonly destination: Destination,
    /** Share of the run that is done after these writes. */
    private readonly fraction: (weight: number) => number,
  ) {
    this.callsCounted = destination.calls;
  }

  /** Following commits count in this phase. */
  beginPhase(name: string): void {
    this.phase = name;
  }

  commit(entry: LoadEntry): Promise<void> {
    return this.group.add(entry);
  }

  /** @returns entries with a value that the database refuses. Their record cannot be loaded; the others are committed */
  private async write(entries: readonly LoadEntry[]): Promise<ReadonlyMap<LoadEntry, Error>> {
    const { calls } = this.destination;
    const refused = await withCareIfNeeded(careful =>
      this.work.fencedTransaction(async tx => {
        const { lease } = this.work;
        const refused = new Set(await eachUnlessRefused(tx, careful, entries, some => this.save(tx, some)));
        const taken = entries.filter(entry => !refused.has(entry));
        const weight = taken.reduce((sum, entry) => sum + (entry.weight ?? 0), 0);
        const states = taken.flatMap(entry => entry.states ?? []);
        await countLoaded(tx, lease.runId, this.phase, {
          loaded: states.filter(({ state }) => state === 'DONE').length,
          skipped: states.filter(({ state }) => state === 'SKIPPED').length,
          failed: states.filter(({ state }) => state === 'FAILED').length,
          apiCalls: calls - this.callsCounted,
        });
        tx.used.recordsLoaded += states.filter(({ state }) => state === 'DONE').length;
        await reportProgress(tx, lease, this.fraction(weight), null, this.destination.callLimitPerMinute);
        return refused;
      }),
    );
    this.callsCounted = calls;
    return new Map([...refused].map(entry => [entry, new RecordFailure('LOAD_FAILED', refusedMessage, refusedHint)]));
  }

  private async save(tx: Tx, entries: readonly LoadEntry[]): Promise<void> {
    const all = <K extends keyof LoadEntry>(name: K) => entries.flatMap(entry => (entry[name] ?? []) as never[]);
    await settleIntents(tx, this.scope, all('settled'));
    await saveIntents(tx, this.scope, all('intents'));
    await saveCrosswalk(tx, this.scope, all('crosswalk'));
    await saveLoadStates(tx, this.scope, all('states'));
    await saveVerifications(tx, this.scope, all('verifications'), this.work.lease.runId);
    await saveWrittenNotes(tx, this.scope, all('notes'));
    await raiseIssues(tx, this.work.lease, all('issues'));
  }
}
