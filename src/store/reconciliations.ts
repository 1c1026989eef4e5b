import { inventories } from '../domain/inventories.js';
import {
  balancedRow,
  type Difference,
  type FieldFidelity,
  type Reconciliation,
  type ReconciliationRow,
} from '../domain/load/reconciliation.js';
import type { RecordType } from '../domain/record-type.js';
import type { Environment } from '../domain/run.js';
import { phasesOf } from './run-phases.js';
import { newestRun } from './runs.js';
import type { Tx } from './transaction.js';

/** Types that have a loader, and the listing that holds them. */
const reconciled: { recordType: RecordType; listing: string; destinationTypes: string[] }[] = [
  { recordType: 'TEAM', listing: 'teams', destinationTypes: ['TEAM'] },
  { recordType: 'AGENT', listing: 'users', destinationTypes: ['TEAMMATE'] },
  { recordType: 'TAG', listing: 'tags', destinationTypes: ['TAG'] },
  { recordType: 'COMPANY', listing: 'companies', destinationTypes: ['COMPANY'] },
  { recordType: 'CONTACT', listing: 'contacts', destinationTypes: ['CONTACT'] },
  { recordType: 'DEAL', listing: 'deals', destinationTypes: ['CUSTOM_OBJECT', 'DOCUMENT'] },
  { recordType: 'CATEGORY', listing: 'articlecategories', destinationTypes: ['COLLECTION'] },
  { recordType: 'ARTICLE', listing: 'articles', destinationTypes: ['ARTICLE'] },
  { recordType: 'TICKET', listing: 'tickets', destinationTypes: ['CONVERSATION'] },
  { recordType: 'MESSAGE', listing: 'ticketlogs', destinationTypes: ['CONVERSATION_PART'] },
  { recordType: 'CALL', listing: 'calls', destinationTypes: ['CONVERSATION', 'CONVERSATION_PART'] },
  ...inventories.map(({ recordType, listing }) => ({ recordType, listing, destinationTypes: ['DOCUMENT'] })),
];

/** Counts everything anew from the rows: what the source said, what is staged, and what became of it. */
export async function reconciliationOf(tx: Tx, projectId: string, environment: Environment): Promise<Reconciliation> {
  const extraction = await newestRun(tx, projectId, 'EXTRACTION');
  const phases = extraction ? await phasesOf(tx, extraction.id) : [];
  const count = async (sql: string, parameters: unknown[]): Promise<number> =>
    Number((await tx.manager.query<{ n: string }[]>(sql, parameters))[0]!.n);
  const rows = [];
  for (const { recordType, listing, destinationTypes } of reconciled) {
    const staged =
      recordType === 'TAG'
        ? await count(
            `SELECT count(DISTINCT tag) AS n FROM landfall.staged_records s, unnest(s.tags) AS tag WHERE s.project_id = $1 AND s.listing IN ('companies', 'contacts', 'tickets')`,
            [projectId],
          )
        : await count('SELECT count(*) AS n FROM landfall.staged_records WHERE project_id = $1 AND listing = $2', [
            projectId,
            listing,
          ]);
    const scope = [projectId, environment, recordType];
    const loaded = await count(
      `SELECT count(DISTINCT source_id) AS n FROM landfall.crosswalk WHERE project_id = $1 AND environment = $2 AND source_type = $3 AND destination_type = ANY($4) AND state = 'ACTIVE'`,
      [...scope, destinationTypes],
    );
    // People, teams and tags are matched, not written: they are what they are found to be.
    const matched = recordType === 'TEAM' || recordType === 'AGENT' || recordType === 'TAG';
    const verified = matched
      ? loaded
      : await count(
          `SELECT count(DISTINCT source_id) AS n FROM landfall.crosswalk WHERE project_id = $1 AND environment = $2 AND source_type = $3 AND destination_type = ANY($4)
             AND state = 'ACTIVE' AND verified_at IS NOT NULL`,
          [...scope, destinationTypes],
        );
    const failed = matched ? 0 : await failedOf(tx, projectId, environment, recordType, listing, destinationTypes);
    const skipped = matched ? staged - loaded : await skippedOf(tx, projectId, environment, recordType);
    const open = await openProblems(tx, projectId, environment, recordType);
    const source = recordType === 'TAG' ? null : (phases.find(phase => phase.name === listing)?.source ?? null);
    // What belongs to a ticket fails with it: nobody waives it one by one.
    const withTicket =
      failed > 0 && (recordType === 'MESSAGE' || recordType === 'CALL')
        ? (await openProblems(tx, projectId, environment, 'TICKET')).failed
        : 0;
    const openFailed = (recordType === 'MESSAGE' ? 0 : open.failed) + withTicket;
    rows.push(balancedRow({ recordType, source, staged, loaded, verified, skipped, failed }, { ...open, failed: openFailed }));
  }
  rows.push(await attachmentRow(tx, projectId, environment, phases.find(phase => phase.name === 'files')?.source ?? null));
  rows.push(await recordingRow(tx, projectId, environment, phases.find(phase => phase.name === 'recordings')?.source ?? null));
  return { balanced: rows.every(row => row.balanced), rows };
}

