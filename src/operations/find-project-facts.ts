import type { Connection } from '../domain/connection.js';
import type { Discovery } from '../domain/discovery.js';
import { uuidOf } from '../domain/ids.js';
import type { Issue, IssueStatus } from '../domain/issue.js';
import { fromCursor, type Page } from '../domain/page.js';
import type { RecordType } from '../domain/record-type.js';
import type { RunPhase } from '../domain/run.js';
import { connectionsOf } from '../store/connections.js';
import { discoveryOf } from '../store/discoveries.js';
import { issueById, pageOfIssues } from '../store/issues.js';
import { phasesOf } from '../store/run-phases.js';
import { newestRun } from '../store/runs.js';
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

/** How many records of a type there are at the source and in staging; later steps add theirs. */
export interface RecordCount {
  recordType: RecordType;
  source: number | null;
  staged: number;
  skipped: number;
  failed: number;
}

/** Of the newest extraction, which holds what all before it have staged too. */
export async function countRecords(context: OperationContext, projectId: string): Promise<RecordCount[]> {
  return within(context, async tx => {
    const run = await newestRun(tx, projectId, 'EXTRACTION');
    return run ? toRecordCounts(await phasesOf(tx, run.id)) : [];
  });
}

/** One count a type: several listings of a type add up, and one that does not say leaves the number at the source open. */
export function toRecordCounts(phases: readonly RunPhase[]): RecordCount[] {
  const counts = new Map<RecordType, RecordCount>();
  for (const { recordType, source, staged, skipped, failed } of phases) {
    if (!recordType) continue;
    const known = counts.get(recordType);
    if (!known) counts.set(recordType, { recordType, source, staged, skipped, failed });
    else {
      known.source = known.source === null || source === null ? null : known.source + source;
      known.staged += staged;
      known.skipped += skipped;
      known.failed += failed;
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
