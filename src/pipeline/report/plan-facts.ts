import { sideOf } from '../../domain/gates.js';
import type { SourcePlan } from '../../domain/source.js';
import { connectionOf } from '../../store/connections.js';
import { discoveryOf } from '../../store/discoveries.js';
import type { Reporting } from './write-documents.js';

/** Told where there are more than a plan allows. */
export const overPlan = (count: number, limit: number | null) =>
  limit !== null && count > limit ? `, **${count - limit} fewer than there are**` : '';

/** What both plans allow: the source's as it tells, Intercom's as the options of the connection tell, for no API does. */
export async function planFacts({ work, environment }: Reporting): Promise<{
  sourcePlan: SourcePlan | null;
  destinationLimits: { inboxes: number | null; widgets: number | null; seats: number | null };
}> {
  return work.read(async tx => {
    const { projectId } = work.lease;
    const options = (await connectionOf(tx, projectId, sideOf(environment)))?.options ?? {};
    const limit = (name: string) => (typeof options[name] === 'number' ? (options[name] as number) : null);
    return {
      sourcePlan: (await discoveryOf(tx, projectId))?.plan ?? null,
      destinationLimits: { inboxes: limit('inboxes'), widgets: limit('widgets'), seats: limit('seats') },
    };
  });
}