/** Recordings: those that could be had lie in the package, proved by their digest. */
async function recordingRow(
  tx: Tx,
  projectId: string,
  environment: Environment,
  source: number | null,
): Promise<ReconciliationRow> {
  const rows = await tx.manager.query<Omit<ReconciliationRow, 'recordType' | 'source' | 'balanced'>[]>(
    `SELECT count(*)::int AS staged, count(c.source_id)::int AS loaded, count(c.verified_at)::int AS verified,
       count(*) FILTER (WHERE c.source_id IS NULL AND r.availability NOT IN ('DOWNLOADED', 'PENDING'))::int AS skipped,
       count(*) FILTER (WHERE c.source_id IS NULL AND (r.availability = 'PENDING' OR l.state = 'FAILED'))::int AS failed
     FROM landfall.call_recordings r
     LEFT JOIN landfall.crosswalk c ON c.project_id = $1 AND c.environment = $2 AND c.source_type = 'RECORDING' AND c.source_id = r.call_id
       AND c.destination_type = 'DOCUMENT' AND c.state = 'ACTIVE'
     LEFT JOIN landfall.load_states l ON l.project_id = $1 AND l.environment = $2 AND l.record_type = 'RECORDING' AND l.source_id = r.call_id
     WHERE r.project_id = $1`,
    [projectId, environment],
  );
  const open = await openProblems(tx, projectId, environment, 'RECORDING');
  const row = rows[0]!;
  const pending = row.failed - open.allFailed;
  return balancedRow({ recordType: 'RECORDING', source, ...row }, { failed: pending + open.failed, different: open.different });
}

/** Files: those that the source could give are sent with their message, or named in it. */
async function attachmentRow(
  tx: Tx,
  projectId: string,
  environment: Environment,
  source: number | null,
): Promise<ReconciliationRow> {
  const rows = await tx.manager.query<Record<'staged' | 'loaded' | 'verified' | 'skipped' | 'failed', string>[]>(
    `WITH sent AS (
       SELECT DISTINCT ON (source_id) source_id, verified_at FROM landfall.crosswalk
       WHERE project_id = $1 AND environment = $2 AND source_type = 'ATTACHMENT' AND destination_type IN ('ATTACHMENT', 'DOCUMENT', 'ARTICLE') AND state = 'ACTIVE'
       ORDER BY source_id, verified_at
     )
     SELECT count(*) AS staged, count(sent.source_id) AS loaded, count(sent.verified_at) AS verified,
       count(*) FILTER (WHERE sent.source_id IS NULL AND (f.state IN ('MISSING', 'FORBIDDEN', 'TOO_LARGE', 'CORRUPT') OR EXISTS (SELECT FROM landfall.load_states l
         WHERE l.project_id = $1 AND l.environment = $2 AND l.record_type = 'ATTACHMENT' AND l.source_id = f.source_id AND l.state = 'SKIPPED'))) AS skipped,
       count(*) FILTER (WHERE sent.source_id IS NULL AND f.state = 'FAILED') AS failed
     FROM landfall.stored_files f LEFT JOIN sent USING (source_id) WHERE f.project_id = $1`,
    [projectId, environment],
  );
  const [staged, loaded, verified, skipped, broken] = (['staged', 'loaded', 'verified', 'skipped', 'failed'] as const).map(name =>
    Number(rows[0]![name]),
  ) as [number, number, number, number, number];
  // Their messages may have failed, with the ticket.
  const tickets = await openProblems(tx, projectId, environment, 'TICKET');
  const lost = tickets.allFailed > 0 ? staged - loaded - skipped - broken : 0;
  return balancedRow(
    { recordType: 'ATTACHMENT', source, staged, loaded, verified, skipped, failed: broken + lost },
    { failed: broken + (lost > 0 ? tickets.failed : 0), different: 0 },
  );
}

