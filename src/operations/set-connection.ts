import { matchAgents } from '../domain/model/agent-matches.js';
import type { Connection, ConnectionSide } from '../domain/model/connection.js';
import { UserError } from '../domain/model/errors.js';
import { environmentOf } from '../domain/model/gates.js';
import { Secret } from '../domain/model/secret.js';
import type { DestinationProbe } from '../domain/ports/destination.js';
import type { ProbeResult } from '../domain/ports/source.js';
import { foldedEmail } from '../domain/text/email-address.js';
import { matchingFacts, saveAgentMatches } from '../store/agents.js';
import { connectionOf, connectionsOf, saveConnection } from '../store/connections.js';
import { appendEvent } from '../store/project-events.js';
import type { Tx } from '../store/transaction.js';
import { saveMembers } from '../store/workspace-members.js';
import { requirePermission } from '../tenancy/permissions.js';
import { connectionPlace } from '../tenancy/secret-places.js';
import { hasUsed } from './connection-use.js';
import { type OperationContext, within } from './context.js';
import { givenOptions, type OptionsInput } from './given-options.js';
import { InputCheck } from './input-check.js';
import { once } from './once.js';
import { projectInReach } from './project-in-reach.js';

export interface SetConnectionInput extends OptionsInput {
  projectId: string;
  baseUrl: string;
  secret: string;
  idempotencyKey?: string | null;
}

const probeTimeoutMs = 45_000;

/**
 * Stores credentials, encrypted, and tests them immediately. The result is the status and the detail of the connection.
 * @throws UserError ROLE_NOT_PERMITTED, INVALID_INPUT, MALFORMED_ID, NOT_FOUND, TEAMMATE_NOT_FOUND
 */
export async function setConnection(context: OperationContext, input: SetConnectionInput): Promise<Connection> {
  requirePermission(context.principal, 'setConnection');
  const check = new InputCheck();
  const baseUrl = check.httpUrl('baseUrl', input.baseUrl);
  // Only checked: a secret is stored as it is, because it can begin or end with a space.
  check.text('secret', input.secret, 10_000);
  const given = givenOptions(check, input);
  check.done();
  // A caller who does not reach the project must not start a probe.
  const { timeZone } = await within(context, tx => projectInReach(tx, input.projectId));
  const secret = new Secret(input.secret);
  const options = input.side === 'SOURCE' && timeZone !== null ? { timeZone, ...given.options } : given.options;
  const probed = await probe(context, input.side, { baseUrl, secret, options });
  const { projectId } = await once(context, 'setConnection', input, async tx => {
    const project = await projectInReach(tx, input.projectId);
    const { id, organizationId } = project;
    const found = await checkIdentity(tx, id, input.side, probed);
    checkPlaceholder(found, options, given.field);
    await saveConnection(tx, {
      projectId: id,
      organizationId,
      side: input.side,
      baseUrl,
      options,
      sealedSecret: context.secretBox.seal(secret, connectionPlace(id, input.side)),
      status: found.ok ? 'OK' : 'FAILED',
      detail: found.detail,
      checkedAt: new Date(),
      workspaceId: found.workspaceId,
      workspaceName: found.workspaceName,
      missingPermissions: found.missingPermissions ?? [],
    });
    if (input.side !== 'SOURCE' && found.ok) {
      const environment = environmentOf(input.side);
      await saveMembers(
        tx,
        { projectId: id, organizationId, environment },
        { teammates: found.teammates ?? [], teams: found.teams ?? [], addresses: found.addresses ?? [] },
      );
      await saveAgentMatches(tx, { projectId: id, organizationId }, await matchAgents(await matchingFacts(tx, id)));
    }
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

/** Refuses an account or workspace that does not fit the project. */
async function checkIdentity(tx: Tx, projectId: string, side: ConnectionSide, found: Found): Promise<Found> {
  const connections = await connectionsOf(tx, [projectId]);
  const known = connections.find(each => each.side === side)?.workspaceId ?? null;
  const refuse = (detail: string, workspaceId = found.workspaceId): Found => ({ ...found, ok: false, detail, workspaceId });
  if (!found.ok) return { ...found, workspaceId: found.workspaceId ?? known };
  const other = connections.find(each => each.side !== side && side !== 'SOURCE' && each.side !== 'SOURCE');
  if (other && other.workspaceId === found.workspaceId) {
    return refuse(
      `Connect another workspace: ${other.side} already uses ${found.workspaceName}, and a sample must not mix with production data.`,
    );
  }
  if (known === null || found.workspaceId === known || !(await hasUsed(tx, projectId, side))) return found;
  const actual = `this is ${found.workspaceId ?? 'an account or workspace without an id'}`;
  // Records of two accounts would mix, and records in one workspace would be missing in the other.
  return side === 'SOURCE'
    ? refuse(`Create another project for another account: this project has read account ${known}, and ${actual}.`, known)
    : refuse(
        `Connect workspace ${known} again, or create another project: this project has written to it, and ${actual}.`,
        known,
      );
}

/** A placeholder that is not a teammate of the workspace would block every load. @throws UserError TEAMMATE_NOT_FOUND */
function checkPlaceholder({ ok, teammates, workspaceName }: Found, options: Record<string, unknown>, field: string): void {
  const email = options.placeholderTeammateEmail;
  // Of a workspace that cannot be read, the teammates are unknown. Then a load is blocked with PLACEHOLDER_MISSING.
  if (!ok || !teammates || typeof email !== 'string') return;
  if (teammates.some(each => foldedEmail(each.email) === foldedEmail(email))) return;
  throw new UserError(
    'TEAMMATE_NOT_FOUND',
    `Name a teammate of ${workspaceName ?? 'the workspace'}: ${email} is none. Correct the address, or invite the teammate first.`,
    { path: ['input', field, 'placeholderTeammateEmail'] },
  );
}

/** Result of a probe; of a workspace also its teammates, teams and addresses. */
type Found = ProbeResult & Partial<Pick<DestinationProbe, 'teammates' | 'teams' | 'addresses' | 'missingPermissions'>>;

async function probe(
  { openSource, openDestination, usage, principal }: OperationContext,
  side: ConnectionSide,
  access: { baseUrl: string; secret: Secret; options: Record<string, unknown> },
): Promise<Found> {
  const signal = AbortSignal.timeout(probeTimeoutMs);
  try {
    const handlers = { signal, onCall: () => usage.add(principal.organizationId, { calls: 1 }) };
    return side === 'SOURCE' ? await openSource(access, handlers).probe() : await openDestination(access, handlers).probe();
  } catch (error) {
    if (!signal.aborted) throw error;
    return {
      ok: false,
      detail: 'Check the platform or try again later: it did not answer in time.',
      workspaceId: null,
      workspaceName: null,
    };
  }
}
