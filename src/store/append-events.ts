import type { NewProjectEvent } from '../domain/model/project-event.js';
import { keptJson, keptText } from '../domain/text/kept-text.js';
import type { Tx } from './transaction.js';

/** Appends several events as `appendEvent` does, in this order; one statement for each project. */
export async function appendEvents(tx: Tx, events: readonly NewProjectEvent[]): Promise<void> {
  // In one order, so that two transactions that append to the same projects do not wait for each other.
  const byProject = [...Map.groupBy(events, event => event.projectId)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [projectId, some] of byProject) {
    await tx.manager.query(
      `WITH numbered AS (
         UPDATE landfall.projects SET last_event_seq = last_event_seq + $2::int WHERE id = $1
         RETURNING id, organization_id, last_event_seq - $2::int AS before
       )
       INSERT INTO landfall.project_events (project_id, seq, organization_id, at, type, run_id, message, data)
       SELECT n.id, n.before + e.place, n.organization_id, clock_timestamp(), e.type, e.run_id, e.message, e.data::jsonb
       FROM numbered n, unnest($3::text[], $4::uuid[], $5::text[], $6::text[]) WITH ORDINALITY AS e (type, run_id, message, data, place)`,
      [
        projectId,
        some.length,
        some.map(event => event.type),
        some.map(event => event.runId ?? null),
        some.map(event => keptText(event.message)),
        some.map(event => keptJson(event.data)),
      ],
    );
    tx.touched.add(projectId);
  }
}
