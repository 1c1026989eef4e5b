import { In } from 'typeorm';
import type { ProvisioningCheck, StoredCheck } from '../domain/model/provisioning-checklist.js';
import type { Environment, Run } from '../domain/model/run.js';
import { keptText } from '../domain/text/kept-text.js';
import { ProvisioningCheckRow } from './entities/provisioning-check-row.js';
import type { RunLease } from './run-leases.js';
import type { Tx } from './transaction.js';

/** Replaces what an earlier run saw of these items. */
export async function saveChecks(tx: Tx, lease: RunLease, run: Run, checks: readonly ProvisioningCheck[]): Promise<void> {
  const rows = checks.map(({ code, state, message, details }) => ({
    projectId: run.projectId,
    organizationId: lease.organizationId,
    environment: run.environment!,
    runId: run.id,
    workspaceId: run.workspaceId!,
    mappingVersionId: run.mappingVersionId!,
    code,
    state,
    message: keptText(message),
    details: details && JSON.stringify(details),
    checkedAt: () => 'clock_timestamp()',
  }));
  await tx.manager.upsert(ProvisioningCheckRow, rows, ['projectId', 'environment', 'code']);
}

/** By the project's id. */
export async function checksOf(
  tx: Tx,
  projectIds: readonly string[],
  environment: Environment,
): Promise<Map<string, StoredCheck[]>> {
  const rows = await tx.manager.findBy(ProvisioningCheckRow, { projectId: In([...projectIds]), environment });
  const checks = rows.map(({ details, ...row }) => ({ ...row, details: details === null ? null : JSON.parse(details) }));
  return Map.groupBy(checks, row => row.projectId);
}
