import type { MappingVersion } from '../mapping/field-mapping.js';
import { type AgentStatus, type Teammate, teammatesWith } from './agent.js';
import type { Blocker } from './blocker.js';
import { type MissingTeammate, nameDetails, teammateDetails } from './blocker-details.js';
import type { Connection, ConnectionSide } from './connection.js';
import type { Environment, Run } from './run.js';
import { type SignOff, type SignOffState, signOffState } from './sign-off.js';

/** A number of agents that are matched or unmatched, with the same address of a teammate. */
export interface OpenAgents {
  status: AgentStatus;
  email: string | null;
  agents: number;
  /** Some of them, for people. */
  people: readonly MissingTeammate[];
}

/** The stored facts that decide whether a workspace may be written to. */
export interface StoredGateFacts {
  connections: readonly Connection[];
  confirmedMapping: MappingVersion | null;
  newestMapping: MappingVersion | null;
  /** The newest successful PROVISIONING run of the environment. */
  provisioning: Run | null;
  agents: readonly OpenAgents[];
  agentsKnown: boolean;
  signOff: SignOff | null;
  newestSandbox: Run | null;
  teammates: readonly Teammate[];
}

/** What decides whether something may be written to a workspace. */
export interface GateFacts {
  connections: readonly Connection[];
  mappingConfirmed: boolean;
  /** The confirmed version. */
  mappingVersionId: string | null;
  /** Whether the newest version is a draft. */
  draftExists: boolean;
  /** Agents that nobody has answered for, or whose teammate is not in this workspace. */
  agentsOpen: number;
  /** Some of them. */
  missingTeammates: readonly MissingTeammate[];
  /** Whether agents were compared with teammates. */
  agentsKnown: boolean;
  placeholderEmail: string | null;
  placeholderExists: boolean;
  /** For the confirmed mapping, in the workspace that is connected now. */
  provisioned: boolean;
  signOff: SignOffState;
  /** Whether a SANDBOX run was ever started. */
  sandboxExists: boolean;
}

export function gateFactsOf(stored: StoredGateFacts, environment: Environment): GateFacts {
  const { connections, confirmedMapping, newestMapping, provisioning } = stored;
  const connection = connections.find(({ side }) => side === sideOf(environment));
  const placeholder = connection?.options.placeholderTeammateEmail;
  const teammates = stored.teammates.filter(each => each.environment === environment);
  const open = stored.agents.filter(each => isOpen(each, teammates));
  return {
    connections,
    sandboxExists: stored.newestSandbox !== null,
    signOff: signOffState(stored.signOff, {
      mappingHash: confirmedMapping?.hash ?? null,
      sandboxRunId: stored.newestSandbox?.id ?? null,
    }),
    mappingConfirmed: confirmedMapping !== null,
    draftExists: newestMapping?.status === 'DRAFT',
    mappingVersionId: confirmedMapping?.id ?? null,
    agentsOpen: open.reduce((sum, { agents }) => sum + agents, 0),
    missingTeammates: open.flatMap(({ people }) => people),
    agentsKnown: stored.agentsKnown,
    placeholderEmail: typeof placeholder === 'string' ? placeholder : null,
    placeholderExists: typeof placeholder === 'string' && teammatesWith(placeholder, teammates).length > 0,
    provisioned:
      provisioning !== null &&
      confirmedMapping !== null &&
      provisioning.mappingVersionId === confirmedMapping.id &&
      provisioning.workspaceId === connection?.workspaceId,
  };
}

/** Whether agents still need an answer, or their teammate is not in this workspace. */
export const isOpen = ({ status, email }: Pick<OpenAgents, 'status' | 'email'>, teammates: readonly Teammate[]) =>
  status === 'UNMATCHED' || teammatesWith(email, teammates).length === 0;

export const environmentOf = (side: 'SANDBOX' | 'DESTINATION'): Environment => (side === 'SANDBOX' ? 'SANDBOX' : 'PRODUCTION');
export const sideOf = (environment: Environment): ConnectionSide => (environment === 'SANDBOX' ? 'SANDBOX' : 'DESTINATION');

/** What must happen before a workspace can be rolled back. */
export function rollbackBlockers({ connections }: Pick<GateFacts, 'connections'>, environment: Environment): Blocker[] {
  const side = sideOf(environment);
  const connection = connections.find(each => each.side === side);
  const blockers: Blocker[] = [];
  if (!connection)
    blockers.push({ code: 'DESTINATION_NOT_CONNECTED', message: `Connect the ${side} side to an Intercom workspace.` });
  else if (connection.status === 'FAILED') {
    const { detail, missingPermissions } = connection;
    blockers.push({
      code: 'DESTINATION_CONNECTION_FAILED',
      message: detail ?? `Set the ${side} connection again.`,
      details: missingPermissions.length > 0 ? nameDetails(missingPermissions) : null,
    });
  }
  return blockers;
}

/** What must happen before a workspace can be provisioned. */
export function provisioningBlockers(facts: GateFacts, environment: Environment): Blocker[] {
  const blockers = rollbackBlockers(facts, environment);
  if (!facts.mappingConfirmed)
    blockers.push({ code: 'MAPPING_NOT_CONFIRMED', message: 'Propose a mapping, review it and confirm it.' });
  return blockers;
}

/** What must happen before records can be loaded into a workspace. */
export function loadBlockers(facts: GateFacts, environment: Environment): Blocker[] {
  const blockers = provisioningBlockers(facts, environment);
  if (facts.agentsOpen > 0) {
    blockers.push({
      code: 'AGENTS_NOT_RESOLVED',
      message: `${facts.agentsOpen} agents have no teammate. Call resolveAgent for each: a teammate, or the placeholder.`,
      details: teammateDetails(facts.missingTeammates, facts.agentsOpen),
    });
  }
  if (!facts.placeholderExists) {
    blockers.push({
      code: 'PLACEHOLDER_MISSING',
      message: `Name an existing teammate as placeholderTeammateEmail in the options of the ${sideOf(environment)} connection.`,
      details: facts.placeholderEmail ? teammateDetails([{ name: null, email: facts.placeholderEmail }]) : null,
    });
  }
  if (!facts.provisioned) blockers.push({ code: 'NOT_PROVISIONED', message: `Start a PROVISIONING run for ${environment}.` });
  return blockers;
}

/** What must happen before a load of an environment can start: nothing reaches PRODUCTION before a person has signed off a sample. */
export function startBlockers(facts: GateFacts, environment: Environment): Blocker[] {
  const blockers = loadBlockers(facts, environment);
  if (environment === 'SANDBOX' || facts.signOff === 'VALID') return blockers;
  const steps = 'Start a SANDBOX run in the workspace of the SANDBOX side, review it and call signOff.';
  return [
    ...blockers,
    facts.signOff === 'MISSING'
      ? { code: 'SIGN_OFF_REQUIRED', message: steps }
      : { code: 'SIGN_OFF_STALE', message: `The mapping or the sample has changed since the sign-off. ${steps}` },
  ];
}
