import { In } from 'typeorm';
import {
  type Issue,
  type IssueCode,
  type IssueStatus,
  type NewIssue,
  provisioningIssues,
  readingIssues,
  type Severity,
} from '../domain/model/issue.js';
import { type CreationOrder, type Keyset, mapItems, type PageWindow, type Slice } from '../domain/model/page.js';
import type { RecordType } from '../domain/model/record-type.js';
import { listingOf } from '../domain/model/record-types.js';
import type { Environment } from '../domain/model/run.js';
import { keptId, keptText } from '../domain/text/kept-text.js';
import { failureCodes } from '../domain/verify/reconcile.js';
import { IssueRow } from './entities/issue-row.js';
import { entityPagesOf, type List } from './pages.js';
import type { Tx } from './transaction.js';

/** A statement takes at most 65,535 parameters. */
const batchSize = 1_000;

/** Raises issues. An existing issue is not raised again. Foreign text in them is shortened to what can be stored. */
export async function raiseIssues(
  tx: Tx,
  { projectId, organizationId, runId }: { projectId: string; organizationId: string; runId: string | null },
  issues: readonly NewIssue[],
): Promise<void> {
  if (issues.length === 0) return;
  const rows = issues.map(issue => ({
    ...issue,
    sourceId: issue.sourceId === null ? null : keptId(issue.sourceId),
    about: keptText(issue.about, 300),
    message: keptText(issue.message),
    hint: issue.hint === null ? null : keptText(issue.hint),
    projectId,
    organizationId,
    runId,
  }));
  for (let from = 0; from < rows.length; from += batchSize)
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(IssueRow)
      .values(rows.slice(from, from + batchSize))
      .orIgnore()
      .execute();
  await reopenFailures(tx, rows);
}

/** The rest of a change of `status` that no person makes. */
export const byLandfall = 'status_changed_by = NULL, status_changed_at = clock_timestamp(), status_note = NULL';

/** The failures of a record that is done are resolved, waived ones too: a waiver does not cover a later failure. */
export async function resolveFailures(
  tx: Tx,
  { projectId, environment }: { projectId: string; environment: Environment },
  recordType: RecordType,
  sourceIds: readonly string[],
): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.issues SET status = 'RESOLVED', ${byLandfall}
     WHERE project_id = $1 AND code = ANY($2) AND listing = $3 AND source_id = ANY($4) AND about = $5 AND status <> 'RESOLVED'`,
    [projectId, [...failureCodes], listingOf(recordType), sourceIds, environment],
  );
}

/** Resolved by Landfall when it is over; raised again when it comes back. */
const recurring: ReadonlySet<string> = new Set<IssueCode>([...failureCodes, ...readingIssues, ...provisioningIssues]);

/** What was resolved and occurs again is open again, and of the run in which it did. */
async function reopenFailures(
  tx: Tx,
  issues: readonly Pick<IssueRow, 'projectId' | 'code' | 'listing' | 'sourceId' | 'about' | 'message' | 'hint' | 'runId'>[],
): Promise<void> {
  for (const { projectId, code, listing, sourceId, about, message, hint, runId } of issues.filter(each =>
    recurring.has(each.code),
  )) {
    await tx.manager.query(
      `UPDATE landfall.issues SET status = 'OPEN', message = $6, hint = $7, run_id = $8, ${byLandfall}
       WHERE project_id = $1 AND code = $2 AND listing IS NOT DISTINCT FROM $3 AND source_id IS NOT DISTINCT FROM $4 AND about = $5 AND status = 'RESOLVED'`,
      [projectId, code, listing, sourceId, about, message, hint, runId],
    );
  }
}

const toIssue = ({
  id,
  projectId,
  code,
  severity,
  status,
  recordType,
  sourceId,
  message,
  hint,
  runId,
  createdAt,
  statusChangedBy,
  statusChangedAt,
  statusNote,
}: IssueRow): Issue => ({
  id,
  projectId,
  code,
  severity,
  status,
  recordType,
  sourceId,
  message,
  hint,
  runId,
  createdAt,
  statusChangedBy,
  statusChangedAt,
  statusNote,
});

export async function issueById(tx: Tx, id: string): Promise<Issue | null> {
  return (await issuesById(tx, [id])).get(id) ?? null;
}

/** By their ids. */
export async function issuesById(tx: Tx, ids: readonly string[]): Promise<Map<string, Issue>> {
  const rows = await tx.manager.findBy(IssueRow, { id: In([...ids]) });
  return new Map(rows.map(row => [row.id, toIssue(row)]));
}

/** As `issuesById`, under the locks of their projects, as every event takes them. */
export async function lockIssues(tx: Tx, ids: readonly string[]): Promise<Map<string, Issue>> {
  await tx.manager.query(
    `SELECT FROM landfall.projects WHERE id IN (SELECT project_id FROM landfall.issues WHERE id = ANY($1)) ORDER BY id FOR NO KEY UPDATE`,
    [ids],
  );
  return issuesById(tx, ids);
}

/** Which issues of a project are listed, in which order. What is null does not matter. */
export interface IssueFilter {
  status: IssueStatus | null;
  recordType: RecordType | null;
  code: string | null;
  severity: Severity | null;
  runId: string | null;
  order: CreationOrder;
}

/** The issues of a project. */
export const issueList = ({ status, recordType, code, severity, runId, order }: IssueFilter): List => ({
  rows: `SELECT i.id, i.created_at AS at FROM landfall.issues i WHERE i.project_id = parent.id AND ($2::text IS NULL OR i.status = $2)
       AND ($3::text IS NULL OR i.record_type = $3) AND ($4::text IS NULL OR i.code = $4) AND ($5::text IS NULL OR i.severity = $5)
       AND ($6::uuid IS NULL OR i.run_id = $6)`,
  parameters: [status, recordType, code, severity, runId],
  order,
});

/** A page of the issues of each project. */
export async function pagesOfIssues(
  tx: Tx,
  list: List,
  projectIds: readonly string[],
  window: PageWindow<Keyset>,
): Promise<Slice<Issue>[]> {
  return (await entityPagesOf(tx, IssueRow, list, projectIds, window)).map(page => mapItems(page, toIssue));
}

/** A change of the status by a person. */
export interface StatusChange {
  issueId: string;
  status: IssueStatus;
  note: string | null;
}

export async function changeStatuses(tx: Tx, changes: readonly StatusChange[], by: string): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.issues i SET status = g.status, status_changed_by = $4, status_changed_at = clock_timestamp(), status_note = g.note
     FROM unnest($1::uuid[], $2::text[], $3::text[]) AS g (id, status, note) WHERE i.id = g.id`,
    [changes.map(each => each.issueId), changes.map(each => each.status), changes.map(each => each.note), by],
  );
}

/** The number of issues of each kind. */
export function countIssues(
  tx: Tx,
  projectId: string,
): Promise<{ recordType: RecordType | null; code: string; severity: Severity; status: IssueStatus; count: number }[]> {
  return tx.manager.query(
    `SELECT record_type AS "recordType", code, severity, status, count(*)::int AS count FROM landfall.issues WHERE project_id = $1
     GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    [projectId],
  );
}