/** Staged, not in the crosswalk, and known to have failed: by itself, or with its ticket. */
async function failedOf(
  tx: Tx,
  projectId: string,
  environment: Environment,
  recordType: RecordType,
  listing: string,
  destinationTypes: string[],
): Promise<number> {
  const owner = recordType === 'MESSAGE' ? 's.parent_id' : 's.source_id';
  const rows = await tx.manager.query<{ n: string }[]>(
    `SELECT count(*) AS n FROM landfall.staged_records s
     WHERE s.project_id = $1 AND s.listing = $2
       AND (${owner} IN (SELECT source_id FROM landfall.load_states WHERE project_id = $1 AND environment = $3 AND record_type = $4 AND state = 'FAILED')
         OR $5 = 'CALL' AND s.refs && ARRAY(SELECT 'tickets:' || source_id FROM landfall.load_states
           WHERE project_id = $1 AND environment = $3 AND record_type = 'TICKET' AND state = 'FAILED'))
       AND s.source_id NOT IN (SELECT source_id FROM landfall.crosswalk
         WHERE project_id = $1 AND environment = $3 AND source_type = $5 AND destination_type = ANY($6) AND state = 'ACTIVE')`,
    [projectId, listing, environment, recordType === 'MESSAGE' ? 'TICKET' : recordType, recordType, destinationTypes],
  );
  return Number(rows[0]!.n);
}

async function skippedOf(tx: Tx, projectId: string, environment: Environment, recordType: RecordType): Promise<number> {
  const rows = await tx.manager.query<{ n: string }[]>(
    `SELECT count(*) AS n FROM landfall.load_states WHERE project_id = $1 AND environment = $2 AND record_type = $3 AND state = 'SKIPPED'`,
    [projectId, environment, recordType],
  );
  return Number(rows[0]!.n);
}

const notWaived = (
  codes: string,
) => `NOT EXISTS (SELECT FROM landfall.issues i WHERE i.project_id = $1 AND i.record_type = $3 AND i.source_id = r.source_id
  AND i.about = $2 AND i.code IN (${codes}) AND i.status = 'WAIVED')`;

/** Failures and differences that nobody has waived. */
async function openProblems(
  tx: Tx,
  projectId: string,
  environment: Environment,
  recordType: RecordType,
): Promise<{ failed: number; allFailed: number; different: number }> {
  const rows = await tx.manager.query<{ failed: string; all: string; different: string }[]>(
    `SELECT
       (SELECT count(*) FROM landfall.load_states r WHERE r.project_id = $1 AND r.environment = $2 AND r.record_type = $3 AND r.state = 'FAILED') AS all,
       (SELECT count(*) FROM landfall.load_states r WHERE r.project_id = $1 AND r.environment = $2 AND r.record_type = $3 AND r.state = 'FAILED'
         AND ${notWaived(`'LOAD_FAILED', 'PARENT_NOT_LOADED', 'CONTACT_LOCKED'`)}) AS failed,
       (SELECT count(*) FROM landfall.verifications r WHERE r.project_id = $1 AND r.environment = $2 AND r.record_type = $3 AND r.differences <> '[]'
         AND ${notWaived(`'VERIFICATION_DIFFERS'`)}) AS different`,
    [projectId, environment, recordType],
  );
  return { failed: Number(rows[0]!.failed), allFailed: Number(rows[0]!.all), different: Number(rows[0]!.different) };
}

/** How each field arrived, over all records read back. */
export async function fieldFidelity(tx: Tx, projectId: string, environment: Environment): Promise<FieldFidelity[]> {
  return tx.manager.query(
    `SELECT v.record_type AS "recordType", f.key AS field,
       sum(o.value::int)::int AS compared,
       coalesce(sum(o.value::int) FILTER (WHERE o.key = 'equal'), 0)::int AS equal,
       coalesce(sum(o.value::int) FILTER (WHERE o.key = 'normalised'), 0)::int AS normalised,
       coalesce(sum(o.value::int) FILTER (WHERE o.key = 'lossy'), 0)::int AS lossy,
       coalesce(sum(o.value::int) FILTER (WHERE o.key = 'different'), 0)::int AS different
     FROM landfall.verifications v, jsonb_each(v.outcomes) f, jsonb_each_text(f.value) o
     WHERE v.project_id = $1 AND v.environment = $2 GROUP BY 1, 2 ORDER BY 1, 2`,
    [projectId, environment],
  );
}

/** A page of differences, by record. @param after how many come before it */
export async function pageOfDifferences(
  tx: Tx,
  projectId: string,
  environment: Environment,
  first: number,
  after: number,
): Promise<{ items: Difference[]; hasNextPage: boolean }> {
  const rows = await tx.manager.query<Difference[]>(
    `SELECT v.record_type AS "recordType", coalesce(nullif(d ->> 'sourceId', ''), v.source_id) AS "sourceId", v.destination_id AS "destinationId",
       d ->> 'field' AS field, d ->> 'expected' AS expected, d ->> 'actual' AS actual
     FROM landfall.verifications v, jsonb_array_elements(v.differences) WITH ORDINALITY AS e (d, place)
     WHERE v.project_id = $1 AND v.environment = $2 ORDER BY v.record_type, v.source_id, e.place LIMIT $3 OFFSET $4`,
    [projectId, environment, first + 1, after],
  );
  return { items: rows.slice(0, first), hasNextPage: rows.length > first };
}
