import { UserError } from '../domain/model/errors.js';
import type { RecordType } from '../domain/model/record-type.js';
import type { Environment } from '../domain/model/run.js';
import { appendEvent } from '../store/project-events.js';
import { isRepairable, markForRewrite } from '../store/repairs.js';
import { hasActiveWriter } from '../store/runs.js';
import { requirePermission } from '../tenancy/permissions.js';
import type { OperationContext } from './context.js';
import { once } from './once.js';
import { projectInReach } from './project-in-reach.js';

export interface RepairRecordsInput {
  projectId: string;
  environment: Environment;
  recordType?: RecordType | null;
  sourceId?: string | null;
  includeHumanEdits?: boolean | null;
  idempotencyKey?: string | null;
}

/**
 * Marks records to be written again by the next load: one, or all that were found different.
 * @returns how many
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND, WORKSPACE_BUSY
 */
export async function repairRecords(context: OperationContext, input: RepairRecordsInput): Promise<number> {
  requirePermission(context.principal, 'repairRecords');
  const { environment, recordType = null, sourceId = null } = input;
  if (recordType && !isRepairable(recordType))
    throw new UserError('INVALID_INPUT', `A ${recordType} is repaired with the record that contains it.`, {
      path: ['input', 'recordType'],
    });
  if (sourceId !== null && recordType === null)
    throw new UserError('INVALID_INPUT', 'Give the recordType of the record.', { path: ['input', 'recordType'] });
  const { count } = await once(context, 'repairRecords', input, async tx => {
    const { id: projectId } = await projectInReach(tx, input.projectId);
    if (await hasActiveWriter(tx, projectId, environment))
      throw new UserError('WORKSPACE_BUSY', 'Wait for the run that writes to this workspace, or cancel it.', {
        path: ['input', 'environment'],
        retryable: true,
      });
    const includeHumanEdits = input.includeHumanEdits === true;
    const count = await markForRewrite(tx, { projectId, environment }, { recordType, sourceId, includeHumanEdits });
    if (count === 0 && sourceId !== null)
      throw new UserError('NOT_FOUND', `Name a ${recordType} that is loaded into ${environment}.`, {
        path: ['input', 'sourceId'],
      });
    await appendEvent(tx, {
      projectId,
      type: 'REPAIR_REQUESTED',
      message: `${count} records of ${environment} are written again by the next run, by ${context.principal.name}.`,
      data: { environment, recordType, sourceId, includeHumanEdits, count },
    });
    return { count };
  });
  return count;
}
