import { In } from 'typeorm';
import type { Environment } from '../domain/model/run.js';
import { writingKinds } from '../domain/model/run.js';
import type { PlannedAction } from '../domain/rollback/plan.js';
import { RollbackPlanRow } from './entities/rollback-plan-row.js';
import type { Tx } from './transaction.js';

export interface RollbackPlan {
  runId: string;
  environment: Environment;
  dryRun: boolean;
  /** null until the plan is made. */
  planHash: string | null;
  planRunId: string;
  summary: PlannedAction[] | null;
  /** When a check found no changes; null before. */
  checkedAt: Date | null;
}

const toPlan = ({ runId, environment, dryRun, planHash, planRunId, summary, checkedAt }: RollbackPlanRow): RollbackPlan => ({
  runId,
  environment,
  dryRun,
  planHash,
  planRunId,
  summary,
  checkedAt,
});

/** @param carriedOut the plan that the run executes; null if it makes a plan */
export async function insertPlan(
  tx: Tx,
  run: { runId: string; organizationId: string; projectId: string; environment: Environment },
  carriedOut: RollbackPlan | null,
): Promise<void> {
  await tx.manager.insert(RollbackPlanRow, {
    ...run,
    dryRun: carriedOut === null,
    planHash: carriedOut?.planHash ?? null,
    planRunId: carriedOut?.planRunId ?? run.runId,
    ...(carriedOut ? { summary: carriedOut.summary as never, plannedAt: () => 'clock_timestamp()' } : {}),
  });
}

/** By the run's id; runs of other kinds have none. */
export async function plansOfRuns(tx: Tx, runIds: readonly string[]): Promise<Map<string, RollbackPlan>> {
  const rows = await tx.manager.findBy(RollbackPlanRow, { runId: In([...runIds]) });
  return new Map(rows.map(row => [row.runId, toPlan(row)]));
}

export async function planOfRun(tx: Tx, runId: string): Promise<RollbackPlan> {
  return toPlan(await tx.manager.findOneByOrFail(RollbackPlanRow, { runId }));
}

/** The newest plan of this workspace; null if there is none. */
export async function newestPlan(
  tx: Tx,
  projectId: string,
  environment: Environment,
): Promise<(RollbackPlan & { workspaceId: string | null; plannedAt: Date }) | null> {
  const [row] = await tx.manager.query<{ id: string; workspaceId: string | null; plannedAt: Date }[]>(
    `SELECT r.id, r.workspace_id AS "workspaceId", p.planned_at AS "plannedAt" FROM landfall.rollback_plans p JOIN landfall.runs r ON r.id = p.run_id
     WHERE p.project_id = $1 AND p.environment = $2 AND p.dry_run AND r.state = 'SUCCEEDED' ORDER BY r.created_at DESC, r.id DESC LIMIT 1`,
    [projectId, environment],
  );
  return row ? { ...(await planOfRun(tx, row.id)), workspaceId: row.workspaceId, plannedAt: row.plannedAt } : null;
}

/** Whether a run that may have written to the workspace has ended since then. */
export async function hasWrittenSince(tx: Tx, projectId: string, environment: Environment, since: Date): Promise<boolean> {
  const rows = await tx.manager.query<unknown[]>(
    `SELECT 1 FROM landfall.runs r LEFT JOIN landfall.rollback_plans p ON p.run_id = r.id
     WHERE r.project_id = $1 AND r.environment = $2 AND r.kind = ANY($3) AND r.started_at IS NOT NULL AND r.finished_at > $4
       AND p.dry_run IS NOT TRUE LIMIT 1`,
    [projectId, environment, writingKinds, since],
  );
  return rows.length > 0;
}

export async function savePlan(tx: Tx, runId: string, planHash: string, summary: readonly PlannedAction[]): Promise<void> {
  await tx.manager.update(
    RollbackPlanRow,
    { runId },
    { planHash, summary: summary as never, plannedAt: () => 'clock_timestamp()' },
  );
}

export async function markChecked(tx: Tx, runId: string): Promise<void> {
  await tx.manager.update(RollbackPlanRow, { runId }, { checkedAt: () => 'clock_timestamp()' });
}

/** Whether the newest run that changed the workspace of this environment has rolled it back. */
export async function isRolledBack(tx: Tx, projectId: string, environment: Environment): Promise<boolean> {
  const [row] = await tx.manager.query<{ kind: string }[]>(
    `SELECT r.kind FROM landfall.runs r LEFT JOIN landfall.rollback_plans p ON p.run_id = r.id
     WHERE r.project_id = $1 AND r.environment = $2 AND p.dry_run IS NOT TRUE
       AND (r.kind = 'ROLLBACK' AND p.checked_at IS NOT NULL OR r.kind IN ('PROVISIONING', 'PRODUCTION', 'DELTA') AND r.state = 'SUCCEEDED')
     ORDER BY r.created_at DESC, r.id DESC LIMIT 1`,
    [projectId, environment],
  );
  return row?.kind === 'ROLLBACK';
}
