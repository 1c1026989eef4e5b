import type { Connection } from '../domain/connection.js';
import type { Discovery } from '../domain/discovery.js';
import { uuidOf } from '../domain/ids.js';
import type { Issue, IssueStatus } from '../domain/issue.js';
import { fromCursor, type Page } from '../domain/page.js';
import type { RecordType } from '../domain/record-type.js';
import type { Environment, RunPhase } from '../domain/run.js';
import { connectionsOf } from '../store/connections.js';
import { discoveryOf } from '../store/discoveries.js';
import { issueById, pageOfIssues } from '../store/issues.js';
import { reconciliationOf } from '../store/reconciliations.js';
import { phasesOf } from '../store/run-phases.js';
import { hasRunIn, newestRun } from '../store/runs.js';
import { type OperationContext, within } from './context.js';
import { checkFirst } from './input-check.js';

/** The connections of each of these projects, in the order asked. */
export async function findConnections(context: OperationContext, projectIds: readonly string[]): Promise<Connection[][]> {
  const all = await within(context, tx => connectionsOf(tx, projectIds));
  return projectIds.map(id => all.filter(connection => connection.projectId === id));
}

export function findDiscovery(context: OperationContext, projectId: string): Promise<Discovery | null> {
  return within(context, tx => discoveryOf(tx, projectId));
}

/** How many records of a type there are at the source and in staging, and what became of them. */
export interface RecordCount {
  recordType: RecordType;
  source: number | null;
  staged: number;
  loaded: number;
  verified: number;
  skipped: number;
  failed: number;
}

/** Of the newest extraction, which holds what all before it have staged too; of types that have a loader, as the reconciliation counts them. */
export async function countRecords(
  context: OperationContext,
  projectId: string,
  environment: Environment,
): Promise<RecordCount[]> {
  return within(context, async tx => {
    const run = await newestRun(tx, projectId, 'EXTRACTION');
    if (!run) return [];
    const staged = toRecordCounts(await phasesOf(tx, run.id), false);
    if (!(await hasRunIn(tx, projectId, environment))) return staged;
    const { rows } = await reconciliationOf(tx, projectId, environment);
    return staged.map(count => {
      const row = rows.find(each => each.recordType === count.recordType);
      return row && row.loaded + row.failed > 0 ? { ...row, source: count.source } : count;
    });
  });
}

/**
 * One count a type: several listings of a type add up, and one that does not say leaves the number at the source open.
 * @param loads whether the run's counters are of what is loaded
 */
export function toRecordCounts(phases: readonly RunPhase[], loads: boolean): RecordCount[] {
  const counts = new Map<RecordType, RecordCount>();
  for (const { recordType, source, staged, skipped, failed } of phases) {
    if (!recordType) continue;
    const count = {
      recordType,
      source,
      staged: loads ? staged + skipped + failed : staged,
      loaded: loads ? staged : 0,
      verified: 0,
      skipped,
      failed,
    };
    const known = counts.get(recordType);
    if (!known) counts.set(recordType, count);
    else {
      known.source = known.source === null || source === null ? null : known.source + source;
      for (const name of ['staged', 'loaded', 'skipped', 'failed'] as const) known[name] += count[name];
    }
  }
  return [...counts.values()];
}

/** Newest first. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export function listIssues(
  context: OperationContext,
  projectId: string,
  status: IssueStatus | null,
  first: number,
  after: string | null,
): Promise<Page<Issue>> {
  checkFirst(first);
  const keyset = after === null ? null : fromCursor(after);
  return within(context, tx => pageOfIssues(tx, projectId, status, first, keyset));
}

/** @throws UserError MALFORMED_ID */
export async function findIssue(context: OperationContext, id: string): Promise<Issue | null> {
  const uuid = uuidOf('Issue', id);
  return uuid === null ? null : within(context, tx => issueById(tx, uuid));
}
