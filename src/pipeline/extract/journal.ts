import type { NewIssue } from '../../domain/model/issue.js';
import type { Source, SourceListing, SourceRecord } from '../../domain/ports/source.js';
import { type ChildListing, saveChildListings } from '../../store/child-listings.js';
import { GroupCommit } from '../../store/group-commit.js';
import { eachUnlessRefused, withCareIfNeeded } from '../../store/in-savepoint.js';
import { raiseIssues } from '../../store/issues.js';
import { reportProgress } from '../../store/run-leases.js';
import { changePhase, countInPhase } from '../../store/run-phases.js';
import type { RunWork } from '../../store/run-work.js';
import { stage } from '../../store/staging.js';
import { refusedRecord } from './refused-record.js';

/** The result of one call. */
export interface Entry {
  records: readonly SourceRecord[];
  sweep: number;
  child?: ChildListing;
  /** How many records the listing has, so that progress has a total. The end of the listing counts again. */
  source?: number | null;
  issues?: NewIssue[];
  /** Called in the commit, so that the checkpoint contains exactly what is committed. */
  onCommit?: () => void;
}

/**
 * Commits results of calls in the order in which they end, in groups. A call counts as in flight until its entry is committed.
 */
export class Journal {
  /** Records that this run has seen for the first time. */
  added = 0;
  private callsCounted: number;
  private readonly group = new GroupCommit<Entry>(entries => this.commit(entries));

  constructor(
    private readonly work: RunWork,
    private readonly source: Source,
    private readonly listing: SourceListing,
    private readonly state: { fraction: () => number; checkpoint: () => Record<string, unknown> | null },
  ) {
    this.callsCounted = source.calls;
  }

  write(entry: Entry): Promise<void> {
    return this.group.add(entry);
  }

  private async commit(entries: Entry[]): Promise<undefined> {
    const { lease } = this.work;
    const { name } = this.listing;
    const calls = this.source.calls;
    for (const entry of entries) entry.onCommit?.();
    const added = await withCareIfNeeded(careful =>
      this.work.fencedTransaction(async tx => {
        let added = 0;
        const problems = entries.flatMap(entry => problemsOf(this.listing, entry.records));
        for (const sweep of new Set(entries.map(entry => entry.sweep))) {
          const records = entries.filter(entry => entry.sweep === sweep).flatMap(entry => entry.records);
          const refused = await eachUnlessRefused(tx, careful, records, async some => {
            added += await stage(tx, lease, { listing: name, sweep }, some);
          });
          const instead = refused.map(refusedRecord);
          added += await stage(tx, lease, { listing: name, sweep }, instead);
          problems.push(...problemsOf(this.listing, instead));
        }
        const children = entries.flatMap(({ child }) => (child ? [child] : []));
        await saveChildListings(tx, lease, name, children);
        await raiseIssues(tx, lease, [...entries.flatMap(entry => entry.issues ?? []), ...problems]);
        const outcome = (wanted: ChildListing['outcome']) => children.filter(child => child.outcome === wanted).length;
        await countInPhase(tx, lease.runId, name, {
          source: this.listing.shape === 'CHILDREN' ? knownOf(children) : null,
          staged: added,
          skipped: outcome('SKIPPED'),
          failed: outcome('FAILED'),
          apiCalls: calls - this.callsCounted,
        });
        const checkpoint = this.state.checkpoint();
        const source = entries.findLast(entry => (entry.source ?? null) !== null)?.source;
        if (checkpoint || source !== undefined)
          await changePhase(tx, lease.runId, name, {
            ...(checkpoint ? { checkpoint } : {}),
            ...(source === undefined ? {} : { source }),
          });
        await reportProgress(tx, lease, this.state.fraction(), null);
        return added;
      }),
    );
    this.callsCounted = calls;
    this.added += added;
  }
}

/** How many children parents that were listed have; null if none of them says it. */
function knownOf(children: readonly ChildListing[]): number | null {
  const totals = children.flatMap(({ total }) => (total === null ? [] : [total]));
  return totals.length === 0 ? null : totals.reduce((sum, total) => sum + total, 0);
}

function problemsOf(listing: SourceListing, records: readonly SourceRecord[]): NewIssue[] {
  return records.flatMap(record =>
    record.problems.map(({ code, about, sourceId, message, hint }) => ({
      code,
      severity: 'WARNING' as const,
      recordType: listing.recordType,
      listing: listing.name,
      sourceId: sourceId ?? record.id,
      about: about ?? message,
      message,
      hint,
    })),
  );
}
