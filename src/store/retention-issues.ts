import type { ReadingFacts } from '../domain/discovery/facts.js';
import { type RetentionWarning, retentionWarning, retentionWords } from '../domain/discovery/retention.js';
import type { IssueStatus, Severity } from '../domain/model/issue.js';
import { toRecordCounts } from '../domain/model/record-count.js';
import { detailListings, listingOf } from '../domain/model/record-types.js';
import type { Database } from './data-source.js';
import { discoveryOf } from './discoveries.js';
import { firstPassesOf, measurementsOf } from './discovery-facts.js';
import { databaseWork } from './failures.js';
import { byLandfall } from './issues.js';
import { appendEvent } from './project-events.js';
import { lastCompleteReading, newestListings } from './readings.js';
import type { Tx } from './transaction.js';

const code = 'RETENTION_DEADLINE';

interface Place {
  projectId: string;
  organizationId: string;
  /** The run in which it is checked; null outside of runs. */
  runId: string | null;
}

/** Raises, changes or resolves the issue about the chats that the source will delete. A project has at most one. */
export async function checkRetention(tx: Tx, place: Place, now: Date): Promise<void> {
  const facts = await readingFacts(tx, place.projectId);
  const readAt = await lastCompleteReading(tx, place.projectId);
  const warning = facts && retentionWarning(facts, now, readAt);
  if (!warning) return resolve(tx, place.projectId);
  const words = retentionWords(warning, readAt);
  // The row of the project is locked first, as every event does it: two checks at the same time raise one issue.
  await tx.manager.query('SELECT FROM landfall.projects WHERE id = $1 FOR NO KEY UPDATE', [place.projectId]);
  const known = await issueOf(tx, place.projectId);
  const issueId = known ? known.id : await insert(tx, place, warning, words);
  const isWorse = known?.severity === 'WARNING' && warning.severity === 'ERROR';
  const isNews = !known || known.status === 'RESOLVED' || isWorse;
  if (known) {
    await tx.manager.query('UPDATE landfall.issues SET severity = $2, message = $3, hint = $4 WHERE id = $1', [
      known.id,
      warning.severity,
      words.message,
      words.hint,
    ]);
    if (isNews)
      await tx.manager.query(`UPDATE landfall.issues SET status = 'OPEN', ${byLandfall} WHERE id = $1 AND status <> 'OPEN'`, [
        known.id,
      ]);
  }
  if (!isNews) return;
  await appendEvent(tx, {
    projectId: place.projectId,
    ...(place.runId === null ? {} : { runId: place.runId }),
    type: 'RETENTION_WARNING',
    message: words.message,
    data: { issueId, ...warning, deadline: warning.deadline.toISOString() },
  });
}

async function readingFacts(tx: Tx, projectId: string): Promise<ReadingFacts | null> {
  const discovery = await discoveryOf(tx, projectId);
  if (!discovery) return null;
  const phases = (await newestListings(tx, [projectId])).get(projectId);
  const runs = (await measurementsOf(tx, [projectId])).get(projectId) ?? {};
  const first = (await firstPassesOf(tx, [projectId])).get(projectId) ?? {};
  return {
    discovery,
    read: phases ? new Map(toRecordCounts(phases).map(count => [count.recordType, count])) : null,
    emails: phases?.find(({ name }) => name === detailListings.EMAIL)?.staged ?? null,
    measured: { extraction: runs.EXTRACTION ?? null, load: runs.PRODUCTION ?? null },
    firstPass: { extraction: first.EXTRACTION ?? null, load: first.PRODUCTION ?? null },
  };
}

async function issueOf(tx: Tx, projectId: string): Promise<{ id: string; status: IssueStatus; severity: Severity } | null> {
  const rows = await tx.manager.query<{ id: string; status: IssueStatus; severity: Severity }[]>(
    'SELECT id, status, severity FROM landfall.issues WHERE project_id = $1 AND code = $2 FOR UPDATE',
    [projectId, code],
  );
  return rows[0] ?? null;
}

async function insert(
  tx: Tx,
  { projectId, organizationId, runId }: Place,
  { severity }: RetentionWarning,
  { message, hint }: { message: string; hint: string },
): Promise<string> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `INSERT INTO landfall.issues (project_id, organization_id, run_id, code, severity, record_type, listing, message, hint)
     VALUES ($1, $2, $3, $4, $5, 'TICKET', $6, $7, $8) RETURNING id`,
    [projectId, organizationId, runId, code, severity, listingOf('TICKET'), message, hint],
  );
  return rows[0]!.id;
}

async function resolve(tx: Tx, projectId: string): Promise<void> {
  const [rows] = await tx.manager.query<[{ id: string }[], number]>(
    `UPDATE landfall.issues SET status = 'RESOLVED', ${byLandfall} WHERE project_id = $1 AND code = $2 AND status <> 'RESOLVED' RETURNING id`,
    [projectId, code],
  );
  for (const { id } of rows) {
    await appendEvent(tx, {
      projectId,
      type: 'ISSUE_UPDATED',
      message: 'No chats are about to be deleted before they are extracted.',
      data: { issueId: id, code, status: 'RESOLVED', note: null },
    });
  }
}

/** A project whose source will delete chats. */
export interface WatchedProject {
  projectId: string;
  organizationId: string;
}

/** Projects of all tenants whose discovery has found a deadline, by id, without those that have moved over. */
export function projectsWithDeadline(database: Database, after: string | null, limit: number): Promise<WatchedProject[]> {
  const sql =
    'SELECT project_id AS "projectId", organization_id AS "organizationId" FROM landfall.projects_with_deadline($1, $2)';
  return databaseWork(() => database.query(sql, [after, limit]));
}
