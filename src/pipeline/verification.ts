import { loadedSamples } from '../store/read-back-samples.js';
import { changePhase, createPhases } from '../store/run-phases.js';
import type { RunOutcome } from '../store/runs.js';
import { announceTotals } from './announce-totals.js';
import { startSize } from './load/engine/concurrency.js';
import { EarlierWrites } from './load/engine/earlier-writes.js';
import { LoadJournal } from './load/engine/load-journal.js';
import type { Loading } from './load/engine/loading.js';
import { Slots } from './load/engine/slots.js';
import { helpCenterReader } from './load/help-center/help-locales.js';
import { workspaceRefs } from './load/workspace-refs.js';
import { conclude, type Production, phases, scopeOfRun, transformationOf } from './production.js';
import { checkWorkspace } from './provision/provisioning.js';
import { createReadBack } from './verify/read-back.js';

/** Reads back what is loaded, all of it or a sample, and compares it with its drafts. Nothing is written to the workspace. */
export async function runVerification(context: Production): Promise<RunOutcome> {
  const { work, run, destination, signal } = context;
  await checkWorkspace(run, destination);
  await work.fencedTransaction(tx => createPhases(tx, work.lease, phases));
  const scope = scopeOfRun(context);
  await announceTotals(work, phases, scope.environment);
  const { transformation, account, destinationUrl, linkTo } = await transformationOf(context, scope);
  const refs = await workspaceRefs({ work, run, scope, destination, fields: [], account });
  const read = phases.filter(({ step }) => step?.verify || step?.readBack);
  let done = 0;
  const journal = new LoadJournal(work, scope, destination, () => Math.min(0.999, done / read.length));
  const loading: Loading = {
    work,
    run,
    scope,
    destination,
    journal,
    slots: new Slots(startSize, signal),
    refs,
    readBack: createReadBack({ work, scope, destination }),
    blobs: context.blobs,
    publicFiles: context.publicFiles,
    linkTo,
    helpCenter: helpCenterReader(destination),
    notBefore: 0,
    destinationUrl,
    dealsAs: transformation.dealsAs,
    readsBack: (tx, type, after, limit) =>
      loadedSamples(tx, scope, { runId: run.id, sampleSize: run.sampleSize }, type, after, limit),
    settleMs: context.settleMs,
    earlier: new EarlierWrites([], 0),
  };
  for (const { name, step } of read) {
    work.checkHalt();
    journal.beginPhase(name);
    await work.fencedTransaction(tx => changePhase(tx, run.id, name, { state: 'RUNNING' }));
    await step!.readBack?.(loading);
    await step!.verify?.(loading, name);
    done++;
    await journal.commit({});
  }
  return conclude(context, scope);
}
