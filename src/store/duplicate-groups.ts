import type { DuplicateOutcome, DuplicateType, ListedGroup } from '../domain/duplicates/duplicate-group.js';
import { keptText } from '../domain/text/kept-text.js';
import { inFencedBatches } from './fenced-batches.js';
import type { List } from './pages.js';
import type { RunWork } from './run-work.js';
import type { Tx } from './transaction.js';

const batchSize = 500;

/**
 * Replaces the groups of a project, in batches by position. A run that is killed in the middle, and readers meanwhile, see groups of
 * two runs; the run writes its documents again when it continues.
 */
export async function saveDuplicateGroups(work: RunWork, groups: readonly ListedGroup[]): Promise<void> {
  const { projectId, organizationId } = work.lease;
  for (let from = 0; from < groups.length; from += batchSize) {
    work.checkHalt();
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
    await work.fencedTransaction(async tx => {
      await dropPositions(
        tx,
        projectId,
        rows.map(({ position }) => position),
      );
      // As JSON, because unnest makes one list of lists.
      await tx.manager.query(
        `INSERT INTO landfall.duplicate_groups (project_id, organization_id, position, record_type, outcome, reason, size, source_ids, labels)
         SELECT $1, $2, * FROM json_to_recordset($3) AS each (position int, record_type text, outcome text, reason text, size int, source_ids text[], labels text[])`,
        [projectId, organizationId, JSON.stringify(rows)],
      );
    });
  }
  await inFencedBatches<number>(
    work,
    async (tx, limit, after) => {
      const rows = await tx.manager.query<{ position: number }[]>(
        'SELECT position FROM landfall.duplicate_groups WHERE project_id = $1 AND position > $2 ORDER BY position LIMIT $3',
        [projectId, after ?? groups.length, limit],
      );
      return rows.map(({ position }) => position);
    },
    (tx, positions) => dropPositions(tx, projectId, positions),
  );
}

async function dropPositions(tx: Tx, projectId: string, positions: readonly number[]): Promise<void> {
  await tx.manager.query('DELETE FROM landfall.duplicate_groups WHERE project_id = $1 AND position = ANY($2)', [
    projectId,
    positions,
  ]);
}

/** The groups of a project. */
export const duplicateList = (wanted: { recordType: DuplicateType | null; outcome: DuplicateOutcome | null }): List => ({
  rows: `SELECT g.position, g.record_type AS "recordType", g.outcome, g.reason, g.size, g.source_ids AS "sourceIds", g.labels
       FROM landfall.duplicate_groups g WHERE g.project_id = parent.id
         AND ($2::text IS NULL OR g.record_type = $2) AND ($3::text IS NULL OR g.outcome = $3)`,
  parameters: [wanted.recordType, wanted.outcome],
  order: 'POSITION',
});
