import type { PortfolioProject } from '../domain/model/portfolio.js';
import type { ProjectEvent } from '../domain/model/project-event.js';
import { runsById } from './runs.js';
import type { Tx } from './transaction.js';

/** Projects in use, newest first, and how many there are. @param organizationId null for all in reach */
export async function portfolioIds(
  tx: Tx,
  organizationId: string | null,
  limit: number,
): Promise<{ ids: string[]; total: number }> {
  const inUse = `FROM landfall.projects WHERE archived_at IS NULL AND ($1::uuid IS NULL OR organization_id = $1)`;
  const rows = await tx.manager.query<{ id: string }[]>(`SELECT id ${inUse} ORDER BY created_at DESC, id DESC LIMIT $2`, [
    organizationId,
    limit,
  ]);
  const counted = await tx.manager.query<{ total: number }[]>(`SELECT count(*)::int AS total ${inUse}`, [organizationId]);
  return { ids: rows.map(({ id }) => id), total: counted[0]!.total };
}

/** Those of these ids that are projects in use, in reach. */
export async function projectsAmong(tx: Tx, ids: readonly string[], organizationId: string | null): Promise<string[]> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `SELECT id FROM landfall.projects WHERE id = ANY($1) AND archived_at IS NULL AND ($2::uuid IS NULL OR organization_id = $2)`,
    [ids, organizationId],
  );
  return rows.map(({ id }) => id);
}

type Row = Omit<PortfolioProject, 'runs'> & { runIds: string[] };

/** What is followed of these projects, in no order. The newest 10,000 issues of each are counted. */
export async function portfolioOf(tx: Tx, ids: readonly string[]): Promise<PortfolioProject[]> {
  const rows = await tx.manager.query<Row[]>(
    `SELECT p.id, p.organization_id AS "organizationId", p.name, p.external_ref AS "externalRef", p.stage, p.archived_at AS "archivedAt",
       p.last_event_seq AS "lastSeq", issues.errors AS "openErrors", issues.warnings AS "openWarnings", runs.ids AS "runIds"
     FROM landfall.projects p
     CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE severity = 'ERROR')::int AS errors, count(*) FILTER (WHERE severity = 'WARNING')::int AS warnings
       FROM (SELECT i.severity, i.status FROM landfall.issues i WHERE i.project_id = p.id ORDER BY i.created_at DESC, i.id DESC LIMIT 10000) newest
       WHERE status = 'OPEN'
     ) issues
     CROSS JOIN LATERAL (
       SELECT coalesce(array_agg(id ORDER BY created_at DESC, id DESC) FILTER (WHERE is_open OR place = 1), '{}') AS ids
       FROM (
         SELECT r.id, r.created_at, r.state IN ('QUEUED', 'RUNNING', 'PAUSED', 'BLOCKED') AS is_open,
           row_number() OVER (ORDER BY r.state IN ('QUEUED', 'RUNNING', 'PAUSED', 'BLOCKED') DESC, r.created_at DESC, r.id DESC) AS place
         FROM landfall.runs r WHERE r.project_id = p.id
       ) numbered WHERE place <= 5
     ) runs
     WHERE p.id = ANY($1)`,
    [ids],
  );
  const runs = await runsById(
    tx,
    rows.flatMap(({ runIds }) => runIds),
  );
  return rows.map(({ runIds, ...project }) => ({ ...project, runs: runIds.flatMap(id => runs.get(id) ?? []) }));
}

/** The events of each project after its number, oldest first. */
export async function eventsOfProjects(
  tx: Tx,
  positions: readonly { id: string; seq: number }[],
  limitOfEach: number,
): Promise<Map<string, ProjectEvent[]>> {
  const rows = await tx.manager.query<ProjectEvent[]>(
    `SELECT e.* FROM unnest($1::uuid[], $2::int[]) AS position (id, seq) CROSS JOIN LATERAL (
       SELECT project_id AS "projectId", e.seq, at, type, run_id AS "runId", message, data FROM landfall.project_events e
       WHERE e.project_id = position.id AND e.seq > position.seq ORDER BY e.seq LIMIT $3
     ) e ORDER BY e."projectId", e.seq`,
    [positions.map(({ id }) => id), positions.map(({ seq }) => seq), limitOfEach],
  );
  return Map.groupBy(rows, ({ projectId }) => projectId);
}
