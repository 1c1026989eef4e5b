import { listingOf } from '../domain/model/record-types.js';
import type { Tx } from './transaction.js';

/** Numbers of staged tickets by channel, by name, and by month of creation in UTC, oldest first. */
export async function countTickets(
  tx: Tx,
  projectId: string,
): Promise<{ channels: { channel: string; count: number }[]; months: { month: string; count: number }[] }> {
  const about = [projectId, listingOf('TICKET')];
  const channels = await tx.manager.query<{ channel: string; count: number }[]>(
    `SELECT coalesce(channel, '') AS channel, count(*)::int AS count FROM landfall.staged_records
     WHERE project_id = $1 AND listing = $2 GROUP BY 1 ORDER BY coalesce(channel, '') COLLATE "C" LIMIT 1000`,
    about,
  );
  const months = await tx.manager.query<{ month: string; count: number }[]>(
    `SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month, count(*)::int AS count FROM landfall.staged_records
     WHERE project_id = $1 AND listing = $2 AND created_at IS NOT NULL GROUP BY 1 ORDER BY 1 LIMIT 2400`,
    about,
  );
  return { channels, months };
}
