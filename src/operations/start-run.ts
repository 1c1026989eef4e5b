import { type ErrorCode, UserError, UserErrors } from '../domain/model/errors.js';
import { loadBlockers, provisioningBlockers, sideOf } from '../domain/model/gates.js';
import { availableKinds, type Environment, type Run, type RunKind, workspaceKinds, writingKinds } from '../domain/model/run.js';
import { connectionOf } from '../store/connections.js';
import { violates } from '../store/failures.js';
import { gateFacts } from '../store/gate-facts.js';
import { confirmedMapping } from '../store/mappings.js';
import { insertRun, runById } from '../store/runs.js';
import type { Tx } from '../store/transaction.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { checkLaterKind, productionNotRun, verifiedWorkspace } from './later-run-gates.js';
import { once } from './once.js';
import { projectInReach } from './project-in-reach.js';

export interface StartRunInput {
  projectId: string;
  kind: RunKind;
  environment?: Environment | null;
  dryRun?: boolean | null;
  planHash?: string | null;
  sampleSize?: number | null;
  idempotencyKey?: string | null;
}

/**
 * Queues a run; a worker takes it up.
 * @throws UserError ROLE_NOT_PERMITTED, ENVIRONMENT_REQUIRED, RUN_KIND_NOT_AVAILABLE, MALFORMED_ID, NOT_FOUND,
 *   SOURCE_NOT_CONNECTED, SOURCE_CONNECTION_FAILED, RUN_ALREADY_ACTIVE, WORKSPACE_BUSY, INVALID_INPUT, PRODUCTION_NOT_RUN, NOTHING_LOADED, and the codes of `loadBlockers`
 */
export async function startRun(context: OperationContext, input: StartRunInput): Promise<Run> {
  requirePermission(context.principal, 'startRun');
  const { kind, environment } = input;
  if (!availableKinds.includes(kind)) {
    throw new UserError('RUN_KIND_NOT_AVAILABLE', `Start one of ${availableKinds.join(', ')}: ${kind} cannot be started yet.`, {
      path: ['input', 'kind'],
    });
  }
  if (workspaceKinds.includes(kind) && !environment) {
    throw new UserError('ENVIRONMENT_REQUIRED', 'Say which workspace it is about: SANDBOX or PRODUCTION.', {
      path: ['input', 'environment'],
    });
  }
  if (kind === 'PRODUCTION' && environment !== 'PRODUCTION') {
    throw new UserError('INVALID_INPUT', 'Start a PRODUCTION run for the environment PRODUCTION.', {
      path: ['input', 'environment'],
    });
  }
  checkLaterKind(kind, environment ?? null, input.sampleSize ?? null);
  try {
    const { runId, organizationId } = await once(context, 'startRun', input, async tx => {
      const project = await projectInReach(tx, input.projectId);
      const pinned = await pinnedTo(tx, project.id, kind, environment ?? null);
      const runId = await insertRun(tx, {
        projectId: project.id,
        organizationId: project.organizationId,
        kind,
        environment: environment ?? null,
        sampleSize: input.sampleSize ?? null,
        ...pinned,
      });
      return { runId, organizationId: project.organizationId };
    });
    // Once it is committed; a wake-up that is lost delays the run until a worker looks by itself.
    await context.wakeWorker({ runId, organizationId });
    return (await within(context, tx => runById(tx, runId)))!;
  } catch (error) {
    if (violates(error, 'runs_one_writer_key')) {
      throw new UserError('WORKSPACE_BUSY', 'Wait for the run that writes to this workspace or reads it back, or cancel it.', {
        path: ['input', 'environment'],
        retryable: true,
      });
    }
    if (!violates(error, 'runs_one_reader_key')) throw error;
    throw new UserError('RUN_ALREADY_ACTIVE', 'Wait for the run that reads this source, or cancel it.', {
      path: ['input', 'projectId'],
      retryable: true,
    });
  }
}

/** What a run is pinned to, if it may be started at all. */
async function pinnedTo(
  tx: Tx,
  projectId: string,
  kind: RunKind,
  environment: Environment | null,
): Promise<Pick<Run, 'mappingVersionId' | 'workspaceId'>> {
  const writes = environment !== null && writingKinds.includes(kind);
  if (kind === 'VERIFICATION') return verifiedWorkspace(tx, projectId, environment!);
  if (kind === 'DELTA') await checkSource(tx, projectId);
  if (writes) await checkGates(tx, projectId, kind, environment);
  if (!writes) {
    await checkSource(tx, projectId);
    return { mappingVersionId: null, workspaceId: null };
  }
  const mapping = await confirmedMapping(tx, projectId);
  const connection = await connectionOf(tx, projectId, sideOf(environment));
  return { mappingVersionId: mapping!.id, workspaceId: connection!.workspaceId };
}

async function checkSource(tx: Tx, projectId: string): Promise<void> {
  const source = await connectionOf(tx, projectId, 'SOURCE');
  const path = ['input', 'projectId'];
  if (!source) throw new UserError('SOURCE_NOT_CONNECTED', 'Connect the project to its Infoset account first.', { path });
  if (source.status === 'FAILED')
    throw new UserError('SOURCE_CONNECTION_FAILED', source.detail ?? 'Set the connection again.', { path });
}

async function checkGates(tx: Tx, projectId: string, kind: RunKind, environment: Environment): Promise<void> {
  const facts = await gateFacts(tx, projectId, environment);
  const blockers = kind === 'PROVISIONING' ? provisioningBlockers(facts, environment) : loadBlockers(facts, environment);
  const early = kind === 'DELTA' ? await productionNotRun(tx, projectId) : null;
  const closed = blockers.map(
    ({ code, message }) => new UserError(code as ErrorCode, message, { path: ['input', 'environment'] }),
  );
  if (early) closed.unshift(early);
  if (closed.length > 0) throw new UserErrors(closed);
}
