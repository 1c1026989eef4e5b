import { addressOf } from '../domain/mapping/contact-address.js';
import { sentFields } from '../domain/mapping/deal-type.js';
import type { FieldMapping } from '../domain/mapping/field-mapping.js';
import { Blocked } from '../domain/model/blocked.js';
import { sourceHosts } from '../domain/model/connection.js';
import { dealsAs } from '../domain/model/deals.js';
import type { PackArchive } from '../domain/model/document.js';
import { sideOf } from '../domain/model/gates.js';
import { listingOf, loadOrder, recordTypeDeclarations } from '../domain/model/record-types.js';
import { loadPhaseName, type Run } from '../domain/model/run.js';
import type { BlobStore } from '../domain/ports/blob-store.js';
import type { Destination } from '../domain/ports/destination.js';
import type { PublicFiles } from '../domain/ports/public-files.js';
import type { Sample } from '../domain/sample/sample.js';
import { linksInto } from '../domain/text/workspace-links.js';
import { reconcile } from '../domain/verify/reconcile.js';
import { accountLocale } from '../store/account-locale.js';
import { connectionOf } from '../store/connections.js';
import { countDrafts } from '../store/drafts.js';
import { knownTeammates } from '../store/known-teammates.js';
import { openIntents } from '../store/load-intents.js';
import type { LoadScope } from '../store/load-scope.js';
import { saveSlice } from '../store/load-slices.js';
import { readLookups } from '../store/lookups.js';
import { fieldsOfMapping } from '../store/mappings.js';
import { openTypes } from '../store/open-types.js';
import { appendEvent } from '../store/project-events.js';
import { projectById, setProjectStage } from '../store/projects.js';
import { textAttributes } from '../store/provisioned-objects.js';
import { reconciliationFacts } from '../store/reconciliations.js';
import { changePhase, createPhases } from '../store/run-phases.js';
import type { RunWork } from '../store/run-work.js';
import type { RunOutcome } from '../store/runs.js';
import { sampleRecords, toSample } from '../store/samples.js';
import { announceTotals } from './announce-totals.js';
import { writeInventories } from './documents.js';
import { adaptedSlots } from './load/engine/adapted-slots.js';
import { EarlierWrites } from './load/engine/earlier-writes.js';
import { LoadJournal } from './load/engine/load-journal.js';
import type { Loading } from './load/engine/loading.js';
import { helpCenterReader } from './load/help-center/help-locales.js';
import { workspaceRefs } from './load/workspace-refs.js';
import { draftTypes, loadSteps } from './load-steps.js';
import { checkWorkspace } from './provision/provisioning.js';
import { openReporting } from './report/open-reporting.js';
import { chooseSample, sampledTypes } from './sample/choose-sample.js';
import { reviewSample } from './sample/review-sample.js';
import { sideBySide } from './side-by-side.js';

import { dropStaleDrafts } from './transform/transform.js';
import { mappingByType, type Transformation } from './transform/transformation.js';
import { createReadBack } from './verify/read-back.js';
import { verifyDealTable, verifyInventories } from './verify/verify-documents.js';

/** In seconds: clocks can differ. An object that is a day older than the project is certainly not ours. */
const clockTolerance = 86_400;

export interface Production {
  work: RunWork;
  run: Run;
  destination: Destination;
  blobs: BlobStore;
  publicFiles: PublicFiles;
  packArchive: PackArchive;
  settleMs: number;
  requestTimeoutMs: number;
  signal: AbortSignal;
}

/** More than a source has listings: the phases of a delta that load are behind those that read. */
const readingPhases = 1_000;

/** A phase for each type, in dependency order. */
export const phases = loadOrder.map(recordType => ({
  recordType,
  name: recordTypeDeclarations[recordType].phase,
  step: loadSteps[recordType],
}));

