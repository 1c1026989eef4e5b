import { UserError } from '../domain/model/errors.js';
import { sideOf } from '../domain/model/gates.js';
import type { Environment, Run, RunKind } from '../domain/model/run.js';
import { connectionOf } from '../store/connections.js';
import { hasLoaded } from '../store/repairs.js';
import { newestRun } from '../store/runs.js';
import type { Tx } from '../store/transaction.js';

const path = ['input', 'environment'];

/** What is asked of the input of runs that come after a load. @throws UserError INVALID_INPUT */
export function checkLaterKind(kind: RunKind, environment: Environment | null, sampleSize: number | null): void {
  if (kind === 'DELTA' && environment !== 'PRODUCTION')
    throw new UserError('INVALID_INPUT', 'Start a DELTA run for the environment PRODUCTION.', { path });
  if (sampleSize === null) return;
  const at = ['input', 'sampleSize'];
  if (kind !== 'VERIFICATION') throw new UserError('INVALID_INPUT', 'Give sampleSize for a VERIFICATION run only.', { path: at });
  if (sampleSize < 1) throw new UserError('INVALID_INPUT', 'Give a sampleSize of at least 1, or leave it out.', { path: at });
}

/** Why a delta can't follow yet; null where a PRODUCTION run has ended. */
export async function productionNotRun(tx: Tx, projectId: string): Promise<UserError | null> {
  for (const state of ['SUCCEEDED', 'INCOMPLETE'] as const)
    if (await newestRun(tx, projectId, 'PRODUCTION', { environment: 'PRODUCTION', state })) return null;
  return new UserError('PRODUCTION_NOT_RUN', 'Start a PRODUCTION run first, and wait for its end.', { path });
}

/** The workspace that a VERIFICATION reads. @throws UserError DESTINATION_NOT_CONNECTED, DESTINATION_CONNECTION_FAILED, NOTHING_LOADED */
export async function verifiedWorkspace(
  tx: Tx,
  projectId: string,
  environment: Environment,
): Promise<Pick<Run, 'mappingVersionId' | 'workspaceId'>> {
  const side = sideOf(environment);
  const connection = await connectionOf(tx, projectId, side);
  if (!connection)
    throw new UserError('DESTINATION_NOT_CONNECTED', `Connect the ${side} side to its Intercom workspace.`, { path });
  if (connection.status === 'FAILED')
    throw new UserError('DESTINATION_CONNECTION_FAILED', connection.detail ?? `Set the ${side} connection again.`, { path });
  if (!(await hasLoaded(tx, { projectId, environment })))
    throw new UserError('NOTHING_LOADED', `Nothing is loaded into ${environment} yet.`, { path });
  return { mappingVersionId: null, workspaceId: connection.workspaceId };
}
