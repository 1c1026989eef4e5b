import { UserError } from '../domain/model/errors.js';
import { environments } from '../domain/model/run.js';
import { busyRefusal, type RunChoice, runChoices, startRefusals } from '../domain/model/start-refusals.js';
import { projectsById } from '../store/projects.js';
import { purgesOf } from '../store/purges.js';
import { startFactsOf } from '../store/start-facts.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { purged } from './require-unpurged.js';

/** A kind of run, and why the caller may not start it now; without reasons it may. */
export interface AvailableRunKind extends RunChoice {
  reasons: UserError[];
}

/** For each project, everything that could be started, with the errors that `startRun` would answer. */
export async function findRunKinds(context: OperationContext, projectIds: readonly string[]): Promise<AvailableRunKind[][]> {
  const forbidden = permissionError(context);
  const { facts, gone } = await within(context, async tx => {
    const found = await projectsById(tx, projectIds);
    const projects = projectIds.map(id => found.get(id)!);
    const [sandbox, production] = [
      await startFactsOf(tx, projects, environments[0]),
      await startFactsOf(tx, projects, environments[1]),
    ];
    return { facts: { SANDBOX: sandbox, PRODUCTION: production }, gone: await purgesOf(tx, projectIds) };
  });
  return projectIds.map((projectId, index) =>
    runChoices.map(choice => {
      if (forbidden) return { ...choice, reasons: [forbidden] };
      if (gone.has(projectId)) return { ...choice, reasons: [purged(['input', 'projectId'])] };
      const known = facts[choice.environment ?? 'PRODUCTION'][index]!;
      const refusals = startRefusals(known, choice);
      // As `startRun`, which meets another run only if everything else is ready.
      const busy = refusals.length === 0 ? busyRefusal(known, projectId, choice) : null;
      return { ...choice, reasons: busy ? [busy] : refusals };
    }),
  );
}

function permissionError({ principal }: OperationContext): UserError | null {
  try {
    requirePermission(principal, 'startRun');
    return null;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
