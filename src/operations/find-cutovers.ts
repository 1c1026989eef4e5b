import { type Cutover, type ReadinessGap, readinessGaps } from '../domain/model/cutover.js';
import { reconcile } from '../domain/verify/reconcile.js';
import { cutoversOf } from '../store/cutovers.js';
import { reconciliationFactsOf } from '../store/reconciliations.js';
import { runsById } from '../store/runs.js';
import { type OperationContext, within } from './context.js';

export interface FoundCutover {
  cutover: Cutover;
  /** What keeps it from being completed; empty if nothing does, and once it is completed. */
  gaps: ReadinessGap[];
}

/** Of each project; null before it was begun. */
export async function findCutovers(context: OperationContext, projectIds: readonly string[]): Promise<(FoundCutover | null)[]> {
  return within(context, async tx => {
    const cutovers = await cutoversOf(tx, projectIds);
    const open = [...cutovers.values()].filter(each => each.completedAt === null);
    const deltas = await runsById(
      tx,
      open.map(each => each.deltaRunId),
    );
    const facts =
      open.length === 0
        ? []
        : await reconciliationFactsOf(
            tx,
            open.map(each => each.projectId),
            'PRODUCTION',
          );
    const gaps = new Map(
      open.map((each, index) => [
        each.projectId,
        readinessGaps(each, deltas.get(each.deltaRunId) ?? null, reconcile(facts[index]!)),
      ]),
    );
    return projectIds.map(id => {
      const cutover = cutovers.get(id);
      return cutover ? { cutover, gaps: gaps.get(id) ?? [] } : null;
    });
  });
}
