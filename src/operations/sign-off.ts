import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import { isTerminal, type Run } from '../domain/model/run.js';
import type { SignOff } from '../domain/model/sign-off.js';
import { reconcile } from '../domain/verify/reconcile.js';
import { confirmedMapping, mappingById } from '../store/mappings.js';
import { appendEvent } from '../store/project-events.js';
import { lockProject, projectById, setProjectStage } from '../store/projects.js';
import { reconciliationFacts } from '../store/reconciliations.js';
import { newestRun, runById } from '../store/runs.js';
import { insertSignOff, newestSignOffs, signOffsOfRuns } from '../store/sign-offs.js';
import type { Tx } from '../store/transaction.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { requireUnarchived } from './require-unarchived.js';

export interface SignOffInput {
  runId: string;
  mappingHash: string;
  note?: string | null;
  idempotencyKey?: string | null;
}

/**
 * Binds what a SANDBOX run has shown to PRODUCTION: the mapping's hash, and the digest of what was read back.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND, SANDBOX_NOT_PASSED, STALE_MAPPING, SIGN_OFF_STALE
 */
export async function signOff(context: OperationContext, input: SignOffInput): Promise<Run> {
  requirePermission(context.principal, 'signOff');
  const check = new InputCheck();
  const note = check.optionalText('note', input.note, 2_000);
  check.done();
  const path = ['input', 'runId'];
  const uuid = uuidOf('Run', input.runId, path);
  const { runId } = await once(context, 'signOff', input, async tx => {
    const run = uuid && (await runById(tx, uuid));
    if (!run) throw new UserError('NOT_FOUND', 'Name a run that exists.', { path });
    await lockProject(tx, run.projectId);
    await requireUnarchived(tx, [run.projectId], path);
    const { sampleDigest, mappingHash } = await passedSandbox(tx, run, input.mappingHash);
    const project = (await projectById(tx, run.projectId))!;
    const signedBy = context.principal.name;
    const { id: projectId, organizationId } = project;
    await insertSignOff(tx, { projectId, organizationId, runId: run.id, mappingHash, sampleDigest, signedBy, note });
    await setProjectStage(tx, projectId, 'PRODUCTION');
    await appendEvent(tx, {
      projectId,
      runId: run.id,
      type: 'SIGNED_OFF',
      message: `The sandbox was signed off by ${signedBy}${note ? `: ${note}` : '.'}`,
      data: { runId: run.id, mappingHash, sampleDigest },
    });
    return { runId: run.id };
  });
  return (await within(context, tx => runById(tx, runId)))!;
}

async function passedSandbox(tx: Tx, run: Run, mappingHash: string): Promise<Pick<SignOff, 'sampleDigest' | 'mappingHash'>> {
  const path = ['input', 'runId'];
  if (run.kind !== 'SANDBOX') throw new UserError('SANDBOX_NOT_PASSED', 'Name a SANDBOX run.', { path });
  if (!isTerminal(run.state))
    throw new UserError('SANDBOX_NOT_PASSED', 'Wait until the run has ended.', { path, retryable: true });
  if (run.sampleDigest === null || (run.state !== 'SUCCEEDED' && run.state !== 'INCOMPLETE'))
    throw new UserError('SANDBOX_NOT_PASSED', `The run ended ${run.state}. Start another SANDBOX run.`, { path });
  const mapping = (await mappingById(tx, run.mappingVersionId!))!;
  const confirmed = await confirmedMapping(tx, run.projectId);
  if (mapping.hash !== mappingHash || confirmed?.id !== mapping.id) {
    const message =
      confirmed?.id === mapping.id
        ? `This run was made with the mapping ${mapping.hash}. Review that one.`
        : 'Another mapping was confirmed since this run. Start another SANDBOX run.';
    throw new UserError('STALE_MAPPING', message, { path: ['input', 'mappingHash'] });
  }
  const newest = await newestRun(tx, run.projectId, 'SANDBOX');
  if (newest?.id !== run.id)
    throw new UserError('SIGN_OFF_STALE', 'Sign off the newest SANDBOX run: this one is older.', { path });
  // Waivers count as they are now.
  if (run.state === 'INCOMPLETE' && !reconcile(await reconciliationFacts(tx, run.projectId, 'SANDBOX')).balanced)
    throw new UserError('SANDBOX_NOT_PASSED', 'Resolve or waive the open issues of the sandbox first.', { path });
  return { sampleDigest: run.sampleDigest, mappingHash };
}

/** The newest of each project; null where there is none. */
export async function findSignOffs(context: OperationContext, projectIds: readonly string[]): Promise<(SignOff | null)[]> {
  const found = await within(context, tx => newestSignOffs(tx, projectIds));
  return projectIds.map(id => found.get(id) ?? null);
}

/** The newest of each run; null where there is none. */
export async function findSignOffsOfRuns(context: OperationContext, runIds: readonly string[]): Promise<(SignOff | null)[]> {
  const found = await within(context, tx => signOffsOfRuns(tx, runIds));
  return runIds.map(id => found.get(id) ?? null);
}
