import type { DestinationType } from '../domain/model/crosswalk.js';
import type { PlannedObject } from '../domain/rollback/plan.js';
import { keptId, keptJson, keptText } from '../domain/text/kept-text.js';
import type { RollbackState } from './entities/rollback-object-row.js';
import { inFencedBatches } from './fenced-batches.js';
import type { RunWork } from './run-work.js';
import type { Tx } from './transaction.js';

export interface StoredObject extends PlannedObject {
  state: RollbackState;
}

export type ObjectKey = Pick<PlannedObject, 'destinationType' | 'destinationId'>;

const longestLabel = 200;

/** Adds to a plan; existing objects stay. */
export async function saveObjects(
  tx: Tx,
  { runId, organizationId }: { runId: string; organizationId: string },
  objects: readonly PlannedObject[],
): Promise<void> {
  if (objects.length === 0) return;
  await tx.manager.query(
    `INSERT INTO landfall.rollback_objects (run_id, organization_id, destination_type, destination_id, place, source_type, source_ids, action, reason, label, digest, change, state, note)
     SELECT $1, $2, o.* FROM jsonb_to_recordset($3::jsonb) AS o (destination_type text, destination_id text, place int, source_type text, source_ids text[],
       action text, reason text, label text, digest text, change jsonb, state text, note text)
     ON CONFLICT DO NOTHING`,
    [
      runId,
      organizationId,
      keptJson(
        objects.map(each => ({
          destination_type: each.destinationType,
          destination_id: each.destinationId,
          place: each.place,
          source_type: each.sourceType,
          source_ids: each.sourceIds.map(keptId),
          action: each.action,
          reason: each.reason,
          label: keptText(each.label, longestLabel),
          digest: each.digest,
          change: each.change,
          state: each.action === 'KEEP' ? 'KEPT' : 'PLANNED',
          note: each.note,
        })),
      ),
    ],
  );
}

/** Deletes the objects of a plan that was not finished. */
export async function dropObjects(work: RunWork): Promise<void> {
  const { runId } = work.lease;
  await inFencedBatches<{ type: string; id: string }>(
    work,
    (tx, limit) =>
      tx.manager.query(
        'SELECT destination_type AS type, destination_id AS id FROM landfall.rollback_objects WHERE run_id = $1 LIMIT $2',
        [runId, limit],
      ),
    async (tx, keys) => {
      await tx.manager.query(
        `DELETE FROM landfall.rollback_objects o USING unnest($2::text[], $3::text[]) AS each (type, id)
         WHERE o.run_id = $1 AND o.destination_type = each.type AND o.destination_id = each.id`,
        [runId, keys.map(({ type }) => type), keys.map(({ id }) => id)],
      );
    },
  );
}

const columns = `destination_type AS "destinationType", destination_id AS "destinationId", place, source_type AS "sourceType", source_ids AS "sourceIds",
  action, reason, label, digest, change, state, note`;

/** A page of a plan in the order in which it is executed. @param states only those in one of them */
export function pageOfObjects(
  tx: Tx,
  runId: string,
  states: readonly RollbackState[],
  after: Pick<PlannedObject, 'place' | 'destinationId'> | null,
  limit: number,
): Promise<StoredObject[]> {
  return tx.manager.query(
    `SELECT ${columns} FROM landfall.rollback_objects WHERE run_id = $1 AND state = ANY($2)
       AND ($3::int IS NULL OR (place, destination_id) > ($3, $4)) ORDER BY place, destination_id LIMIT $5`,
    [runId, states, after?.place ?? null, after?.destinationId ?? null, limit],
  );
}

export async function setObjectStates(
  tx: Tx,
  runId: string,
  changes: readonly (ObjectKey & { state: RollbackState; note?: string | null })[],
): Promise<void> {
  if (changes.length === 0) return;
  await tx.manager.query(
    `UPDATE landfall.rollback_objects o SET state = input.state, note = coalesce(input.note, o.note)
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS input (destination_type, destination_id, state, note)
     WHERE o.run_id = $1 AND o.destination_type = input.destination_type AND o.destination_id = input.destination_id`,
    [
      runId,
      changes.map(each => each.destinationType),
      changes.map(each => each.destinationId),
      changes.map(each => each.state),
      changes.map(({ note }) => (note ? keptText(note, 500) : null)),
    ],
  );
}

export async function countObjects(
  tx: Tx,
  runId: string,
): Promise<{ destinationType: DestinationType; state: RollbackState; count: number }[]> {
  return tx.manager.query(
    `SELECT destination_type AS "destinationType", state, count(*)::int AS count FROM landfall.rollback_objects WHERE run_id = $1 GROUP BY 1, 2`,
    [runId],
  );
}

/** Those of these objects that lose this tag: they are deleted, or it is removed from them. */
export async function losingTag(
  tx: Tx,
  runId: string,
  type: DestinationType,
  ids: readonly string[],
  tags: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `SELECT destination_id AS id FROM landfall.rollback_objects WHERE run_id = $1 AND destination_type = $2 AND destination_id = ANY($3)
       AND (action IN ('DELETE', 'ARCHIVE') OR change -> 'untag' ?| $4)`,
    [runId, type, ids, tags],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Ids of the objects of a type that are not kept. */
export async function idsOfType(tx: Tx, runId: string, type: DestinationType): Promise<string[]> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `SELECT destination_id AS id FROM landfall.rollback_objects WHERE run_id = $1 AND destination_type = $2 AND action <> 'KEEP'`,
    [runId, type],
  );
  return rows.map(({ id }) => id);
}

/** By the place in the order. */
export async function countPlaces(tx: Tx, runId: string): Promise<{ place: number; state: RollbackState; count: number }[]> {
  return tx.manager.query(
    'SELECT place, state, count(*)::int AS count FROM landfall.rollback_objects WHERE run_id = $1 GROUP BY 1, 2 ORDER BY 1, 2',
    [runId],
  );
}
