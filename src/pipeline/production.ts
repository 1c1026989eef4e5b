import { setTimeout as sleep } from 'node:timers/promises';
import type { DraftType } from '../domain/drafts/drafts.js';
import { Blocked } from '../domain/model/blocked.js';
import { sourceHosts } from '../domain/model/connection.js';
import { dealsAs } from '../domain/model/deals.js';
import type { PackArchive } from '../domain/model/document.js';
import { sideOf } from '../domain/model/gates.js';
import type { RecordType } from '../domain/model/record-type.js';
import type { Run } from '../domain/model/run.js';
import type { BlobStore } from '../domain/ports/blob-store.js';
import type { Destination } from '../domain/ports/destination.js';
import type { PublicFiles } from '../domain/ports/public-files.js';
import { linksInto } from '../domain/text/workspace-links.js';
import { accountLocale } from '../store/account-locale.js';
import { connectionOf } from '../store/connections.js';
import { countDrafts } from '../store/drafts.js';
import { type LoadScope, openIntents } from '../store/load-tables.js';
import { readLookups } from '../store/lookups.js';
import { fieldsOfMapping } from '../store/mappings.js';
import { appendEvent } from '../store/project-events.js';
import { projectById, setProjectStage } from '../store/projects.js';
import { reconciliationOf } from '../store/reconciliations.js';
import { changePhase, createPhases } from '../store/run-phases.js';
import type { RunWork } from '../store/run-work.js';
import type { RunOutcome } from '../store/runs.js';
import { writeInventories } from './documents.js';
import { loadCalls, loadConversations } from './load/conversations/load-conversations.js';
import { LoadJournal } from './load/engine/load-journal.js';
import { intentName, type Loading } from './load/engine/loading.js';
import { Slots } from './load/engine/slots.js';
import { loadArticles } from './load/help-center/load-articles.js';
import { loadCollections } from './load/help-center/load-collections.js';
import { loadCompanies } from './load/load-companies.js';
import { loadContacts } from './load/load-contacts.js';
import { loadDeals } from './load/load-deals.js';
import { packRecordings } from './load/pack-recordings.js';
import { workspaceRefs } from './load/workspace-refs.js';
import { checkWorkspace } from './provision/provisioning.js';
import { transform } from './transform/transform.js';
import { mappingByType, type Transformation } from './transform/transformation.js';
import { verifyDealTable, verifyInventories } from './verify/verify-documents.js';
import { verifyRecords } from './verify/verify-records.js';

/** Records that are worked on at once: enough to keep the limit busy, few enough that a window's end finds few in flight. */
const recordsPerBatch = 24;

/** In seconds: clocks may differ, and what is a day older than the project is surely not ours. */
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

interface Phase {
  name: string;
  recordType: RecordType;
  draft: DraftType | null;
  load?: (context: Loading) => Promise<void>;
  /** Whether records are read back once all of them are there. */
  verified?: boolean;
}

/** In the order in which their destinations must exist. */
const phases: Phase[] = [
  { name: 'teams', recordType: 'TEAM', draft: null },
  { name: 'agents', recordType: 'AGENT', draft: null },
  { name: 'tags', recordType: 'TAG', draft: null },
  { name: 'companies', recordType: 'COMPANY', draft: 'COMPANY', load: loadCompanies, verified: true },
  { name: 'contacts', recordType: 'CONTACT', draft: 'CONTACT', load: loadContacts, verified: true },
  { name: 'deals', recordType: 'DEAL', draft: 'DEAL', load: loadDeals, verified: true },
  { name: 'categories', recordType: 'CATEGORY', draft: 'CATEGORY', load: loadCollections },
  { name: 'articles', recordType: 'ARTICLE', draft: 'ARTICLE', load: loadArticles },
  { name: 'conversations', recordType: 'TICKET', draft: 'TICKET', load: loadConversations },
  { name: 'messages', recordType: 'MESSAGE', draft: null },
  { name: 'calls', recordType: 'CALL', draft: 'CALL', load: loadCalls },
  { name: 'files', recordType: 'ATTACHMENT', draft: null },
  { name: 'recordings', recordType: 'RECORDING', draft: null, load: packRecordings },
  { name: 'mail accounts', recordType: 'MAIL_ACCOUNT', draft: null },
  { name: 'chat widgets', recordType: 'CHAT_WIDGET', draft: null },
  { name: 'automations', recordType: 'AUTOMATION', draft: null },
  { name: 'reports', recordType: 'REPORT', draft: null },
];

