import { MoreThan } from 'typeorm';
import { mapItems, type PageWindow, type Slice } from '../domain/model/page.js';
import type { NewProjectEvent, ProjectEvent } from '../domain/model/project-event.js';
import { keptJson, keptText } from '../domain/text/kept-text.js';
import { ProjectEventRow } from './entities/project-event-row.js';
import { ProjectRow } from './entities/project-row.js';
import { type List, pagesOf } from './pages.js';
import type { Tx } from './transaction.js';

/**
 * Appends an event under the row lock of the project, in the transaction of the change that it reports. So numbers have no gaps
 * and become visible in order.
 */
export async function appendEvent(tx: Tx, event: NewProjectEvent): Promise<void> {
  await tx.manager.query(
    `WITH numbered AS (
       UPDATE landfall.projects SET last_event_seq = last_event_seq + 1 WHERE id = $1 RETURNING id, organization_id, last_event_seq
     )
     INSERT INTO landfall.project_events (project_id, seq, organization_id, at, type, run_id, message, data)
     SELECT id, last_event_seq, organization_id, clock_timestamp(), $2, $3, $4, $5 FROM numbered`,
    [event.projectId, event.type, event.runId ?? null, keptText(event.message), keptJson(event.data)],
  );
  tx.touched.add(event.projectId);
}

/** Number of the newest event; 0 if there is none, null if the project does not exist. */
export async function lastEventSeq(tx: Tx, projectId: string): Promise<number | null> {
  const row = await tx.manager.findOne(ProjectRow, { where: { id: projectId }, select: { id: true, lastEventSeq: true } });
  return row?.lastEventSeq ?? null;
}

/** The events after `afterSeq`, oldest first. */
export async function eventsAfter(tx: Tx, projectId: string, afterSeq: number, limit: number): Promise<ProjectEvent[]> {
  const rows = await tx.manager.find(ProjectEventRow, {
    where: { projectId, seq: MoreThan(afterSeq) },
    order: { seq: 'ASC' },
    take: limit,
  });
  return rows.map(({ seq, at, type, runId, message, data }) => ({ projectId, seq, at, type, runId, message, data }));
}

/** The events of a project, oldest first. */
export const eventList: List = {
  rows: `SELECT e.seq AS position, e.project_id AS "projectId", e.at AS "happenedAt", e.type, e.run_id AS "runId", e.message, e.data
     FROM landfall.project_events e WHERE e.project_id = parent.id`,
  parameters: [],
  order: 'POSITION',
};

/** A page of the events of each project. */
export async function pagesOfEvents(
  tx: Tx,
  projectIds: readonly string[],
  window: PageWindow<number>,
): Promise<Slice<ProjectEvent>[]> {
  const pages = await pagesOf<Omit<ProjectEvent, 'seq' | 'at'> & { position: number; happenedAt: Date }>(
    tx,
    eventList,
    projectIds,
    window,
  );
  return pages.map(page => mapItems(page, ({ position, happenedAt, ...event }) => ({ ...event, seq: position, at: happenedAt })));
}
