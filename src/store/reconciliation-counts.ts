import { listingOf, sampledListings, taggedListings } from '../domain/model/record-types.js';
import type { Environment } from '../domain/model/run.js';
import {
  type FileCounts,
  failureCodes,
  type LoadedCounts,
  type ProblemCounts,
  type ReconciledType,
  type StagedCounts,
  unavailableFileStates,
} from '../domain/verify/reconcile.js';
import type { Tx } from './transaction.js';

/** Projects, in one workspace each. Every count is one statement for all of them. */
export interface CountedProjects {
  projectIds: readonly string[];
  environment: Environment;
}

/** A count by project and record type (or listing). */
export class Counts<Numbers> {
  private readonly rows = new Map<string, Numbers>();

  constructor(
    private readonly none: Numbers,
    rows: readonly Row<Numbers>[],
  ) {
    for (const { projectId, of, ...numbers } of rows) this.rows.set(`${projectId} ${of}`, numbers as Numbers);
  }

  get(projectId: string, of: string): Numbers {
    return this.rows.get(`${projectId} ${of}`) ?? this.none;
  }
}

type Row<Numbers> = Numbers & { projectId: string; of: string };

/** Whether SANDBOX runs move a record. @param of the row that names its project */
const inSample = (listing: string, sourceId: string, of: string) =>
  `EXISTS (SELECT FROM landfall.sample_records x WHERE x.project_id = ${of}.project_id AND x.listing = ${listing} AND x.source_id = ${sourceId})`;

/** Rows of each listing, and those of them whose id cannot be used. */
export async function countStaged(
  tx: Tx,
  { projectIds, environment }: CountedProjects,
  listings: readonly string[],
): Promise<Counts<StagedCounts>> {
  const rows = await tx.manager.query<Row<StagedCounts>[]>(
    `SELECT project_id AS "projectId", listing AS of, count(*)::int AS staged, (count(*) FILTER (WHERE skipped))::int AS skipped
     FROM landfall.staged_records s
     WHERE project_id = ANY($1) AND listing = ANY($2) AND ($3 <> 'SANDBOX' OR listing <> ALL($4) OR ${inSample('s.listing', 's.source_id', 's')})
     GROUP BY 1, 2`,
    [projectIds, listings, environment, [...sampledListings]],
  );
  return new Counts({ staged: 0, skipped: 0 }, rows);
}

/** Distinct tags. */
export async function countTags(tx: Tx, projectIds: readonly string[]): Promise<Counts<StagedCounts>> {
  const rows = await tx.manager.query<Row<StagedCounts>[]>(
    `SELECT s.project_id AS "projectId", 'TAG' AS of, count(DISTINCT tag)::int AS staged, 0 AS skipped FROM landfall.staged_records s, unnest(s.tags) AS tag
     WHERE s.project_id = ANY($1) AND s.listing = ANY($2) GROUP BY 1`,
    [projectIds, taggedListings],
  );
  return new Counts({ staged: 0, skipped: 0 }, rows);
}

/** Records of each type that are in the crosswalk as what the type becomes, and those of them that were read back. */
export async function countLoaded(
  tx: Tx,
  { projectIds, environment }: CountedProjects,
  types: readonly ReconciledType[],
): Promise<Counts<LoadedCounts>> {
  const pairs = types.flatMap(({ recordType, destinationTypes }) => destinationTypes.map(to => [recordType, to] as const));
  const rows = await tx.manager.query<Row<LoadedCounts>[]>(
    `WITH failed AS (
       SELECT DISTINCT project_id, destination_id FROM landfall.load_states
       WHERE project_id = ANY($1) AND environment = $2 AND state = 'FAILED' AND destination_id IS NOT NULL
     )
     SELECT c.project_id AS "projectId", c.source_type AS of, count(DISTINCT c.source_id)::int AS loaded,
       (count(DISTINCT c.source_id) FILTER (WHERE c.verified_at IS NOT NULL))::int AS verified,
       (count(DISTINCT c.source_id) FILTER (WHERE c.verified_at IS NULL AND failed.project_id IS NOT NULL))::int AS "failedUnread"
     FROM landfall.crosswalk c
     JOIN unnest($3::text[], $4::text[]) AS types (source_type, destination_type) USING (source_type, destination_type)
     LEFT JOIN failed ON failed.project_id = c.project_id AND failed.destination_id = coalesce(c.conversation_id, c.destination_id)
     WHERE c.project_id = ANY($1) AND c.environment = $2 AND c.state = 'ACTIVE' GROUP BY 1, 2`,
    [projectIds, environment, pairs.map(([from]) => from), pairs.map(([, to]) => to)],
  );
  return new Counts({ loaded: 0, verified: 0, failedUnread: 0 }, rows);
}

