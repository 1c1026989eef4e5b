import { nameDetails } from '../../domain/model/blocker-details.js';
import type { ProvisioningCheck } from '../../domain/model/provisioning-checklist.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import { saveChecks } from '../../store/provisioning-checks.js';
import type { Provisioning } from './provisioning-work.js';

/** Saves for the checklist whether Intercom has refused a call. Errors are rethrown. */
export async function checkPermissions({ work, run }: Provisioning, provision: () => Promise<void>): Promise<void> {
  const save = (check: Omit<ProvisioningCheck, 'code'>) =>
    work.fencedTransaction(tx => saveChecks(tx, work.lease, run, [{ code: 'PERMISSIONS', ...check }]));
  try {
    await provision();
    await save({ state: 'UNKNOWN', message: 'No call was refused. The load needs more permissions.', details: null });
  } catch (error) {
    if (error instanceof CallFailure && error.kind === 'FORBIDDEN') {
      const { permission } = error.details;
      const details = permission ? nameDetails([permission]) : null;
      await save({ state: 'OPEN', message: `Give the Intercom app the missing permission: ${error.message}`, details });
    }
    throw error;
  }
}
