import type { RecordType } from '../domain/model/record-type.js';
import { listingOf } from '../domain/model/record-types.js';
import { keptJson } from '../domain/text/kept-text.js';
import type { VerifiedRecord } from '../domain/verify/verification.js';
import { saveHumanEdits } from './human-edits.js';
import { type LoadScope, type RecordKey, scopeOf } from './load-scope.js';
import type { Tx } from './transaction.js';

export async function saveVerifications(
  tx: Tx,
  scope: LoadScope,
  records: readonly VerifiedRecord[],
  runId: string | null,
): Promise<void> {
  const distinct = [...new Map(records.map(each => [`${each.recordType} ${each.sourceId}`, each])).values()];
  if (distinct.length === 0) return;
  await tx.manager.query(
    `INSERT INTO landfall.verifications (project_id, organization_id, environment, record_type, source_id, destination_id, outcomes, differences, read_values,
       rules, image_digest, draft_digest, source_digest)
     SELECT $1, $2, $3, i.record_type, i.source_id, i.destination_id, i.outcomes::jsonb, i.differences::jsonb, i.read_values::jsonb, i.rules::jsonb, i.image_digest,
       (SELECT s.digest FROM landfall.load_states s WHERE s.project_id = $1 AND s.environment = $3 AND s.record_type = i.draft_type AND s.source_id = i.source_id),
       CASE WHEN i.record_type = 'MESSAGE'
         THEN (SELECT encode(sha256(string_agg(r.hash, '' ORDER BY r.source_id)), 'hex') FROM landfall.staged_records r
           WHERE r.project_id = $1 AND r.listing = i.listing AND r.parent_id = i.source_id)
         ELSE (SELECT encode(r.hash, 'hex') FROM landfall.staged_records r
           WHERE r.project_id = $1 AND r.listing = i.listing AND r.source_id = i.source_id) END
     FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
       AS i (record_type, source_id, destination_id, outcomes, differences, read_values, rules, image_digest, draft_type, listing)
     ON CONFLICT (project_id, environment, record_type, source_id) DO UPDATE SET destination_id = excluded.destination_id,
       outcomes = excluded.outcomes, differences = excluded.differences, read_values = excluded.read_values, rules = excluded.rules,
       image_digest = excluded.image_digest, draft_digest = excluded.draft_digest, source_digest = excluded.source_digest, verified_at = clock_timestamp()`,
    [
      ...scopeOf(scope),
      distinct.map(each => each.recordType),
      distinct.map(each => each.sourceId),
      distinct.map(each => each.destinationId),
      distinct.map(each => keptJson(each.outcomes)),
      distinct.map(each => keptJson(each.differences)),
      distinct.map(each => keptJson(each.readValues ?? {})),
      distinct.map(each => keptJson(each.rules ?? {})),
      distinct.map(each => each.imageDigest ?? null),
      // Messages are sent with their ticket.
      distinct.map(({ recordType }) => (recordType === 'MESSAGE' ? 'TICKET' : recordType)),
      distinct.map(({ recordType }) => listingOf(recordType)),
    ],
  );
  await markRead(tx, scope, distinct);
  await settleDifferences(tx, scope, distinct);
  await saveHumanEdits(tx, scope, runId, distinct);
  const covered = new Map<RecordType, string[]>();
  for (const { recordType, sourceIds } of distinct.flatMap(each => each.covers)) {
    covered.set(recordType, [...(covered.get(recordType) ?? []), ...sourceIds]);
  }
  // With ANY, for each type: without statistics a join reads the whole crosswalk.
  for (const [recordType, sourceIds] of covered) {
    await tx.manager.query(
      `UPDATE landfall.crosswalk SET verified_at = clock_timestamp()
       WHERE project_id = $1 AND environment = $2 AND source_type = $3 AND source_id = ANY($4)`,
      [scope.projectId, scope.environment, recordType, sourceIds],
    );
  }
}

/** A record is verified if the digest that is done was read back. */
async function markRead(tx: Tx, { projectId, environment }: LoadScope, records: readonly RecordKey[]): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.load_states s SET read_digest = s.digest FROM unnest($3::text[], $4::text[]) AS input (record_type, source_id)
     WHERE s.project_id = $1 AND s.environment = $2 AND s.record_type = input.record_type AND s.source_id = input.source_id AND s.state = 'DONE'`,
    [projectId, environment, records.map(each => each.recordType), records.map(each => each.sourceId)],
  );
}

/** Resolves issues of records that no longer differ, and reopens those that differ again. A waiver is kept. */
async function settleDifferences(
  tx: Tx,
  { projectId, environment }: LoadScope,
  records: readonly VerifiedRecord[],
): Promise<void> {
  await tx.manager.query(
    `UPDATE landfall.issues i SET status = CASE WHEN input.differs THEN 'OPEN' ELSE 'RESOLVED' END
     FROM unnest($3::text[], $4::text[], $5::bool[]) AS input (record_type, source_id, differs)
     WHERE i.project_id = $1 AND i.code = 'VERIFICATION_DIFFERS' AND i.about = $2 AND i.record_type = input.record_type AND i.source_id = input.source_id
       AND CASE WHEN input.differs THEN i.status = 'RESOLVED' ELSE i.status IN ('OPEN', 'ACKNOWLEDGED') END`,
    [
      projectId,
      environment,
      records.map(each => each.recordType),
      records.map(each => each.sourceId),
      records.map(each => each.differences.length > 0),
    ],
  );
}