/** Staged, not in the crosswalk, and failed: itself, or the record that it is part of. */
export async function countFailed(
  tx: Tx,
  { projectIds, environment }: CountedProjects,
  types: readonly ReconciledType[],
): Promise<Counts<{ failed: number }>> {
  const pairs = types.flatMap(({ recordType, listing, destinationTypes, partOf }) =>
    destinationTypes.map(to => [recordType, listing, to, partOf] as const),
  );
  const rows = await tx.manager.query<Row<{ failed: number }>[]>(
    `WITH types AS (
       SELECT record_type, listing, whole, by, reference, array_agg(destination_type) AS destination_types
       FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
         AS t (record_type, listing, destination_type, whole, by, reference) GROUP BY 1, 2, 3, 4, 5
     ), states AS (
       SELECT project_id, record_type, source_id FROM landfall.load_states
       WHERE project_id = ANY($1) AND environment = $2 AND state = 'FAILED'
     ), wholes AS (
       SELECT s.project_id, t.record_type, t.listing, t.destination_types, array_agg(t.reference || ':' || s.source_id) AS refs
       FROM states s JOIN types t ON t.whole = s.record_type WHERE t.by = 'REFERENCE' GROUP BY 1, 2, 3, 4
     ), failed AS (
       SELECT s.project_id, t.record_type, s.source_id, t.destination_types FROM states
       JOIN types t USING (record_type)
       JOIN landfall.staged_records s ON s.project_id = states.project_id AND s.listing = t.listing AND s.source_id = states.source_id
       WHERE t.by IS DISTINCT FROM 'PARENT'
       UNION
       SELECT s.project_id, t.record_type, s.source_id, t.destination_types FROM states
       JOIN types t ON t.by = 'PARENT' AND t.whole = states.record_type
       JOIN landfall.staged_records s ON s.project_id = states.project_id AND s.listing = t.listing AND s.parent_id = states.source_id
       UNION
       SELECT s.project_id, w.record_type, s.source_id, w.destination_types FROM wholes w
       JOIN landfall.staged_records s ON s.project_id = w.project_id AND s.listing = w.listing AND s.refs && w.refs
     )
     SELECT f.project_id AS "projectId", f.record_type AS of, count(*)::int AS failed FROM failed f
     WHERE NOT EXISTS (SELECT FROM landfall.crosswalk c WHERE c.project_id = f.project_id AND c.environment = $2 AND c.source_type = f.record_type
       AND c.source_id = f.source_id AND c.destination_type = ANY(f.destination_types) AND c.state = 'ACTIVE')
     GROUP BY 1, 2`,
    [
      projectIds,
      environment,
      pairs.map(([type]) => type),
      pairs.map(([, listing]) => listing),
      pairs.map(([, , to]) => to),
      pairs.map(([, , , partOf]) => partOf?.type ?? null),
      pairs.map(([, , , partOf]) => partOf?.by ?? null),
      pairs.map(([, , , partOf]) => (partOf ? listingOf(partOf.type) : null)),
    ],
  );
  return new Counts({ failed: 0 }, rows);
}

const notWaived = (
  codes: string,
) => `NOT EXISTS (SELECT FROM landfall.issues i WHERE i.project_id = r.project_id AND i.record_type = r.record_type
  AND i.source_id = r.source_id AND i.about = $2 AND i.code = ANY(${codes}) AND i.status = 'WAIVED')`;

