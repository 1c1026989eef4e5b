import { readinessGaps } from '../domain/model/cutover.js';
import { UserError, UserErrors } from '../domain/model/errors.js';
import type { Project } from '../domain/model/project.js';
import { reconcile } from '../domain/verify/reconcile.js';
import { completeCutoverRow, cutoverOf } from '../store/cutovers.js';
import { appendEvent } from '../store/project-events.js';
import { lockProject, projectById, setProjectStage } from '../store/projects.js';
import { reconciliationFacts } from '../store/reconciliations.js';
import { hasActiveWriter, runById } from '../store/runs.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { checkHypercareDays } from './hypercare-days-check.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { projectInReach } from './project-in-reach.js';
import { writeFinalReport } from './write-final-report.js';

export interface CompleteCutoverInput {
  projectId: string;
  hypercareDays?: number | null;
  note?: string | null;
  idempotencyKey?: string | null;
}

const dayMs = 86_400_000;

/**
 * Hands the workspace over. It stores the figures of the reconciliation and the caller, also in the final report, and begins
 * hypercare.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND, CUTOVER_COMPLETED, WORKSPACE_BUSY, CUTOVER_NOT_READY
 */
export async function completeCutover(context: OperationContext, input: CompleteCutoverInput): Promise<Project> {
  requirePermission(context.principal, 'completeCutover');
  const check = new InputCheck();
  const note = check.optionalText('note', input.note, 2_000);
  const given = checkHypercareDays(check, input.hypercareDays);
  check.done();
  const path = ['input', 'projectId'];
  const { projectId } = await once(context, 'completeCutover', input, async tx => {
    const project = await projectInReach(tx, input.projectId);
    const projectId = project.id;
    await lockProject(tx, projectId);
    const cutover = await cutoverOf(tx, projectId);
    if (cutover?.completedAt) throw new UserError('CUTOVER_COMPLETED', 'The cutover is completed already.', { path });
    if (await hasActiveWriter(tx, projectId, 'PRODUCTION'))
      throw new UserError('WORKSPACE_BUSY', 'Wait for the run that writes to this workspace.', { path, retryable: true });
    const finalDelta = cutover && (await runById(tx, cutover.deltaRunId));
    const counted = reconcile(await reconciliationFacts(tx, projectId, 'PRODUCTION'));
    const gaps = readinessGaps(cutover, finalDelta, counted);
    if (gaps.length > 0) throw new UserErrors(gaps.map(({ message }) => new UserError('CUTOVER_NOT_READY', message, { path })));
    const figures = counted.rows.map(({ recordType, source, loaded, verified, skipped, failed }) => ({
      recordType,
      source,
      loaded,
      verified,
      skipped,
      failed,
    }));
    const completed = { by: context.principal.name, at: new Date() };
    const hypercareUntil = new Date(completed.at.getTime() + (given ?? project.hypercareDays) * dayMs);
    await completeCutoverRow(tx, { projectId, completedBy: completed.by, note, figures, hypercareUntil });
    await writeFinalReport(context, tx, project, { cutover: cutover!, completed, note, hypercareUntil, rows: counted.rows });
    await setProjectStage(tx, projectId, 'HYPERCARE');
    await appendEvent(tx, {
      projectId,
      type: 'CUTOVER_COMPLETED',
      message: `The workspace was handed over by ${context.principal.name}. Hypercare ends on ${hypercareUntil.toISOString()}.`,
      data: { hypercareUntil: hypercareUntil.toISOString() },
    });
    return { projectId };
  });
  return (await within(context, tx => projectById(tx, projectId)))!;
}