/** The whole load: all drafts, then the open drafts phase by phase with their read-back, and at the end the reconciliation. */
export async function runProduction(context: Production): Promise<RunOutcome> {
  const { work, run, destination } = context;
  await checkWorkspace(run, destination);
  const ownPhases = phases.map(phase => ({ ...phase, name: loadPhaseName(run.kind, phase.name) }));
  await work.fencedTransaction(tx => createPhases(tx, work.lease, ownPhases, run.kind === 'DELTA' ? readingPhases : 0));
  const scope = scopeOfRun(context);
  if (scope.environment === 'PRODUCTION') await announceTotals(work, ownPhases, 'PRODUCTION');
  if (run.kind === 'PRODUCTION' && !run.loadPlan?.retry)
    await work.fencedTransaction(tx => saveSlice(tx, scope, run.id, run.loadPlan));
  const { transformation, account, fields, destinationUrl, linkTo } = await transformationOf(context, scope);
  const { createdAt } = (await work.transaction(tx => projectById(tx, run.projectId)))!;
  const isDelta = run.kind === 'DELTA';
  if (isDelta) {
    // Without the workspace it is known whether there is anything to do.
    await draftAll({ ...transformation, hasTeammate: await knownTeammates(work, scope), sample: null });
    const open = await work.transaction(tx => openTypes(tx, scope, draftTypes));
    if (open.size === 0) return finish(context, scope, fields, transformation.dealsAs);
  }
  const refs = await workspaceRefs({ work, run, scope, destination, fields, account });
  const earlier = await earlierWrites(context, scope);
  const sample = scope.environment === 'SANDBOX' ? await takeSample(transformation) : null;
  if (sample) await announceTotals(work, ownPhases, 'SANDBOX');
  if (!isDelta) await draftAll({ ...transformation, hasTeammate: refs.hasTeammate, sample });
  const progress = await Progress.of(work, scope);
  const { slots, stop } = adaptedSlots(destination, context.signal);
  const open = isDelta ? await work.transaction(tx => openTypes(tx, scope, draftTypes)) : null;
  const helpCenter = helpCenterReader(destination);
  // A delta skips types without changes.
  const due = ownPhases.filter(({ step, recordType }) => step && !(open && step.draft && !open.has(recordType)));
  await sideBySide(
    due,
    async ({ name, step }, checkHalt, loaded) => {
      const phaseWork = { ...work, checkHalt };
      // Phases run at the same time: each has its own number of calls.
      const [writes, reads] = [destination.branch(), destination.branch()];
      const journal = new LoadJournal(phaseWork, scope, writes, weight =>
        isDelta ? 0.5 + progress.add(weight) / 2 : progress.add(weight),
      );
      journal.beginPhase(name);
      await work.fencedTransaction(tx => changePhase(tx, run.id, name, { state: 'RUNNING' }));
      await step!.load({
        work: phaseWork,
        run,
        scope,
        destination: writes,
        journal,
        readBack: createReadBack({ work: phaseWork, scope, destination: writes }),
        slots,
        refs,
        blobs: context.blobs,
        publicFiles: context.publicFiles,
        linkTo,
        helpCenter,
        notBefore: createdAt.getTime() / 1000 - clockTolerance,
        destinationUrl,
        dealsAs: transformation.dealsAs,
        settleMs: context.settleMs,
        earlier,
      });
      loaded();
      await step!.verify?.({ work: phaseWork, scope, destination: reads, refs }, name);
    },
    work.checkHalt,
  ).finally(stop);
  return finish(context, scope, fields, transformation.dealsAs);
}

/** Writes and reads back what exists only in documents. Then everything is counted. */
async function finish(
  context: Production,
  scope: LoadScope,
  fields: readonly FieldMapping[],
  deals: Loading['dealsAs'],
): Promise<RunOutcome> {
  const { work, destination, blobs, packArchive } = context;
  await writeInventories(await openReporting({ work, blobs, packArchive }, scope.environment, fields));
  await verifyInventories({ work, scope, blobs, fields });
  if (deals === 'CONTACT_ATTRIBUTES') await verifyDealTable({ work, scope, blobs, fields });
  if (scope.environment === 'SANDBOX') await reviewSample({ work, scope, destination });
  return conclude(context, scope);
}

export const scopeOfRun = ({ work, run }: Production): LoadScope => ({
  projectId: run.projectId,
  organizationId: work.lease.organizationId,
  environment: run.environment!,
});

/** The part of the account that moves into the sandbox. */
async function takeSample({ work, mapping, lookups }: Omit<Transformation, 'hasTeammate' | 'sample'>): Promise<Sample> {
  const contacts = mapping.get('CONTACT') ?? new Map();
  await chooseSample({ work, lookups, addressOf: record => addressOf(record, contacts) });
  const records = await work.transaction(tx => sampleRecords(tx, work.lease.projectId));
  return toSample(records, sampledTypes.map(listingOf));
}

/** Creates the drafts of all types again. Drafts of records that became part of others are deleted. */
async function draftAll(context: Transformation): Promise<void> {
  for (const type of draftTypes) {
    await loadSteps[type]!.draft!(context);
    await dropStaleDrafts(context, type);
  }
}

