import type { Tx } from './transaction.js';

/** A ticket, and when an agent first wrote to its customer. */
export interface AnsweredTicket {
  sourceId: string;
  createdAt: Date | null;
  answeredAt: Date | null;
}

/** An agent wrote it for the customer: by the text, for the raw record is no jsonb. */
const byAgent = String.raw`l.raw ~ '"isAgent"\s*:\s*true' AND l.raw !~ '"isInternal"\s*:\s*true' AND l.raw !~ '"type"\s*:\s*"note"'`;

/** A page of tickets by their ids. Each is looked up by its key: without statistics a join would compare each with each. */
export function answeredTickets(tx: Tx, projectId: string, after: string, limit: number): Promise<AnsweredTicket[]> {
  return tx.manager.query(
    `SELECT t.source_id AS "sourceId", t.created_at AS "createdAt", first.at AS "answeredAt"
     FROM (SELECT source_id, created_at FROM landfall.staged_records
       WHERE project_id = $1 AND listing = 'tickets' AND source_id > $2 ORDER BY source_id LIMIT $3) AS t
     CROSS JOIN LATERAL (SELECT min(l.created_at) AS at FROM landfall.staged_records l
       WHERE l.project_id = $1 AND l.listing = 'ticketlogs' AND l.parent_id = t.source_id AND ${byAgent}) AS first
     ORDER BY t.source_id`,
    [projectId, after, limit],
  );
}

/** How many messages each agent wrote in these tickets. */
export function repliesByAgent(tx: Tx, projectId: string, ticketIds: readonly string[]): Promise<{ id: string; n: number }[]> {
  return tx.manager.query(
    `SELECT substr(ref, 7) AS id, count(*)::int AS n FROM landfall.staged_records l, unnest(l.refs) AS ref
     WHERE l.project_id = $1 AND l.listing = 'ticketlogs' AND l.parent_id = ANY($2) AND ref LIKE 'users:%' AND ${byAgent} GROUP BY 1`,
    [projectId, ticketIds],
  );
}
