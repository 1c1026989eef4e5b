import type { Connection, ConnectionSide } from '../domain/connection.js';
import { UserError } from '../domain/errors.js';
import { Secret } from '../domain/secret.js';
import type { ProbeResult } from '../domain/source.js';
import { connectionOf, saveConnection } from '../store/connections.js';
import { appendEvent } from '../store/project-events.js';
import { newestRun } from '../store/runs.js';
import type { Tx } from '../store/transaction.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { projectInReach } from './project-in-reach.js';
import { checkSourceOptions } from './source-options.js';

export interface SetConnectionInput {
  projectId: string;
  side: ConnectionSide;
  baseUrl: string;
  secret: string;
  options?: Record<string, unknown> | null;
  idempotencyKey?: string | null;
}

const probeWithinMs = 45_000;

/** Where a sealed secret belongs; it opens nowhere else. */
export const secretPlace = (projectId: string, side: string) => `connections.sealed_secret ${projectId} ${side}`;

/**
 * Stores credentials, encrypted, and tries them out at once; what the probe found is the connection's status and detail.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND, CONNECTION_SIDE_NOT_AVAILABLE
 */
export async function setConnection(context: OperationContext, input: SetConnectionInput): Promise<Connection> {
  requirePermission(context.principal, 'setConnection');
  const check = new InputCheck();
  const baseUrl = check.httpUrl('baseUrl', input.baseUrl);
  // Used whole: a secret may well begin or end with a space.
  check.text('secret', input.secret, 10_000);
  checkSourceOptions(check, input.options);
  check.done();
  if (input.side !== 'SOURCE') {
    throw new UserError('CONNECTION_SIDE_NOT_AVAILABLE', 'Connect the SOURCE: the other sides can not be connected yet.', {
      path: ['input', 'side'],
    });
  }
  // Who may not see the project learns nothing by a probe.
  await within(context, tx => projectInReach(tx, input.projectId));
  const secret = new Secret(input.secret);
  const options = input.options ?? {};
  const probed = await probe(context, { baseUrl, secret, options });
  const { projectId } = await once(context, 'setConnection', input, async tx => {
    const project = await projectInReach(tx, input.projectId);
    const { id, organizationId } = project;
    const found = await sameAccount(tx, id, input.side, probed);
    await saveConnection(tx, {
      projectId: id,
      organizationId,
      side: input.side,
      baseUrl,
      options,
      sealedSecret: context.secretBox.seal(secret, secretPlace(id, input.side)),
      status: found.ok ? 'OK' : 'FAILED',
      detail: found.detail,
      checkedAt: new Date(),
      workspaceId: found.workspaceId,
      workspaceName: found.workspaceName,
    });
    const data = { side: input.side, status: found.ok ? 'OK' : 'FAILED' };
    await appendEvent(tx, {
      projectId: id,
      type: 'CONNECTION_SET',
      message: `${input.side} is ${found.ok ? 'connected' : 'not usable'}.`,
      data,
    });
    return { projectId: id };
  });
  return (await within(context, tx => connectionOf(tx, projectId, input.side)))!;
}

/** A project is about one account: once something was read, the records of another one would mix with it. */
async function sameAccount(tx: Tx, projectId: string, side: ConnectionSide, found: ProbeResult): Promise<ProbeResult> {
  const known = (await connectionOf(tx, projectId, side))?.workspaceId ?? null;
  if (known === null || found.workspaceId === known) return found;
  if (!found.ok) return { ...found, workspaceId: known };
  if (!(await newestRun(tx, projectId, 'EXTRACTION'))) return found;
  const detail = `Open another project for another account: this one has read account ${known}, and this is ${found.workspaceId ?? 'an unnamed one'}.`;
  return { ok: false, detail, workspaceId: known, workspaceName: found.workspaceName };
}

async function probe(
  { openSource }: OperationContext,
  access: { baseUrl: string; secret: Secret; options: Record<string, unknown> },
): Promise<ProbeResult> {
  const signal = AbortSignal.timeout(probeWithinMs);
  try {
    return await openSource(access, { signal }).probe();
  } catch (error) {
    if (!signal.aborted) throw error;
    return {
      ok: false,
      detail: 'See to the source, or try later: it did not answer in time.',
      workspaceId: null,
      workspaceName: null,
    };
  }
}
