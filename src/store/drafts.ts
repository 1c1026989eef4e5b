import type { DraftType } from '../domain/drafts/drafts.js';
import type { IssueRetry } from '../domain/model/load-plan.js';
import { isRetried, retryParameters } from './issue-retries.js';
import type { LoadScope } from './load-scope.js';
import { isCovered } from './load-slices.js';
import type { LoadState } from './load-states.js';
import type { Tx } from './transaction.js';

export interface DraftRow {
  sourceId: string;
  digest: string;
  /** The approximate number of writes. */
  weight: number;
  body: string;
  /** Of a ticket or call: when it was created at the source, and whether it is open. */
  createdAt?: Date | null;
  isOpen?: boolean;
  /** A higher place is loaded earlier. */
  place?: number;
}

/** A draft that is not done, and its load state. */
export interface OpenDraft extends DraftRow {
  state: Pick<LoadState, 'state' | 'destinationId' | 'digest'> | null;
  /** Somebody wants it to be written again; ALL: over what people have changed too. */
  rewrite?: 'OURS' | 'ALL' | null;
}

export async function saveDrafts(
  tx: Tx,
  scope: LoadScope,
  runId: string,
  type: DraftType,
  rows: readonly DraftRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.manager.query(
    `INSERT INTO landfall.drafts AS d (project_id, organization_id, environment, run_id, record_type, source_id, digest, weight, body, created_at, is_open, place)
     SELECT $1, $2, $3, $4, $5, source_id, digest, weight, body, created_at, is_open, place
     FROM unnest($6::text[], $7::text[], $8::int[], $9::text[], $10::timestamptz[], $11::boolean[], $12::int[])
       AS input (source_id, digest, weight, body, created_at, is_open, place)
     ON CONFLICT (project_id, environment, record_type, source_id) DO UPDATE SET run_id = excluded.run_id, digest = excluded.digest,
       weight = excluded.weight, body = excluded.body, created_at = excluded.created_at, is_open = excluded.is_open, place = excluded.place`,
    [
      scope.projectId,
      scope.organizationId,
      scope.environment,
      runId,
      type,
      rows.map(row => row.sourceId),
      rows.map(row => row.digest),
      rows.map(row => row.weight),
      rows.map(row => row.body),
      rows.map(row => row.createdAt?.toISOString() ?? null),
      rows.map(row => row.isOpen ?? false),
      rows.map(row => row.place ?? 0),
    ],
  );
}

/** A page of drafts that this run did not create: their records became part of others. */
export async function staleDrafts(
  tx: Tx,
  { projectId, environment }: LoadScope,
  runId: string,
  type: DraftType,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `SELECT source_id AS id FROM landfall.drafts
     WHERE project_id = $1 AND environment = $2 AND record_type = $3 AND source_id > $4 AND run_id <> $5 ORDER BY source_id LIMIT $6`,
    [projectId, environment, type, after, runId, limit],
  );
  return rows.map(({ id }) => id);
}

export async function dropDrafts(
  tx: Tx,
  { projectId, environment }: LoadScope,
  type: DraftType,
  ids: readonly string[],
): Promise<void> {
  await tx.manager.query(
    'DELETE FROM landfall.drafts WHERE project_id = $1 AND environment = $2 AND record_type = $3 AND source_id = ANY($4)',
    [projectId, environment, type, ids],
  );
}

const done = `(s.state IN ('DONE', 'SKIPPED') AND s.digest = d.digest AND s.rewrite IS NULL)`;

/**
 * Drafts that are not done: by place, then the longest first.
 * @param after the last one of the previous page
 * @param retry limits them to the records of these issues
 */
