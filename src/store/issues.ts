import type { Issue, IssueStatus, NewIssue, Severity } from '../domain/issue.js';
import type { Keyset, Page } from '../domain/page.js';
import type { RecordType } from '../domain/record-type.js';
import { IssueRow } from './entities/issue-row.js';
import { pagesByParent } from './pages.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

/** Raises issues; one that stands already is not raised again. */
export async function raiseIssues(
  tx: Tx,
  { projectId, organizationId, runId }: { projectId: string; organizationId: string; runId: string | null },
  issues: readonly NewIssue[],
): Promise<void> {
  if (issues.length === 0) return;
  const rows = issues.map(issue => ({ ...issue, projectId, organizationId, runId }));
  await tx.manager.createQueryBuilder().insert().into(IssueRow).values(rows).orIgnore().execute();
}

/**
 * Raises an issue for each reference to a record that is not there, among listings that were read.
 * @param listings names of those that were read whole
 */
export async function raiseDanglingReferences(
  tx: Tx,
  lease: RunLease,
  listings: readonly { name: string; recordType: string | null }[],
): Promise<void> {
  await tx.manager.query(
    `INSERT INTO landfall.issues (project_id, organization_id, run_id, code, severity, record_type, listing, source_id, about, message, hint)
     SELECT DISTINCT $1::uuid, $2::uuid, $3::uuid, 'DANGLING_REFERENCE', 'WARNING', types.record_type, s.listing, s.source_id, ref,
       'It refers to ' || replace(ref, ':', ' ') || ', which the source does not have.',
       'Nothing is lost: it moves without that link. Restore the record at the source if it is needed.'
     FROM landfall.staged_records s
     JOIN unnest($4::text[], $5::text[]) AS types (listing, record_type) ON types.listing = s.listing
     CROSS JOIN unnest(s.refs) AS ref
     WHERE s.project_id = $1 AND split_part(ref, ':', 1) = ANY($4) AND NOT EXISTS (
       SELECT FROM landfall.staged_records t
       WHERE t.project_id = $1 AND t.listing = split_part(ref, ':', 1) AND t.source_id = substr(ref, length(split_part(ref, ':', 1)) + 2))
     ON CONFLICT DO NOTHING`,
    [lease.projectId, lease.organizationId, lease.runId, listings.map(each => each.name), listings.map(each => each.recordType)],
  );
}

const toIssue = ({ id, code, severity, status, recordType, sourceId, message, hint, runId, createdAt }: IssueRow): Issue => ({
  id,
  code,
  severity,
  status,
  recordType,
  sourceId,
  message,
  hint,
  runId,
  createdAt,
});

export async function issueById(tx: Tx, id: string): Promise<Issue | null> {
  const row = await tx.manager.findOneBy(IssueRow, { id });
  return row && toIssue(row);
}

/** A page of each project's issues, newest first. */
export async function pagesOfIssues(
  tx: Tx,
  projectIds: readonly string[],
  status: IssueStatus | null,
  first: number,
  after: Keyset | null,
): Promise<Page<Issue>[]> {
  const pages = await pagesByParent(
    tx,
    IssueRow,
    projectIds,
    first,
    `SELECT i.id FROM landfall.issues i WHERE i.project_id = parent.id AND ($2::text IS NULL OR i.status = $2)
       AND ($3::timestamptz IS NULL OR (i.created_at, i.id) < ($3, $4::uuid))
     ORDER BY i.created_at DESC, i.id DESC LIMIT $1`,
    [status, after?.at ?? null, after?.id ?? null],
  );
  return pages.map(({ items, hasNextPage }) => ({ items: items.map(toIssue), hasNextPage, hasPreviousPage: after !== null }));
}

export async function projectOfIssue(tx: Tx, id: string): Promise<string | null> {
  return (await tx.manager.findOne(IssueRow, { where: { id }, select: { projectId: true } }))?.projectId ?? null;
}

export async function setIssueStatus(tx: Tx, id: string, status: IssueStatus): Promise<void> {
  await tx.manager.update(IssueRow, { id }, { status });
}

/** How many issues there are of each kind. */
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
