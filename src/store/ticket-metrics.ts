import type { Tx } from './transaction.js';

export interface ComputedMetrics {
  /** Messages by agent. */
  byAgent: Map<string, number>;
  /** Minutes from a ticket's beginning to the first message of an agent that is no note, by month. */
  responses: { month: string; tickets: number; median: number; p90: number }[];
}

/** An agent wrote it for the customer: by the text, for the raw record is no jsonb. */
const byAgent = String.raw`l.raw ~ '"isAgent"\s*:\s*true' AND l.raw !~ '"isInternal"\s*:\s*true' AND l.raw !~ '"type"\s*:\s*"note"'`;

/** What the source's reports tell, computed from what is staged. */
export async function computedMetrics(tx: Tx, projectId: string): Promise<ComputedMetrics> {
  const agents = await tx.manager.query<{ id: string; n: number }[]>(
    `SELECT substr(ref, 7) AS id, count(*)::int AS n FROM landfall.staged_records l, unnest(l.refs) AS ref
     WHERE l.project_id = $1 AND l.listing = 'ticketlogs' AND ref LIKE 'users:%' AND ${byAgent} GROUP BY 1 ORDER BY 1`,
    [projectId],
  );
  const responses = await tx.manager.query<ComputedMetrics['responses']>(
    `SELECT to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-01') AS month, count(*)::int AS tickets,
       round((percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes))::numeric, 1)::float8 AS median,
       round((percentile_cont(0.9) WITHIN GROUP (ORDER BY minutes))::numeric, 1)::float8 AS p90
     FROM landfall.staged_records t
     JOIN (SELECT l.parent_id, min(l.created_at) AS answered FROM landfall.staged_records l
       WHERE l.project_id = $1 AND l.listing = 'ticketlogs' AND ${byAgent} GROUP BY 1) AS first ON first.parent_id = t.source_id
     CROSS JOIN LATERAL (SELECT extract(epoch FROM first.answered - t.created_at) / 60 AS minutes) AS m
     WHERE t.project_id = $1 AND t.listing = 'tickets' AND first.answered >= t.created_at GROUP BY 1 ORDER BY 1`,
    [projectId],
  );
  return { byAgent: new Map(agents.map(({ id, n }) => [id, n])), responses };
}