export async function openDrafts(
  tx: Tx,
  { projectId, environment }: LoadScope,
  type: DraftType,
  after: Pick<DraftRow, 'place' | 'weight' | 'sourceId'> | null,
  limit: number,
  retry: IssueRetry | null,
): Promise<OpenDraft[]> {
  const rows = await tx.manager.query<
    (DraftRow & {
      state: LoadState['state'] | null;
      destinationId: string | null;
      stateDigest: string | null;
      rewrite: OpenDraft['rewrite'];
    })[]
  >(
    `SELECT d.source_id AS "sourceId", d.digest, d.weight, d.body, d.place, s.state, s.destination_id AS "destinationId", s.digest AS "stateDigest", s.rewrite
     FROM landfall.drafts d LEFT JOIN landfall.load_states s USING (project_id, environment, record_type, source_id)
     WHERE d.project_id = $1 AND d.environment = $2 AND d.record_type = $3
       AND ($4::int IS NULL OR (d.place, d.weight, d.source_id) < ($7::int, $4, $5))
       AND (s.state IS NULL OR s.state IN ('OPEN', 'FAILED') OR s.digest IS DISTINCT FROM d.digest OR s.rewrite IS NOT NULL)
       AND ${isCovered('$1', '$2')} AND ${isRetried('d', 8, 9)}
     ORDER BY d.place DESC, d.weight DESC, d.source_id DESC LIMIT $6`,
    [
      projectId,
      environment,
      type,
      after?.weight ?? null,
      after?.sourceId ?? null,
      limit,
      after?.place ?? null,
      ...retryParameters(retry),
    ],
  );
  return rows.map(toOpenDraft);
}

const toOpenDraft = ({
  state,
  destinationId,
  stateDigest,
  ...draft
}: DraftRow & {
  state: LoadState['state'] | null;
  destinationId: string | null;
  stateDigest: string | null;
  rewrite: OpenDraft['rewrite'];
}): OpenDraft => ({
  ...draft,
  state: state === null ? null : { state, destinationId, digest: stateDigest },
});

/**
 * Ids of the open drafts of the help center, in chains: what is in one chain is created one after another, because positions
 * cannot be set. Categories are one chain, from the top down. Articles are one for each category that has a draft; those that
 * arrive without a collection are one chain, because a lost answer is searched for by title and collection.
 * The body is read as text, because JSON may contain NUL.
 */
export async function openChains(
  tx: Tx,
  { projectId, environment }: LoadScope,
  type: 'CATEGORY' | 'ARTICLE',
  retry: IssueRetry | null,
): Promise<string[][]> {
  const rows = await tx.manager.query<{ id: string; chain: string }[]>(
    `SELECT d.source_id AS id,
       CASE WHEN d.record_type = 'ARTICLE' AND d.body NOT LIKE '%"isInternal":true%' THEN coalesce(c.source_id, '') ELSE '' END AS chain
     FROM landfall.drafts d LEFT JOIN landfall.load_states s USING (project_id, environment, record_type, source_id)
     LEFT JOIN landfall.drafts c ON c.project_id = d.project_id AND c.environment = d.environment AND c.record_type = 'CATEGORY'
       AND c.source_id = substring(d.body FROM '"category":"([^"]+)"')
     WHERE d.project_id = $1 AND d.environment = $2 AND d.record_type = $3
       AND (s.state IS NULL OR s.state IN ('OPEN', 'FAILED') OR s.digest IS DISTINCT FROM d.digest OR s.rewrite IS NOT NULL)
       AND ${isRetried('d', 4, 5)}
     ORDER BY coalesce(substring(d.body FROM '"level":([0-9]+)')::int, 0), substring(d.body FROM '"place":(-?[0-9.e+-]+)')::float8,
       length(d.source_id), d.source_id`,
    [projectId, environment, type, ...retryParameters(retry)],
  );
  return [...Map.groupBy(rows, ({ chain }) => chain).values()].map(chain => chain.map(({ id }) => id));
}

/** A draft and its load state. */
export async function openDraft(tx: Tx, scope: LoadScope, type: DraftType, sourceId: string): Promise<OpenDraft | null> {
  const rows = await tx.manager.query<
    (DraftRow & {
      state: LoadState['state'] | null;
      destinationId: string | null;
      stateDigest: string | null;
      rewrite: OpenDraft['rewrite'];
    })[]
  >(
    `SELECT d.source_id AS "sourceId", d.digest, d.weight, d.body, s.state, s.destination_id AS "destinationId", s.digest AS "stateDigest", s.rewrite
     FROM landfall.drafts d LEFT JOIN landfall.load_states s USING (project_id, environment, record_type, source_id)
     WHERE d.project_id = $1 AND d.environment = $2 AND d.record_type = $3 AND d.source_id = $4`,
    [scope.projectId, scope.environment, type, sourceId],
  );
  return rows[0] ? toOpenDraft(rows[0]) : null;
}

