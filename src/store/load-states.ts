import type { RecordType } from '../domain/model/record-type.js';
import { resolveFailures } from './issues.js';
import { type LoadScope, type RecordKey, scopeOf } from './load-scope.js';
import type { Tx } from './transaction.js';

export interface LoadState extends RecordKey {
  state: 'OPEN' | 'DONE' | 'SKIPPED' | 'FAILED';
  destinationId: string | null;
  /** Digest of the draft that is done; null until then. */
  digest: string | null;
  code: string | null;
}

/** The load state of a record. @param digest of the draft that is done */
export const loadState = (
  recordType: RecordType,
  sourceId: string,
  state: LoadState['state'],
  { destinationId = null, digest = null, code = null }: Partial<Pick<LoadState, 'destinationId' | 'digest' | 'code'>> = {},
): LoadState => ({ recordType, sourceId, state, destinationId, digest, code });

/** If a record occurs twice in a batch, the later state counts. A failure does not take away what was created before. */
function newestOfEach(states: readonly LoadState[]): LoadState[] {
  const newest = new Map<string, LoadState>();
  for (const state of states) {
    const key = `${state.recordType} ${state.sourceId}`;
    const destinationId = state.destinationId ?? (state.state === 'FAILED' ? (newest.get(key)?.destinationId ?? null) : null);
    newest.set(key, { ...state, destinationId });
  }
  return [...newest.values()];
}

export async function saveLoadStates(tx: Tx, scope: LoadScope, states: readonly LoadState[]): Promise<void> {
  const distinct = newestOfEach(states);
  if (distinct.length === 0) return;
  const written = await tx.manager.query<{ recordType: RecordType; destinationId: string | null; unread: boolean }[]>(
    `INSERT INTO landfall.load_states AS s (project_id, organization_id, environment, record_type, source_id, state, destination_id, digest, code)
     SELECT $1, $2, $3, * FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
     ON CONFLICT (project_id, environment, record_type, source_id) DO UPDATE SET state = excluded.state,
       -- An attempt that failed may have created the object before: the next one continues with it.
       destination_id = CASE WHEN excluded.state = 'FAILED' THEN coalesce(excluded.destination_id, s.destination_id) ELSE excluded.destination_id END,
       digest = excluded.digest, code = excluded.code,
       rewrite = CASE WHEN excluded.state = 'DONE' THEN NULL ELSE s.rewrite END,
       read_digest = CASE WHEN s.rewrite IS NULL THEN s.read_digest END
     RETURNING s.record_type AS "recordType", s.destination_id AS "destinationId",
       s.state IN ('OPEN', 'DONE') AND (s.digest IS NULL OR s.read_digest IS DISTINCT FROM s.digest) AS unread`,
    [
      ...scopeOf(scope),
      distinct.map(each => each.recordType),
      distinct.map(each => each.sourceId),
      distinct.map(each => each.state),
      distinct.map(each => each.destinationId),
      distinct.map(each => each.digest),
      distinct.map(each => each.code),
    ],
  );
  for (const [recordType, done] of Map.groupBy(
    distinct.filter(({ state }) => state === 'DONE'),
    each => each.recordType,
  ))
    await resolveFailures(
      tx,
      scope,
      recordType,
      done.map(each => each.sourceId),
    );
  await unverify(
    tx,
    scope,
    written.filter(({ unread }) => unread),
  );
}

/**
 * A record that is written again is not verified until it is read back. The same holds for other records that became the same
 * object.
 */
async function unverify(
  tx: Tx,
  { projectId, environment }: LoadScope,
  records: readonly { recordType: RecordType; destinationId: string | null }[],
): Promise<void> {
  const written = new Map<RecordType, string[]>();
  for (const { recordType, destinationId } of records)
    if (destinationId !== null) written.set(recordType, [...(written.get(recordType) ?? []), destinationId]);
  // With ANY, for each type: without statistics a join reads the whole crosswalk.
  for (const [recordType, destinationIds] of written) {
    await tx.manager.query(
      `UPDATE landfall.crosswalk SET verified_at = NULL WHERE project_id = $1 AND environment = $2 AND destination_id = ANY($4)
         AND (source_type = $3 OR $3 = 'ARTICLE' AND source_type = 'ATTACHMENT' AND destination_type = 'ARTICLE') AND verified_at IS NOT NULL`,
      [projectId, environment, recordType, destinationIds],
    );
  }
}

/** Saves which contact of the workspace refers to each deal now; null: none. */
export async function saveLinks(
  tx: Tx,
  { projectId, environment }: LoadScope,
  deals: readonly { sourceId: string; linkedTo: string | null }[],
): Promise<void> {
  if (deals.length === 0) return;
  await tx.manager.query(
    `UPDATE landfall.load_states s SET linked_to = input.linked_to FROM unnest($3::text[], $4::text[]) AS input (source_id, linked_to)
     WHERE s.project_id = $1 AND s.environment = $2 AND s.record_type = 'DEAL' AND s.source_id = input.source_id`,
    [projectId, environment, deals.map(each => each.sourceId), deals.map(each => each.linkedTo)],
  );
}