/** The whole load: drafts of everything, then phase by phase what is not done, each read back; at the end the reconciliation. */
export async function runProduction(context: Production): Promise<RunOutcome> {
  const { work, run, destination } = context;
  await checkWorkspace(run, destination);
  await work.fencedTransaction(tx => createPhases(tx, work.lease, phases));
  const scope: LoadScope = { projectId: run.projectId, organizationId: work.lease.organizationId, environment: run.environment! };
  const { transformation, account, fields, destinationUrl, linkTo } = await transformationOf(context, scope);
  const { createdAt } = (await work.transaction(tx => projectById(tx, run.projectId)))!;
  const refs = await workspaceRefs({ work, run, scope, destination, fields, account });
  const unsettled = await settleEarlier(context, scope);
  for (const { draft } of phases) if (draft) await transform({ ...transformation, hasTeammate: refs.hasTeammate }, draft);
  const progress = await Progress.of(work, scope);
  let phase = phases[0]!.name;
  const slots = new Slots(recordsPerBatch, context.signal);
  const journal = new LoadJournal(
    work,
    scope,
    destination,
    weight => progress.add(weight),
    () => phase,
  );
  const loading: Loading = {
    work,
    run,
    scope,
    destination,
    journal,
    slots,
    refs,
    blobs: context.blobs,
    publicFiles: context.publicFiles,
    linkTo,
    notBefore: createdAt.getTime() / 1000 - clockTolerance,
    destinationUrl,
    dealsAs: transformation.dealsAs,
    settleMs: context.settleMs,
    unsettled,
  };
  for (const { name, draft, load, verified } of phases) {
    phase = name;
    work.checkHalt();
    if (!load) continue;
    await work.fencedTransaction(tx => changePhase(tx, run.id, name, { state: 'RUNNING' }));
    await load(loading);
    if (verified) await verifyRecords({ work, scope, destination, refs }, draft as 'COMPANY' | 'CONTACT' | 'DEAL', name);
  }
  const { blobs, packArchive } = context;
  await writeInventories({ work, blobs, packArchive, environment: scope.environment, fields });
  await verifyInventories({ work, scope, blobs, fields });
  if (loading.dealsAs === 'CONTACT_ATTRIBUTES') await verifyDealTable({ work, scope, blobs, fields });
  return conclude(context, scope);
}

async function transformationOf({ work, run }: Production, scope: LoadScope) {
  return work.transaction(async tx => {
    const source = (await connectionOf(tx, run.projectId, 'SOURCE'))!;
    const destination = (await connectionOf(tx, run.projectId, sideOf(scope.environment)))!;
    const account = source.workspaceId;
    if (!account) {
      throw new Blocked({
        code: 'ACCOUNT_KEY_MISSING',
        message:
          'Give accountKey in the options of the SOURCE connection: the account does not name itself. Then resume the run.',
      });
    }
    const lookups = await readLookups(tx, run.projectId, {
      account,
      ...(await accountLocale(tx, run.projectId)),
      sourceHosts: sourceHosts(source),
    });
    const fields = await fieldsOfMapping(tx, run.mappingVersionId!);
    const transformation: Omit<Transformation, 'hasTeammate'> = {
      work,
      scope,
      mapping: mappingByType(fields),
      lookups,
      replyHtml: destination.options.replyHtml !== false,
      dealsAs: dealsAs(destination.options),
      pendingAs: destination.options.pendingAs === 'SNOOZED' ? 'SNOOZED' : 'OPEN',
      historyAs: destination.options.historyAs === 'PARTS' ? 'PARTS' : 'NOTE',
    };
    return { transformation, account, fields, destinationUrl: destination.baseUrl, linkTo: linksInto(destination) };
  });
}

/**
 * Writes of an earlier worker that have no outcome: each may have been sent until just now, for its worker waits for the limit
 * before it sends, or wait for its answer until the time-out; and it may still land until the settle time is over.
 */
async function settleEarlier({ work, settleMs, requestTimeoutMs, signal }: Production, scope: LoadScope): Promise<Set<string>> {
  const { intents, sentAt } = await work.transaction(tx => openIntents(tx, scope));
  const left = sentAt ? Math.max(0, sentAt.getTime() + requestTimeoutMs - Date.now()) + settleMs : 0;
  if (left > 0) await sleep(left, undefined, { signal });
  return new Set(intents.map(intentName));
}

class Progress {
  private constructor(
    private readonly total: number,
    private done: number,
  ) {}

  static async of(work: RunWork, scope: LoadScope): Promise<Progress> {
    const types = phases.flatMap(({ draft }) => draft ?? []);
    const counts = await work.transaction(async tx => {
      const each = [];
      for (const type of types) each.push(await countDrafts(tx, scope, type));
      return each;
    });
    return new Progress(
      counts.reduce((sum, each) => sum + each.weight, 0),
      counts.reduce((sum, each) => sum + each.doneWeight, 0),
    );
  }

  /** Just short of 1: only a run that has succeeded is whole. */
  add(weight: number): number {
    this.done += weight;
    return Math.min(0.999, this.total === 0 ? 0.999 : this.done / this.total);
  }
}

async function conclude({ work, run }: Production, scope: LoadScope): Promise<RunOutcome> {
  // Counted before the run's row is locked: it looks at every record.
  const { rows, balanced } = await work.transaction(tx => reconciliationOf(tx, scope.projectId, scope.environment));
  return work.fencedTransaction(async tx => {
    for (const { name, recordType } of phases) {
      const row = rows.find(each => each.recordType === recordType);
      if (!row) continue;
      const { source, staged, loaded, verified, skipped, failed } = row;
      await changePhase(tx, run.id, name, {
        state: row.balanced ? 'SUCCEEDED' : 'INCOMPLETE',
        source,
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
    if (!balanced) return { state: 'INCOMPLETE' };
    if (run.environment === 'PRODUCTION') await setProjectStage(tx, run.projectId, 'CUTOVER');
    return { state: 'SUCCEEDED' };
  });
}