export function draftsAfter(
  tx: Tx,
  { projectId, environment }: LoadScope,
  type: DraftType,
  after: string,
  limit: number,
): Promise<{ sourceId: string; body: string }[]> {
  return tx.manager.query(
    `SELECT source_id AS "sourceId", body FROM landfall.drafts
     WHERE project_id = $1 AND environment = $2 AND record_type = $3 AND source_id > $4 ORDER BY source_id LIMIT $5`,
    [projectId, environment, type, after, limit],
  );
}

/** A page of loaded drafts. */
export function loadedDrafts(
  tx: Tx,
  { projectId, environment }: LoadScope,
  type: DraftType,
  after: string,
  limit: number,
): Promise<{ sourceId: string; body: string }[]> {
  return tx.manager.query(
    `SELECT d.source_id AS "sourceId", d.body FROM landfall.drafts d JOIN landfall.load_states s USING (project_id, environment, record_type, source_id)
     WHERE d.project_id = $1 AND d.environment = $2 AND d.record_type = $3 AND d.source_id > $4 AND s.state = 'DONE' ORDER BY d.source_id LIMIT $5`,
    [projectId, environment, type, after, limit],
  );
}

/** The numbers of all drafts that move and of done drafts of a type, and their writes. */
export async function countDrafts(
  tx: Tx,
  { projectId, environment }: LoadScope,
  type: DraftType,
): Promise<{ drafts: number; done: number; weight: number; doneWeight: number }> {
  const rows = await tx.manager.query<Record<'drafts' | 'done' | 'weight' | 'doneWeight', string>[]>(
    `SELECT count(*) AS drafts, count(*) FILTER (WHERE ${done}) AS done, coalesce(sum(weight), 0) AS weight,
       coalesce(sum(weight) FILTER (WHERE ${done}), 0) AS "doneWeight"
     FROM landfall.drafts d LEFT JOIN landfall.load_states s USING (project_id, environment, record_type, source_id)
     WHERE d.project_id = $1 AND d.environment = $2 AND d.record_type = $3 AND ${isCovered('$1', '$2')}`,
    [projectId, environment, type],
  );
  const { drafts, done: finished, weight, doneWeight } = rows[0]!;
  return { drafts: Number(drafts), done: Number(finished), weight: Number(weight), doneWeight: Number(doneWeight) };
}

/** A draft that is done and must be read back. */
export interface UnverifiedDraft {
  sourceId: string;
  digest: string;
  body: string;
  destinationId: string;
  /** Already read back and different: a person may have corrected it since. */
  wasRead: boolean;
  /** For a deal: the contact of the workspace that last referred to it. */
  linkedTo: string | null;
}

/** Drafts that are loaded and not read back since, or that differed. Records in documents are read back from the documents. */
export function unverifiedDrafts(
  tx: Tx,
  { projectId, environment }: LoadScope,
  type: DraftType,
  after: string,
  limit: number,
): Promise<UnverifiedDraft[]> {
  return tx.manager.query(
    `SELECT d.source_id AS "sourceId", d.digest, d.body, s.destination_id AS "destinationId", s.linked_to AS "linkedTo",
       s.read_digest IS NOT DISTINCT FROM s.digest AS "wasRead"
     FROM landfall.drafts d JOIN landfall.load_states s USING (project_id, environment, record_type, source_id)
     WHERE d.project_id = $1 AND d.environment = $2 AND d.record_type = $3 AND d.source_id > $4 AND s.state = 'DONE'
       AND (s.read_digest IS DISTINCT FROM s.digest OR EXISTS (SELECT FROM landfall.verifications v WHERE v.project_id = $1 AND v.environment = $2
         AND v.record_type IN ($3, $6) AND v.source_id = d.source_id AND v.differences <> '[]'))
       AND EXISTS (SELECT FROM landfall.crosswalk c WHERE c.project_id = $1 AND c.environment = $2 AND c.source_type = $3
         AND c.source_id = d.source_id AND c.destination_type <> 'DOCUMENT')
     ORDER BY d.source_id LIMIT $5`,
    // The messages of a ticket are verified with it, under its id.
    [projectId, environment, type, after, limit, type === 'TICKET' ? 'MESSAGE' : type],
  );
}
