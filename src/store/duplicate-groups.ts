import type { DuplicateOutcome, DuplicateType, ListedGroup } from '../domain/duplicates/duplicate-group.js';
import { keptText } from '../domain/text/kept-text.js';
import type { List } from './pages.js';
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

/** The groups of a project. */
export const duplicateList = (wanted: { recordType: DuplicateType | null; outcome: DuplicateOutcome | null }): List => ({
  rows: `SELECT g.position, g.record_type AS "recordType", g.outcome, g.reason, g.size, g.source_ids AS "sourceIds", g.labels
       FROM landfall.duplicate_groups g WHERE g.project_id = parent.id
         AND ($2::text IS NULL OR g.record_type = $2) AND ($3::text IS NULL OR g.outcome = $3)`,
  parameters: [wanted.recordType, wanted.outcome],
  order: 'POSITION',
});
