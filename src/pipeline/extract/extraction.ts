import { matchAgents } from '../../domain/model/agent-matches.js';
import { readingIssues } from '../../domain/model/issue.js';
import { phasesByTask } from '../../domain/model/run.js';
import type { BlobStore } from '../../domain/ports/blob-store.js';
import type { CallFailure } from '../../domain/ports/call-failure.js';
import type { Source, SourceListing } from '../../domain/ports/source.js';
import { matchingFacts, saveAgentMatches } from '../../store/agents.js';
import { countMissingDetails } from '../../store/delta-listings.js';
import { resolveEnded } from '../../store/ended-issues.js';
import { raiseIssues } from '../../store/issues.js';
import { appendEvent } from '../../store/project-events.js';
import { setProjectStage } from '../../store/projects.js';
import { checkRetention } from '../../store/retention-issues.js';
import { changePhase, createPhases, phasesOf, type StoredPhase } from '../../store/run-phases.js';
import type { RunWork } from '../../store/run-work.js';
import type { RunOutcome } from '../../store/runs.js';
import { countStaged } from '../../store/staged-records.js';
import { reportDanglingReferences } from './dangling-references.js';
import { extractChildren } from './extract-children.js';
import { extractDetails } from './extract-details.js';
import { extractFiles, fileListing } from './extract-files.js';
import { extractPages } from './extract-pages.js';
import { extractRecordings, recordingListing } from './extract-recordings.js';
import { extractSingle } from './extract-single.js';
import { extractTags, tagListing } from './extract-tags.js';
import { reportGone } from './gone-records.js';
import { type Census, issueOf, type ListingWork, refusalOf } from './listing-work.js';

const extractors: Record<SourceListing['shape'], (context: ListingWork) => Promise<Census>> = {
  SINGLE: extractSingle,
  PAGES: extractPages,
  CHILDREN: extractChildren,
  DETAILS: extractDetails,
};
/** The usual share of a listing in a run: a call for each ticket and one for each e-mail take most of the time. */
function weightOf(listing: SourceListing, listings: readonly SourceListing[]): number {
  if (listing.shape === 'CHILDREN') return 30;
  const ofChildren =
    listing.shape === 'DETAILS' && listings.some(({ name, shape }) => name === listing.of && shape === 'CHILDREN');
  return ofChildren ? 20 : 1;
}

/**
 * Reads a whole account into staging, one listing after another in the order of the source. An interrupted run continues where
 * it stopped.
 */
export async function extract(
  work: RunWork,
  source: Source,
  blobs: BlobStore,
  urgentSince: () => Promise<Date | null>,
  changedSince: Date | null = null,
): Promise<RunOutcome> {
  await work.fencedTransaction(tx =>
    createPhases(tx, work.lease, [...source.listings, fileListing, recordingListing, tagListing]),
  );
  const phases = await work.transaction(tx => phasesOf(tx, work.lease.runId));
  // Reading is the first half of a delta.
  const progress = new Progress(source.listings, phases, changedSince ? 0.5 : 1);
  const since = await urgentSince();
  for (const listing of source.listings) {
    const phase = phases.find(each => each.name === listing.name)!;
    if (phase.finishedAt) continue;
    work.checkHalt();
    await work.fencedTransaction(tx => changePhase(tx, work.lease.runId, listing.name, { state: 'RUNNING' }));
    await extractListing({ work, source, listing, phase, urgentSince: since, changedSince, progress: progress.of(listing) });
  }
  await extractFiles(work, source, blobs);
  await extractRecordings(work, source, blobs, changedSince !== null);
  const tags = await extractTags(work);
  await work.fencedTransaction(tx => changePhase(tx, work.lease.runId, tagListing.name, { state: 'SUCCEEDED', staged: tags }));
  return conclude(work, source, changedSince !== null);
}

async function extractListing(context: ListingWork): Promise<void> {
  const { work, listing, phase } = context;
  try {
    const { listed } = await extractors[listing.shape](context);
    await finishListing(context, listed);
  } catch (error) {
    const refusal = refusalOf(listing, error);
    // A refusal after the start does not mean "not available": something changed at the source.
    if (!refusal || (phase.staged > 0 && listing.shape !== 'DETAILS')) throw error;
    await declareUnavailable(work, listing, refusal);
  }
}

