import { sideOf } from '../../domain/model/gates.js';
import type { SourcePlan } from '../../domain/ports/source.js';
import { connectionOf } from '../../store/connections.js';
import { type Markdown, md } from './markup.js';
import { sourcePlan } from './scope-facts.js';
import type { Texts } from './texts/texts.js';
import type { Reporting } from './write-documents.js';

/** Compares a number at the source with the limits of both plans, in two paragraphs. */
export function againstPlans(
  { plans: t }: Texts,
  source: { things: string; active: number; all: number; limit: number | null },
  intercom: { things: string; option: string; limit: number | null; remedy: string },
): Markdown[] {
  const { active, all } = source;
  const fewer = source.limit !== null && all > source.limit ? t.fewer(all - source.limit) : '';
  const { things, option, limit, remedy } = intercom;
  return [
    md`${t.active(active, all, source.things, source.limit)}${fewer}.`,
    limit === null
      ? t.unknown(things, option)
      : active > limit
        ? t.tooMany(active - limit, limit, things, remedy)
        : t.enough(limit, things),
  ];
}

/** The limits of both plans: from the source, and from the options of the Intercom connection, because no API returns them. */
export async function planFacts(context: Reporting): Promise<{
  sourcePlan: SourcePlan | null;
  destinationLimits: { inboxes: number | null; widgets: number | null; seats: number | null };
}> {
  const connection = await context.work.transaction(tx =>
    connectionOf(tx, context.work.lease.projectId, sideOf(context.environment)),
  );
  const options = connection?.options ?? {};
  const limit = (name: string) => (typeof options[name] === 'number' ? (options[name] as number) : null);
  return {
    sourcePlan: await sourcePlan(context),
    destinationLimits: { inboxes: limit('inboxes'), widgets: limit('widgets'), seats: limit('seats') },
  };
}
