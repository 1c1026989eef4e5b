import { keptJson } from '../domain/text/kept-text.js';
import { type LoadScope, type RecordKey, scopeOf } from './load-scope.js';
import type { Tx } from './transaction.js';

export type IntentKey = RecordKey & { step: string };
/** A write that is about to be sent, and the foreign object that it changes. */
export type Intent = IntentKey & { preImage?: object };

/** A pre-image with an id is complete and is kept: what is read later may already be changed by us. */
export async function saveIntents(tx: Tx, scope: LoadScope, intents: readonly Intent[]): Promise<void> {
  if (intents.length === 0) return;
  await tx.manager.query(
    `INSERT INTO landfall.load_intents AS i (project_id, organization_id, environment, record_type, source_id, step, pre_image)
     SELECT $1, $2, $3, record_type, source_id, step, pre_image::jsonb
     FROM unnest($4::text[], $5::text[], $6::text[], $7::text[]) AS input (record_type, source_id, step, pre_image)
     ON CONFLICT (project_id, environment, record_type, source_id, step) DO UPDATE SET sent_at = clock_timestamp(),
       pre_image = CASE WHEN i.pre_image ? 'id' THEN i.pre_image ELSE coalesce(excluded.pre_image, i.pre_image) END`,
    [
      ...scopeOf(scope),
      intents.map(each => each.recordType),
      intents.map(each => each.sourceId),
      intents.map(each => each.step),
      intents.map(({ preImage }) => (preImage ? keptJson(preImage) : null)),
    ],
  );
}

/** The pre-image of an intent without outcome; null if the object is ours or there is no such intent. */
export async function preImageOf(
  tx: Tx,
  { projectId, environment }: LoadScope,
  { recordType, sourceId, step }: IntentKey,
): Promise<Record<string, unknown> | null> {
  const rows = await tx.manager.query<{ preImage: Record<string, unknown> | null }[]>(
    `SELECT pre_image AS "preImage" FROM landfall.load_intents
     WHERE project_id = $1 AND environment = $2 AND record_type = $3 AND source_id = $4 AND step = $5`,
    [projectId, environment, recordType, sourceId, step],
  );
  return rows[0]?.preImage ?? null;
}

export async function settleIntents(tx: Tx, { projectId, environment }: LoadScope, intents: readonly IntentKey[]): Promise<void> {
  if (intents.length === 0) return;
  await tx.manager.query(
    `DELETE FROM landfall.load_intents i USING unnest($3::text[], $4::text[], $5::text[]) AS input (record_type, source_id, step)
     WHERE i.project_id = $1 AND i.environment = $2 AND i.record_type = input.record_type AND i.source_id = input.source_id AND i.step = input.step`,
    [
      projectId,
      environment,
      intents.map(each => each.recordType),
      intents.map(each => each.sourceId),
      intents.map(each => each.step),
    ],
  );
}

/** Intents without outcome, and how long ago the newest was committed, by the clock of the database. */
export async function openIntents(
  tx: Tx,
  { projectId, environment }: LoadScope,
): Promise<{ intents: IntentKey[]; sentMsAgo: number }> {
  const rows = await tx.manager.query<(IntentKey & { sentMsAgo: number })[]>(
    `SELECT record_type AS "recordType", source_id AS "sourceId", step, greatest(0, extract(epoch FROM clock_timestamp() - sent_at) * 1000)::float8 AS "sentMsAgo" FROM landfall.load_intents
     WHERE project_id = $1 AND environment = $2 ORDER BY sent_at DESC`,
    [projectId, environment],
  );
  return { intents: rows, sentMsAgo: rows[0]?.sentMsAgo ?? 0 };
}
