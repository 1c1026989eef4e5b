import type { DraftType } from '../domain/drafts/drafts.js';
import type { Run } from '../domain/model/run.js';
import type { LoadScope } from './load-scope.js';
import type { Tx } from './transaction.js';

/** A record whose conversation must be checked again. */
export interface Suspect {
  sourceId: string;
  body: string;
  conversationId: string;
  /** Whether something in it was written twice. */
  hasSurplus: boolean;
  /** Whether a worker began to rebuild it. */
  isRebuilt: boolean;
}

/**
 * Since when conversations can contain duplicates of a worker that was frozen: this run had several workers, or an earlier one
 * that was cancelled or failed before its sweep had several. A DELTA looks at itself only, because it does not load every type.
 * @returns null if no run had several workers
 */
export async function sweepSince(tx: Tx, { projectId, environment }: LoadScope, { id, kind }: Run): Promise<Date | null> {
  const [row] = await tx.manager.query<{ since: Date | null }[]>(
    `SELECT min(r.started_at) AS since FROM landfall.runs r
     WHERE r.project_id = $1 AND r.environment = $2 AND r.kind IN ('SANDBOX', 'PRODUCTION', 'DELTA') AND r.lease_epoch > 1
       AND (r.id = $3 OR $4 <> 'DELTA' AND r.state IN ('CANCELLED', 'FAILED') AND NOT EXISTS (
         SELECT FROM landfall.runs later WHERE later.project_id = $1 AND later.environment = $2 AND later.kind = $4
           AND later.state IN ('SUCCEEDED', 'INCOMPLETE') AND later.started_at > r.finished_at))`,
    [projectId, environment, id, kind],
  );
  return row!.since;
}

/**
 * Loaded conversations that can contain duplicates: verified since then, known to contain duplicates, or half rebuilt.
 * @param since null: only the latter two
 */
export async function suspectsAfter(
  tx: Tx,
  { projectId, environment }: LoadScope,
  type: DraftType,
  since: Date | null,
  after: string,
  limit: number,
): Promise<Suspect[]> {
  return tx.manager.query(
    `SELECT * FROM (
       SELECT d.source_id AS "sourceId", d.body, c.destination_id AS "conversationId", c.verified_at AS verified,
         EXISTS (SELECT FROM landfall.verifications v WHERE v.project_id = $1 AND v.environment = $2 AND v.source_id = d.source_id
           AND v.record_type IN ($3, 'MESSAGE') AND v.destination_id = c.destination_id AND v.differences @> '[{"field": "surplus"}]') AS "hasSurplus",
         EXISTS (SELECT FROM landfall.load_intents i WHERE i.project_id = $1 AND i.environment = $2 AND i.record_type = $3
           AND i.source_id = d.source_id AND i.step = 'rebuild') AS "isRebuilt"
       FROM landfall.drafts d
       JOIN landfall.load_states s ON s.project_id = $1 AND s.environment = $2 AND s.record_type = $3 AND s.source_id = d.source_id AND s.state = 'DONE'
       JOIN landfall.crosswalk c ON c.project_id = $1 AND c.environment = $2 AND c.source_type = $3 AND c.source_id = d.source_id
         AND c.destination_type = 'CONVERSATION' AND c.state = 'ACTIVE'
       WHERE d.project_id = $1 AND d.environment = $2 AND d.record_type = $3 AND d.source_id > $5
     ) AS done
     WHERE "hasSurplus" OR "isRebuilt" OR verified >= $4 ORDER BY "sourceId" LIMIT $6`,
    [projectId, environment, type, since, after, limit],
  );
}

/** Resets a record whose conversation was deleted, so that it is loaded again. */
export async function forgetConversation(
  tx: Tx,
  { projectId, environment }: LoadScope,
  type: DraftType,
  sourceId: string,
  conversationId: string,
): Promise<void> {
  const scope = [projectId, environment];
  await tx.manager.query(
    `UPDATE landfall.crosswalk SET state = 'ROLLED_BACK', verified_at = NULL WHERE project_id = $1 AND environment = $2 AND conversation_id = $3`,
    [...scope, conversationId],
  );
  await tx.manager.query(
    `UPDATE landfall.load_states SET state = 'OPEN', destination_id = NULL, digest = NULL
     WHERE project_id = $1 AND environment = $2 AND record_type = $3 AND source_id = $4`,
    [...scope, type, sourceId],
  );
}
