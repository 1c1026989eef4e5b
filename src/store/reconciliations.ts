import { mapItems, type PageWindow, type Slice } from '../domain/model/page.js';
import { sampledListings } from '../domain/model/record-types.js';
import type { Environment } from '../domain/model/run.js';
import { type ReconciliationFacts, reconciledTypes } from '../domain/verify/reconcile.js';
import type { Difference, FieldFidelity } from '../domain/verify/reconciliation.js';
import { countOutside } from './load-slices.js';
import { type List, pagesOf } from './pages.js';
import { newestListings } from './readings.js';
import {
  countFailed,
  countFiles,
  countLoaded,
  countProblems,
  countRecordings,
  countStaged,
  countTags,
} from './reconciliation-counts.js';
import { newestRuns } from './runs.js';
import type { Tx } from './transaction.js';

export async function reconciliationFacts(tx: Tx, projectId: string, environment: Environment): Promise<ReconciliationFacts> {
  return (await reconciliationFactsOf(tx, [projectId], environment))[0]!;
}

/**
 * Counts everything again from the rows: what the source reported, what is staged, and what is loaded.
 * @returns the counts of each project, in the given order
 */
export async function reconciliationFactsOf(
  tx: Tx,
  projectIds: readonly string[],
  environment: Environment,
): Promise<ReconciliationFacts[]> {
  const projects = { projectIds, environment };
  const read = await newestListings(tx, projectIds);
  const sandboxes = environment === 'SANDBOX' ? await newestRuns(tx, projectIds, 'SANDBOX') : null;
  const staged = await countStaged(
    tx,
    projects,
    reconciledTypes.map(type => type.listing),
  );
  const tags = await countTags(tx, projectIds);
  const loaded = await countLoaded(tx, projects, reconciledTypes);
  const failed = await countFailed(
    tx,
    projects,
    reconciledTypes.filter(({ arrival }) => arrival !== 'MATCHED'),
  );
  const problems = await countProblems(tx, projects);
  const outside = await countOutside(tx, projectIds, environment);
  const recordings = await countRecordings(tx, projects);
  const files = await countFiles(tx, projects);
  return projectIds.map(projectId => {
    const listings = read.get(projectId) ?? [];
    return {
      isBegun: sandboxes === null || sandboxes.has(projectId),
      // The source has no number for a sample.
      source: listing =>
        sandboxes && sampledListings.has(listing) ? null : (listings.find(phase => phase.name === listing)?.source ?? null),
      staged: listing => staged.get(projectId, listing),
      tags: tags.get(projectId, 'TAG'),
      loaded: type => loaded.get(projectId, type),
      failed: type => failed.get(projectId, type).failed,
      problems: type => problems.get(projectId, type),
      outside: type => outside.get(projectId)!.get(type) ?? 0,
      files: files.get(projectId, 'ATTACHMENT'),
      recordings: recordings.get(projectId, 'RECORDING'),
    };
  });
}

export async function fieldFidelity(tx: Tx, projectId: string, environment: Environment): Promise<FieldFidelity[]> {
  return (await fieldFidelities(tx, [projectId], environment))[0]!;
}

/** Outcomes of each field over all records that were read back; for each project, in the given order. */
export async function fieldFidelities(
  tx: Tx,
  projectIds: readonly string[],
  environment: Environment,
): Promise<FieldFidelity[][]> {
  const rows = await tx.manager.query<(FieldFidelity & { projectId: string })[]>(
    `SELECT v.project_id AS "projectId", v.record_type AS "recordType", f.key AS field,
       sum(o.value::int)::int AS compared,
       coalesce(sum(o.value::int) FILTER (WHERE o.key = 'equal'), 0)::int AS equal,
       coalesce(sum(o.value::int) FILTER (WHERE o.key = 'normalised'), 0)::int AS normalised,
       coalesce(sum(o.value::int) FILTER (WHERE o.key = 'lossy'), 0)::int AS lossy,
       coalesce(sum(o.value::int) FILTER (WHERE o.key = 'different'), 0)::int AS different
     FROM landfall.verifications v, jsonb_each(v.outcomes) f, jsonb_each_text(f.value) o
     WHERE v.project_id = ANY($1) AND v.environment = $2 GROUP BY 1, 2, 3 ORDER BY 2, 3`,
    [projectIds, environment],
  );
  const byProject = Map.groupBy(rows, row => row.projectId);
  return projectIds.map(id => (byProject.get(id) ?? []).map(({ projectId: _, ...fidelity }) => fidelity));
}

/** A difference and its position in the list, from 1. */
export interface ListedDifference {
  position: number;
  difference: Difference;
}

/** The differences of a project, by record. */
export const differenceList = (environment: Environment): List => ({
  rows: `SELECT row_number() OVER (ORDER BY v.record_type, v.source_id, e.place)::int AS position,
         v.record_type AS "recordType", coalesce(nullif(d ->> 'sourceId', ''), v.source_id) AS "sourceId", v.destination_id AS "destinationId",
         d ->> 'field' AS field, d ->> 'expected' AS expected, d ->> 'actual' AS actual
       FROM landfall.verifications v, jsonb_array_elements(v.differences) WITH ORDINALITY AS e (d, place)
       WHERE v.project_id = parent.id AND v.environment = $2`,
  parameters: [environment],
  order: 'POSITION',
});

/** A page of the differences of each project. */
export async function pagesOfDifferences(
  tx: Tx,
  list: List,
  projectIds: readonly string[],
  window: PageWindow<number>,
): Promise<Slice<ListedDifference>[]> {
  const pages = await pagesOf<Difference & { position: number }>(tx, list, projectIds, window);
  return pages.map(page => mapItems(page, ({ position, ...difference }) => ({ position, difference })));
}