/** Records of each type that were skipped, failed, arrived with differences, or are outdated. */
export async function countProblems(tx: Tx, { projectIds, environment }: CountedProjects): Promise<Counts<ProblemCounts>> {
  const rows = await tx.manager.query<Row<ProblemCounts>[]>(
    `SELECT project_id AS "projectId", record_type AS of, sum(skipped)::int AS skipped, sum(all_failed)::int AS "allFailed",
       sum(failed)::int AS failed, sum(different)::int AS different, sum(outdated)::int AS outdated
     FROM (
       SELECT r.project_id, r.record_type, count(*) FILTER (WHERE r.state = 'SKIPPED') AS skipped,
         count(*) FILTER (WHERE r.state = 'FAILED') AS all_failed,
         count(*) FILTER (WHERE r.state = 'FAILED' AND ${notWaived('$3')}) AS failed, 0 AS different, 0 AS outdated
       FROM landfall.load_states r WHERE r.project_id = ANY($1) AND r.environment = $2 AND r.state IN ('SKIPPED', 'FAILED') GROUP BY 1, 2
       UNION ALL
       SELECT r.project_id, r.record_type, 0, 0, 0, count(*), 0
       FROM landfall.verifications r WHERE r.project_id = ANY($1) AND r.environment = $2 AND r.differences <> '[]'
         AND ${notWaived('$4')} GROUP BY 1, 2
       UNION ALL
       SELECT d.project_id, d.record_type, 0, 0, 0, 0, count(*)
       FROM landfall.drafts d JOIN landfall.load_states s USING (project_id, environment, record_type, source_id)
       WHERE d.project_id = ANY($1) AND d.environment = $2 AND s.state = 'DONE' AND s.digest <> d.digest GROUP BY 1, 2
     ) problems GROUP BY 1, 2`,
    [projectIds, environment, failureCodes, ['VERIFICATION_DIFFERS']],
  );
  return new Counts({ skipped: 0, allFailed: 0, failed: 0, different: 0, outdated: 0 }, rows);
}

const noFiles = { staged: 0, loaded: 0, verified: 0, skipped: 0, failed: 0 };

/** Recordings: those that were downloaded are in the package. */
export async function countRecordings(tx: Tx, { projectIds, environment }: CountedProjects): Promise<Counts<FileCounts>> {
  const rows = await tx.manager.query<Row<FileCounts>[]>(
    `SELECT r.project_id AS "projectId", 'RECORDING' AS of, count(*)::int AS staged, count(c.source_id)::int AS loaded, count(c.verified_at)::int AS verified,
       count(*) FILTER (WHERE c.source_id IS NULL AND r.availability NOT IN ('DOWNLOADED', 'PENDING'))::int AS skipped,
       count(*) FILTER (WHERE c.source_id IS NULL AND (r.availability = 'PENDING' OR l.state = 'FAILED'))::int AS failed
     FROM landfall.call_recordings r
     LEFT JOIN landfall.crosswalk c ON c.project_id = r.project_id AND c.environment = $2 AND c.source_type = 'RECORDING' AND c.source_id = r.call_id
       AND c.destination_type = 'DOCUMENT' AND c.state = 'ACTIVE'
     LEFT JOIN landfall.load_states l ON l.project_id = r.project_id AND l.environment = $2 AND l.record_type = 'RECORDING' AND l.source_id = r.call_id
     WHERE r.project_id = ANY($1) AND ($2 <> 'SANDBOX' OR ${inSample('$3', 'r.call_id', 'r')}) GROUP BY 1`,
    [projectIds, environment, listingOf('RECORDING')],
  );
  return new Counts(noFiles, rows);
}

/** Files: those that were downloaded are sent with their message or named in it. */
export async function countFiles(tx: Tx, { projectIds, environment }: CountedProjects): Promise<Counts<FileCounts>> {
  const rows = await tx.manager.query<Row<FileCounts>[]>(
    `WITH sent AS (
       SELECT DISTINCT ON (project_id, source_id) project_id, source_id, verified_at FROM landfall.crosswalk
       WHERE project_id = ANY($1) AND environment = $2 AND source_type = 'ATTACHMENT' AND destination_type IN ('ATTACHMENT', 'DOCUMENT', 'ARTICLE')
         AND state = 'ACTIVE'
       ORDER BY project_id, source_id, verified_at
     )
     SELECT f.project_id AS "projectId", 'ATTACHMENT' AS of, count(*)::int AS staged, count(sent.source_id)::int AS loaded,
       count(sent.verified_at)::int AS verified,
       (count(*) FILTER (WHERE sent.source_id IS NULL AND (f.state = ANY($3) OR EXISTS (SELECT FROM landfall.load_states l
         WHERE l.project_id = f.project_id AND l.environment = $2 AND l.record_type = 'ATTACHMENT' AND l.source_id = f.source_id
           AND l.state = 'SKIPPED'))))::int AS skipped,
       (count(*) FILTER (WHERE sent.source_id IS NULL AND f.state = 'FAILED'))::int AS failed
     FROM landfall.stored_files f LEFT JOIN sent ON sent.project_id = f.project_id AND sent.source_id = f.source_id
     WHERE f.project_id = ANY($1) AND ($2 <> 'SANDBOX' OR ${inSample('$4', 'f.source_id', 'f')}) GROUP BY 1`,
    [projectIds, environment, unavailableFileStates, listingOf('ATTACHMENT')],
  );
  return new Counts(noFiles, rows);
}
