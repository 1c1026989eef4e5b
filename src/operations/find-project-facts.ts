import type { Connection } from '../domain/model/connection.js';
import type { Discovery } from '../domain/model/discovery.js';
import { uuidOf } from '../domain/model/ids.js';
import type { Issue, IssueStatus } from '../domain/model/issue.js';
import { fromCursor, type Page } from '../domain/model/page.js';
import type { RecordType } from '../domain/model/record-type.js';
import type { Environment, RunPhase } from '../domain/model/run.js';
import { connectionsOf } from '../store/connections.js';
import { discoveriesOf } from '../store/discoveries.js';
import { issueById, pagesOfIssues } from '../store/issues.js';
import { newestListings } from '../store/readings.js';
import { reconciliationsOf } from '../store/reconciliations.js';
import { projectsWithRunIn } from '../store/runs.js';
import { type OperationContext, within } from './context.js';
import { checkFirst } from './input-check.js';

/** The connections of each of these projects, in the order asked. */
export async function findConnections(context: OperationContext, projectIds: readonly string[]): Promise<Connection[][]> {
  const all = await within(context, tx => connectionsOf(tx, projectIds));
  return projectIds.map(id => all.filter(connection => connection.projectId === id));
}

/** Of each project; null where no DISCOVERY has succeeded. */
export async function findDiscoveries(context: OperationContext, projectIds: readonly string[]): Promise<(Discovery | null)[]> {
  const discoveries = await within(context, tx => discoveriesOf(tx, projectIds));
  return projectIds.map(id => discoveries.get(id) ?? null);
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

/** Of each project; of its newest extraction or delta, which holds what all before it have staged too; of types that have a loader, as the reconciliation counts them. */
export async function countRecords(
  context: OperationContext,
  projectIds: readonly string[],
  environment: Environment,
): Promise<RecordCount[][]> {
  return within(context, async tx => {
    const read = await newestListings(tx, projectIds);
    const loaded = [...(await projectsWithRunIn(tx, [...read.keys()], environment))];
    const reconciliations = loaded.length === 0 ? [] : await reconciliationsOf(tx, loaded, environment);
    const rowsOf = new Map(loaded.map((id, index) => [id, reconciliations[index]!.rows]));
    return projectIds.map(projectId => {
      const listings = read.get(projectId);
      if (!listings) return [];
      return toRecordCounts(listings, false).map(count => {
        const row = rowsOf.get(projectId)?.find(each => each.recordType === count.recordType);
        return row && row.loaded + row.failed > 0 ? { ...row, source: count.source } : count;
      });
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

/** A page of each project, newest first. @throws UserError INVALID_INPUT, MALFORMED_CURSOR */
export async function listIssues(
  context: OperationContext,
  projectIds: readonly string[],
  { status, first, after }: { status: IssueStatus | null; first: number; after: string | null },
): Promise<Page<Issue>[]> {
  checkFirst(first);
  const keyset = after === null ? null : fromCursor(after);
  return within(context, tx => pagesOfIssues(tx, projectIds, status, first, keyset));
}

/** @throws UserError MALFORMED_ID */
export async function findIssue(context: OperationContext, id: string): Promise<Issue | null> {
  const uuid = uuidOf('Issue', id);
  return uuid === null ? null : within(context, tx => issueById(tx, uuid));
}
