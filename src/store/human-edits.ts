import type { RecordType } from '../domain/model/record-type.js';
import { humanEdit, judged } from '../domain/verify/human-edits.js';
import type { ReadValues, VerifiedRecord } from '../domain/verify/verification.js';
import { raiseIssues } from './issues.js';
import type { LoadScope } from './load-scope.js';
import type { Tx } from './transaction.js';

/** The last read-back values of these records, by their ids. */
export async function readValuesOf(
  tx: Tx,
  { projectId, environment }: LoadScope,
  recordType: RecordType,
  sourceIds: readonly string[],
): Promise<Map<string, ReadValues>> {
  const rows = await tx.manager.query<{ sourceId: string; readValues: ReadValues }[]>(
    `SELECT source_id AS "sourceId", read_values AS "readValues" FROM landfall.verifications
     WHERE project_id = $1 AND environment = $2 AND record_type = $3 AND source_id = ANY($4)`,
    [projectId, environment, recordType, sourceIds],
  );
  return new Map(rows.map(row => [row.sourceId, row.readValues]));
}

/**
 * Several records became one object, and another of them is written now: the read-back values of the object move to that record.
 */
export async function moveReadValues(
  tx: Tx,
  { projectId, environment }: LoadScope,
  recordType: RecordType,
  sourceId: string,
  destinationId: string,
): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.verifications SET source_id = $4
     WHERE project_id = $1 AND environment = $2 AND record_type = $3 AND source_id = (
       SELECT v.source_id FROM landfall.crosswalk c JOIN landfall.verifications v USING (project_id, environment, source_id)
       WHERE c.project_id = $1 AND c.environment = $2 AND c.source_type = $3 AND c.destination_id = $5 AND c.state = 'ACTIVE'
         AND v.record_type = $3 AND v.destination_id = $5
       ORDER BY v.verified_at DESC LIMIT 1)
     AND NOT EXISTS (SELECT FROM landfall.verifications
       WHERE project_id = $1 AND environment = $2 AND record_type = $3 AND source_id = $4)`,
    [projectId, environment, recordType, sourceId, destinationId],
  );
}

/** Before a record is written: keeps the values of fields that people have changed, because the others are about to change. */
export async function keepReadValues(
  tx: Tx,
  { projectId, environment }: LoadScope,
  recordType: RecordType,
  sourceId: string,
  values: ReadValues,
): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.verifications SET read_values = $5::jsonb
     WHERE project_id = $1 AND environment = $2 AND record_type = $3 AND source_id = $4`,
    [projectId, environment, recordType, sourceId, JSON.stringify(values)],
  );
}

/** Read-backs without what people have changed since the last one. */
export async function withoutHumanEdits(tx: Tx, scope: LoadScope, records: readonly VerifiedRecord[]): Promise<VerifiedRecord[]> {
  const last = new Map<string, ReadValues>();
  for (const [type, some] of Map.groupBy(
    records.filter(({ read }) => read),
    ({ recordType }) => recordType,
  )) {
    const ids = some.map(({ sourceId }) => sourceId);
    for (const [id, values] of await readValuesOf(tx, scope, type, ids)) last.set(`${type} ${id}`, values);
  }
  return records.map(record => {
    if (!record.read) return record;
    const { verification, edited, readValues } = judged(record, last.get(`${record.recordType} ${record.sourceId}`) ?? {});
    return { ...record, ...verification, edited, readValues };
  });
}

/** Raises an issue for each record that people have changed. It is resolved when they undo the change. */
export async function saveHumanEdits(
  tx: Tx,
  scope: LoadScope,
  runId: string | null,
  records: readonly VerifiedRecord[],
): Promise<void> {
  const { projectId, environment } = scope;
  const seen = records.filter(({ edited }) => edited !== undefined);
  if (seen.length === 0) return;
  const issues = seen
    .filter(({ edited }) => edited!.length > 0)
    .map(({ recordType, sourceId, edited }) => humanEdit(environment, recordType, sourceId, edited!));
  await raiseIssues(tx, { ...scope, runId }, issues);
  await tx.manager.query(
    `UPDATE landfall.issues i SET message = coalesce(input.message, i.message),
       status = CASE WHEN input.message IS NULL THEN 'RESOLVED' WHEN i.status = 'RESOLVED' THEN 'OPEN' ELSE i.status END
     FROM unnest($3::text[], $4::text[], $5::text[]) AS input (record_type, source_id, message)
     WHERE i.project_id = $1 AND i.code = 'HUMAN_EDIT' AND i.about = $2 AND i.record_type = input.record_type AND i.source_id = input.source_id
       AND (input.message IS DISTINCT FROM i.message OR i.status = 'RESOLVED')`,
    [
      projectId,
      environment,
      seen.map(({ recordType }) => recordType),
      seen.map(({ sourceId }) => sourceId),
      seen.map(
        ({ recordType, sourceId }) =>
          issues.find(issue => issue.recordType === recordType && issue.sourceId === sourceId)?.message ?? null,
      ),
    ],
  );
}
