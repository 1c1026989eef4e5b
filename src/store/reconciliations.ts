import { type RecordType, recordTypes } from '../domain/model/record-type.js';
import { listingOf, recordTypeDeclarations } from '../domain/model/record-types.js';
import type { Environment } from '../domain/model/run.js';
import {
  balancedRow,
  type Difference,
  type FieldFidelity,
  type Reconciliation,
  type ReconciliationRow,
} from '../domain/verify/reconciliation.js';
import { newestListings } from './readings.js';
import {
  countFailed,
  countFiles,
  countLoaded,
  countProblems,
  countRecordings,
  countStaged,
  countTags,
  type ReconciledType,
} from './reconciliation-counts.js';
import type { Tx } from './transaction.js';

/** Files and recordings are counted from their own tables. */
const countedApart: ReadonlySet<RecordType> = new Set(['ATTACHMENT', 'RECORDING']);
const reconciled: readonly ReconciledType[] = recordTypes
  .filter(type => !countedApart.has(type))
  .map(recordType => ({ recordType, ...recordTypeDeclarations[recordType] }));
/** People, teams and tags are matched, not written: they are what they are found to be. */
const isMatched = (type: RecordType) => recordTypeDeclarations[type].arrival === 'MATCHED';

export async function reconciliationOf(tx: Tx, projectId: string, environment: Environment): Promise<Reconciliation> {
  return (await reconciliationsOf(tx, [projectId], environment))[0]!;
}

/**
 * Counts everything anew from the rows: what the source said, what is staged, and what became of it.
 * @returns one for each project, in the order asked
 */
export async function reconciliationsOf(
  tx: Tx,
  projectIds: readonly string[],
  environment: Environment,
): Promise<Reconciliation[]> {
  const projects = { projectIds, environment };
  const read = await newestListings(tx, projectIds);
  const staged = await countStaged(
    tx,
    projectIds,
    reconciled.map(type => type.listing),
  );
  const tags = await countTags(tx, projectIds);
  const loaded = await countLoaded(tx, projects, reconciled);
  const failed = await countFailed(
    tx,
    projects,
    reconciled.filter(type => !isMatched(type.recordType)),
  );
  const problems = await countProblems(tx, projects);
  const recordings = await countRecordings(tx, projects);
  const files = await countFiles(tx, projects);

  return projectIds.map(projectId => {
    const listings = read.get(projectId) ?? [];
    const sourceOf = (listing: string) => listings.find(phase => phase.name === listing)?.source ?? null;
    const tickets = problems.get(projectId, 'TICKET');
    const rows = reconciled.map(({ recordType, listing }): ReconciliationRow => {
      const isTag = recordType === 'TAG';
      const count = {
        ...(isTag ? tags.get(projectId, 'TAG') : staged.get(projectId, listing)),
        ...loaded.get(projectId, recordType),
        ...failed.get(projectId, recordType),
      };
      const open = problems.get(projectId, recordType);
      const source = isTag ? null : sourceOf(listing);
      if (isMatched(recordType)) {
        const { staged, loaded } = count;
        return balancedRow({ recordType, source, staged, loaded, verified: loaded, skipped: staged - loaded, failed: 0 }, open);
      }
      // What belongs to a ticket fails with it: nobody waives it one by one.
      const withTicket = count.failed > 0 && (recordType === 'MESSAGE' || recordType === 'CALL') ? tickets.failed : 0;
      const openFailed = (recordType === 'MESSAGE' ? 0 : open.failed) + withTicket;
      const { failedUnread } = count;
      return balancedRow(
        { recordType, source, ...pick(count), skipped: count.skipped + open.skipped },
        { ...open, failedUnread, failed: openFailed },
      );
    });
    rows.push(attachmentRow(pick(files.get(projectId, 'ATTACHMENT')), tickets, sourceOf(listingOf('ATTACHMENT'))));
    rows.push(
      recordingRow(
        pick(recordings.get(projectId, 'RECORDING')),
        problems.get(projectId, 'RECORDING'),
        sourceOf(listingOf('RECORDING')),
      ),
    );
    return { balanced: rows.every(row => row.balanced), rows };
  });
}

type Count = Omit<ReconciliationRow, 'recordType' | 'source' | 'balanced'>;

const pick = <T extends Omit<Count, 'skipped'> & { skipped?: number }>({
  staged,
  loaded,
  verified,
  failed,
  skipped = 0,
}: T): Count => ({
  staged,
  loaded,
  verified,
  skipped,
  failed,
});

interface Problems {
  allFailed: number;
  failed: number;
  different: number;
}

function recordingRow(count: Count, open: Problems, source: number | null): ReconciliationRow {
  const pending = count.failed - open.allFailed;
  return balancedRow({ recordType: 'RECORDING', source, ...count }, { failed: pending + open.failed, different: open.different });
}

function attachmentRow(count: Count, tickets: Problems, source: number | null): ReconciliationRow {
  const { staged, loaded, skipped, failed: broken } = count;
  // Their messages may have failed, with the ticket.
  const lost = tickets.allFailed > 0 ? staged - loaded - skipped - broken : 0;
  return balancedRow(
    { recordType: 'ATTACHMENT', source, ...count, failed: broken + lost },
    { failed: broken + (lost > 0 ? tickets.failed : 0), different: 0 },
  );
}

export async function fieldFidelity(tx: Tx, projectId: string, environment: Environment): Promise<FieldFidelity[]> {
  return (await fieldFidelities(tx, [projectId], environment))[0]!;
}

/** How each field arrived, over all records read back; for each project, in the order asked. */
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

/** A page of differences of each project, by record. @param after how many come before it */
export async function pagesOfDifferences(
  tx: Tx,
  projectIds: readonly string[],
  environment: Environment,
  first: number,
  after: number,
): Promise<{ items: Difference[]; hasNextPage: boolean }[]> {
  const rows = await tx.manager.query<(Difference & { projectId: string })[]>(
    `SELECT p.id AS "projectId", page.* FROM unnest($1::uuid[]) AS p (id) CROSS JOIN LATERAL (
       SELECT v.record_type AS "recordType", coalesce(nullif(d ->> 'sourceId', ''), v.source_id) AS "sourceId", v.destination_id AS "destinationId",
         d ->> 'field' AS field, d ->> 'expected' AS expected, d ->> 'actual' AS actual
       FROM landfall.verifications v, jsonb_array_elements(v.differences) WITH ORDINALITY AS e (d, place)
       WHERE v.project_id = p.id AND v.environment = $2 ORDER BY v.record_type, v.source_id, e.place LIMIT $3 OFFSET $4
     ) page`,
    [projectIds, environment, first + 1, after],
  );
  const byProject = Map.groupBy(rows, row => row.projectId);
  return projectIds.map(id => {
    const items = (byProject.get(id) ?? []).map(({ projectId: _, ...difference }) => difference);
    return { items: items.slice(0, first), hasNextPage: items.length > first };
  });
}
