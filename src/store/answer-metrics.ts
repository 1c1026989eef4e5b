import type { TextPattern } from '../domain/model/source-shapes.js';
import type { Tx } from './transaction.js';

/** A record, and when the first of its children that match was created. */
export interface AnsweredRecord {
  sourceId: string;
  createdAt: Date | null;
  answeredAt: Date | null;
}

export interface AnswerListings {
  parents: string;
  children: string;
  /** What the text of a child must match. By its text: it is not stored as jsonb. */
  pattern: TextPattern;
}

/** A page of records by their ids, each with its first answer. Each is looked up by its key: without statistics a join compares every pair. */
export function answeredRecords(
  tx: Tx,
  projectId: string,
  { parents, children, pattern }: AnswerListings,
  after: string,
  limit: number,
): Promise<AnsweredRecord[]> {
  return tx.manager.query(
    `SELECT t.source_id AS "sourceId", t.created_at AS "createdAt", first.at AS "answeredAt"
     FROM (SELECT source_id, created_at FROM landfall.staged_records
       WHERE project_id = $1 AND listing = $2 AND source_id > $3 ORDER BY source_id LIMIT $4) AS t
     CROSS JOIN LATERAL (SELECT min(l.created_at) AS at FROM landfall.staged_records l
       WHERE l.project_id = $1 AND l.listing = $5 AND l.parent_id = t.source_id AND l.raw ~ $6 AND l.raw !~ ALL($7::text[])) AS first
     ORDER BY t.source_id`,
    [projectId, parents, after, limit, children, pattern.matches, pattern.matchesNone],
  );
}

/** How many children of these parents match and refer to each record of another listing. */
export function answersByReference(
  tx: Tx,
  projectId: string,
  { children, pattern }: Pick<AnswerListings, 'children' | 'pattern'>,
  other: string,
  parentIds: readonly string[],
): Promise<{ id: string; n: number }[]> {
  return tx.manager.query(
    `SELECT substr(ref, length($4::text) + 2) AS id, count(*)::int AS n FROM landfall.staged_records l, unnest(l.refs) AS ref
     WHERE l.project_id = $1 AND l.listing = $2 AND l.parent_id = ANY($3) AND ref LIKE $4 || ':%' AND l.raw ~ $5 AND l.raw !~ ALL($6::text[])
     GROUP BY 1`,
    [projectId, children, parentIds, other, pattern.matches, pattern.matchesNone],
  );
}