/** @param listed how many records the source has now; null if it does not tell it */
async function finishListing({ work, listing, progress, changedSince }: ListingWork, listed: number | null): Promise<void> {
  progress.set(1);
  const ofDetails = listing.shape === 'DETAILS';
  // Counted before the row of the run is locked: only this run stages records.
  const { staged, gone, skipped, missing } = await work.transaction(async tx => ({
    ...(await countStaged(tx, work.lease.projectId, listing.name)),
    missing: changedSince && ofDetails ? await countMissingDetails(tx, work.lease, listing.name) : null,
  }));
  // Records stay staged when the source has them no longer. Details are counted by the records that name them.
  const total = listed === null || ofDetails ? listed : listed + gone;
  await work.fencedTransaction(async tx => {
    const phase = (await phasesOf(tx, work.lease.runId)).find(each => each.name === listing.name)!;
    const complete = phase.failed === 0 && (total === null || staged + (ofDetails ? (missing ?? phase.skipped) : 0) === total);
    await changePhase(tx, work.lease.runId, listing.name, {
      state: complete ? 'SUCCEEDED' : 'INCOMPLETE',
      source: total,
      staged: staged - skipped,
      skipped: phase.skipped + skipped,
      checkpoint: {},
    });
    if (!complete) {
      const message = `The source reports ${total ?? 'no number'} ${listing.name}; ${staged} are staged and ${phase.failed} failed.`;
      await raiseIssues(tx, work.lease, [
        issueOf(listing, 'CENSUS_DIFFERS', 'ERROR', null, message, 'Start the extraction again.'),
      ]);
    }
    await appendEvent(tx, {
      projectId: work.lease.projectId,
      runId: work.lease.runId,
      type: 'PHASE_FINISHED',
      message: `${listing.name}: ${staged - skipped} staged.`,
      data: {
        listing: listing.name,
        source: total,
        staged: staged - skipped,
        skipped: phase.skipped + skipped,
        failed: phase.failed,
      },
    });
  });
}

async function declareUnavailable(work: RunWork, listing: SourceListing, refusal: CallFailure): Promise<void> {
  const reason = refusal.message;
  await work.fencedTransaction(async tx => {
    await changePhase(tx, work.lease.runId, listing.name, {
      state: listing.observed ? 'INCOMPLETE' : 'SUCCEEDED',
      source: null,
      reason,
    });
    const message = `${listing.name} is not available at this source: ${reason}`;
    const hint = 'Nothing was read from it. Extend the plan or the rights of the key, or leave it out.';
    await raiseIssues(tx, work.lease, [
      issueOf(listing, 'RESOURCE_UNAVAILABLE', listing.observed ? 'ERROR' : 'WARNING', null, message, hint),
    ]);
  });
}

async function conclude(work: RunWork, source: Source, isDelta: boolean): Promise<RunOutcome> {
  const { projectId, runId } = work.lease;
  await reportGone(work, source.listings);
  const phases = phasesByTask(isDelta ? 'DELTA' : 'EXTRACTION', await work.transaction(tx => phasesOf(tx, runId))).reading;
  // References of details are checked when the details are read.
  const details = new Set(source.listings.filter(listing => listing.shape === 'DETAILS').map(listing => listing.name));
  await reportDanglingReferences(
    work,
    phases.filter(phase => phase.reason === null && !details.has(phase.name)),
  );
  const whole = phases.filter(({ state, reason }) => state === 'SUCCEEDED' && reason === null);
  await resolveEnded(work, readingIssues, { listings: whole.map(({ name }) => name) });
  const matches = await work.transaction(async tx => matchAgents(await matchingFacts(tx, projectId)));
  return work.fencedTransaction(async tx => {
    await saveAgentMatches(tx, work.lease, matches);
    if (phases.some(phase => phase.state !== 'SUCCEEDED')) return { state: 'INCOMPLETE' };
    await checkRetention(tx, work.lease, new Date());
    if (!isDelta) await setProjectStage(tx, projectId, 'MAPPING');
    return { state: 'SUCCEEDED' };
  });
}

/** The share of the run that is done, from the shares of its listings. */
class Progress {
  private readonly shares = new Map<string, number>();

  constructor(
    private readonly listings: readonly SourceListing[],
    phases: readonly StoredPhase[],
    private readonly share: number,
  ) {
    for (const phase of phases) if (phase.finishedAt) this.shares.set(phase.name, 1);
  }

  of(listing: SourceListing): ListingWork['progress'] {
    return {
      set: share => {
        this.shares.set(listing.name, share);
      },
      fraction: () => this.fraction(),
    };
  }

  /** Below 1: only a run that has succeeded is complete. */
  private fraction(): number {
    const all = this.listings.reduce((sum, listing) => sum + weightOf(listing, this.listings), 0);
    const done = this.listings.reduce(
      (sum, listing) => sum + weightOf(listing, this.listings) * (this.shares.get(listing.name) ?? 0),
      0,
    );
    return Math.min(0.999, done / all) * this.share;
  }
}