export async function transformationOf({ work, run }: Production, scope: LoadScope) {
  return work.transaction(async tx => {
    const source = (await connectionOf(tx, run.projectId, 'SOURCE'))!;
    const destination = (await connectionOf(tx, run.projectId, sideOf(scope.environment)))!;
    const account = source.workspaceId;
    if (!account) {
      throw new Blocked({
        code: 'ACCOUNT_KEY_MISSING',
        message:
          'The account does not return its id. Set accountKey in the options of the SOURCE connection. Then resume the run.',
      });
    }
    const lookups = await readLookups(tx, run.projectId, {
      account,
      ...(await accountLocale(tx, run.projectId)),
      sourceHosts: sourceHosts(source),
    });
    const fields = run.mappingVersionId === null ? [] : await fieldsOfMapping(tx, run.mappingVersionId);
    const transformation: Omit<Transformation, 'hasTeammate' | 'sample'> = {
      work,
      scope,
      mapping: mappingByType(sentFields(fields, await textAttributes(tx, run.projectId, scope.environment))),
      lookups,
      replyHtml: destination.options.replyHtml !== false,
      dealsAs: dealsAs(destination.options),
      pendingAs: destination.options.pendingAs === 'SNOOZED' ? 'SNOOZED' : 'OPEN',
      historyAs: destination.options.historyAs === 'PARTS' ? 'PARTS' : 'NOTE',
      order: run.loadPlan?.order ?? 'LONGEST_FIRST',
    };
    return { transformation, account, fields, destinationUrl: destination.baseUrl, linkTo: linksInto(destination) };
  });
}

/**
 * Writes of an earlier worker without outcome. Each may have been sent just now, after a wait for the rate limit, or wait for
 * its answer until the time-out, and can take effect until the settle time is over.
 */
async function earlierWrites({ work, settleMs, requestTimeoutMs }: Production, scope: LoadScope): Promise<EarlierWrites> {
  const { intents, sentMsAgo } = await work.transaction(tx => openIntents(tx, scope));
  return new EarlierWrites(intents, performance.now() + Math.max(0, requestTimeoutMs - sentMsAgo) + settleMs);
}

class Progress {
  private constructor(
    private readonly total: number,
    private done: number,
  ) {}

  static async of(work: RunWork, scope: LoadScope): Promise<Progress> {
    const counts = await work.transaction(async tx => {
      const each = [];
      for (const type of draftTypes) each.push(await countDrafts(tx, scope, type));
      return each;
    });
    return new Progress(
      counts.reduce((sum, each) => sum + each.weight, 0),
      counts.reduce((sum, each) => sum + each.doneWeight, 0),
    );
  }

  /** Below 1: only a run that has succeeded is complete. */
  add(weight: number): number {
    this.done += weight;
    return Math.min(0.999, this.total === 0 ? 0.999 : this.done / this.total);
  }
}

export async function conclude({ work, run }: Production, scope: LoadScope): Promise<RunOutcome> {
  // Counted before the row of the run is locked: it reads every record.
  const { rows, balanced, settled } = reconcile(
    await work.transaction(tx => reconciliationFacts(tx, scope.projectId, scope.environment)),
  );
  // The rest is outside of the slices that were loaded so far.
  const isSliceDone = !balanced && settled && (await work.transaction(tx => openTypes(tx, scope, draftTypes))).size === 0;
  return work.fencedTransaction(async tx => {
    for (const { name: phase, recordType } of phases) {
      const name = loadPhaseName(run.kind, phase);
      const row = rows.find(each => each.recordType === recordType);
      if (!row) continue;
      const { source, staged, loaded, verified, skipped, failed } = row;
      await changePhase(tx, run.id, name, {
        state: row.balanced || isSliceDone ? 'SUCCEEDED' : 'INCOMPLETE',
        // Of a sample the source says no number.
        source: scope.environment === 'SANDBOX' ? (source ?? staged) : source,
        staged: loaded,
        skipped,
        failed,
      });
      await appendEvent(tx, {
        projectId: run.projectId,
        runId: run.id,
        type: 'PHASE_FINISHED',
        message: `${name}: ${loaded} of ${staged} loaded, ${verified} verified.`,
        data: { phase: name, source, staged, loaded, verified, skipped, failed },
      });
    }
    if (isSliceDone) return { state: 'SUCCEEDED' };
    if (!balanced) return { state: 'INCOMPLETE' };
    if (run.environment === 'PRODUCTION' && run.kind !== 'VERIFICATION') await setProjectStage(tx, run.projectId, 'CUTOVER');
    return { state: 'SUCCEEDED' };
  });
}
