import type { FieldDecision, FieldPair } from '../domain/mapping/changes.js';
import type { Tx } from './transaction.js';

/**
 * Fields of each mapping version that differ from an earlier version, by the id of the version. Rows that are equal are not
 * read: a mapping can have thousands of values.
 * @param since number of the earlier version; null for the one before
 */
export async function fieldPairs(tx: Tx, ids: readonly string[], since: number | null): Promise<Map<string, FieldPair[]>> {
  const rows = await tx.manager.query<(FieldPair & { versionId: string })[]>(
    `SELECT later.id AS "versionId", pair.* FROM landfall.mapping_versions later
     JOIN landfall.mapping_versions earlier
       ON earlier.project_id = later.project_id AND earlier.version = COALESCE($2::int, later.version - 1)
     CROSS JOIN LATERAL (
       SELECT COALESCE(a.record_type, b.record_type) AS "recordType", COALESCE(a.source_path, b.source_path) AS "sourcePath",
              ${decision('b')} AS before, ${decision('a')} AS after
       FROM (SELECT * FROM landfall.field_mappings WHERE mapping_version_id = earlier.id) b
       FULL JOIN (SELECT * FROM landfall.field_mappings WHERE mapping_version_id = later.id) a
         ON a.record_type = b.record_type AND a.source_path = b.source_path
       WHERE ${decision('b')} IS DISTINCT FROM ${decision('a')}
       ORDER BY COALESCE(a.position, b.position), 1, 2
     ) pair
     WHERE later.id = ANY($1) AND earlier.version < later.version`,
    [ids, since],
  );
  return Map.groupBy(rows, ({ versionId }) => versionId);
}

const columns: Record<keyof FieldDecision, string> = {
  action: 'action',
  targetPath: 'target_path',
  attributeType: 'attribute_type',
  ignoreReason: 'ignore_reason',
  defaultValue: 'default_value',
  values: 'value_mappings',
};

const decision = (row: string) =>
  `CASE WHEN ${row}.id IS NOT NULL THEN jsonb_build_object(${Object.entries(columns)
    .map(([name, column]) => `'${name}', ${row}.${column}`)
    .join(', ')}) END`;
