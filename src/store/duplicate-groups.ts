import type { DuplicateOutcome, DuplicateType, ListedGroup } from '../domain/duplicates/duplicate-group.js';
import { keptText } from '../domain/text/kept-text.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

const batchSize = 500;

/** Replaces the groups of a project. */
export async function saveDuplicateGroups(tx: Tx, lease: RunLease, groups: readonly ListedGroup[]): Promise<void> {
  await tx.manager.query('DELETE FROM landfall.duplicate_groups WHERE project_id = $1', [lease.projectId]);
  for (let from = 0; from < groups.length; from += batchSize) {
    const rows = groups
      .slice(from, from + batchSize)
      .map(({ position, recordType, outcome, reason, size, sourceIds, labels }) => ({
        position,
        record_type: recordType,
        outcome,
        reason,
        size,
        source_ids: sourceIds,
        labels: labels.map(label => keptText(label)),
      }));
    // As JSON, because unnest makes one list of lists.
    await tx.manager.query(
      `INSERT INTO landfall.duplicate_groups (project_id, organization_id, position, record_type, outcome, reason, size, source_ids, labels)
       SELECT $1, $2, * FROM json_to_recordset($3) AS each (position int, record_type text, outcome text, reason text, size int, source_ids text[], labels text[])`,
      [lease.projectId, lease.organizationId, JSON.stringify(rows)],
    );
  }
}

/** A page of the groups of each project. */
export async function pagesOfDuplicateGroups(
  tx: Tx,
  projectIds: readonly string[],
  wanted: { recordType: DuplicateType | null; outcome: DuplicateOutcome | null },
  first: number,
  after: number,
): Promise<{ items: ListedGroup[]; hasNextPage: boolean }[]> {
  const rows = await tx.manager.query<(ListedGroup & { projectId: string })[]>(
    `SELECT p.id AS "projectId", page.* FROM unnest($1::uuid[]) AS p (id) CROSS JOIN LATERAL (
       SELECT g.position, g.record_type AS "recordType", g.outcome, g.reason, g.size, g.source_ids AS "sourceIds", g.labels
       FROM landfall.duplicate_groups g WHERE g.project_id = p.id AND g.position > $5
         AND ($2::text IS NULL OR g.record_type = $2) AND ($3::text IS NULL OR g.outcome = $3)
       ORDER BY g.position LIMIT $4
     ) page`,
    [projectIds, wanted.recordType, wanted.outcome, first + 1, after],
  );
  const byProject = Map.groupBy(rows, row => row.projectId);
  return projectIds.map(id => {
    const items = (byProject.get(id) ?? []).map(({ projectId: _, ...group }) => group);
    return { items: items.slice(0, first), hasNextPage: items.length > first };
  });
}
