import type { Blocker } from './blocker.js';
import type { Connection, ConnectionSide } from './connection.js';
import type { Environment } from './run.js';

/** What decides whether something may be written to a workspace. */
export interface GateFacts {
  connections: readonly Connection[];
  mappingConfirmed: boolean;
  /** Whether the newest version waits to be confirmed. */
  draftExists: boolean;
  /** Agents whom nobody has answered for, or whose teammate this workspace lacks. */
  agentsOpen: number;
  placeholderExists: boolean;
  /** By the confirmed mapping, and the workspace that is connected now. */
  provisioned: boolean;
}

export const environmentOf = (side: 'SANDBOX' | 'DESTINATION'): Environment => (side === 'SANDBOX' ? 'SANDBOX' : 'PRODUCTION');
export const sideOf = (environment: Environment): ConnectionSide => (environment === 'SANDBOX' ? 'SANDBOX' : 'DESTINATION');

/** What must happen before a workspace can be rolled back. */
export function rollbackBlockers({ connections }: Pick<GateFacts, 'connections'>, environment: Environment): Blocker[] {
  const side = sideOf(environment);
  const connection = connections.find(each => each.side === side);
  const blockers: Blocker[] = [];
  if (!connection)
    blockers.push({ code: 'DESTINATION_NOT_CONNECTED', message: `Connect the ${side} side to its Intercom workspace.` });
  else if (connection.status === 'FAILED') {
    blockers.push({ code: 'DESTINATION_CONNECTION_FAILED', message: connection.detail ?? `Set the ${side} connection again.` });
  }
  return blockers;
}

/** What must happen before a workspace can be provisioned. */
export function provisioningBlockers(facts: GateFacts, environment: Environment): Blocker[] {
  const blockers = rollbackBlockers(facts, environment);
  if (!facts.mappingConfirmed)
    blockers.push({ code: 'MAPPING_NOT_CONFIRMED', message: 'Propose a mapping, look it through and confirm it.' });
  return blockers;
}

/** What must happen before records can be loaded into a workspace. */
export function loadBlockers(facts: GateFacts, environment: Environment): Blocker[] {
  const blockers = provisioningBlockers(facts, environment);
  if (facts.agentsOpen > 0) {
    blockers.push({
      code: 'AGENTS_NOT_RESOLVED',
      message: `Answer for ${facts.agentsOpen} agents by resolveAgent: a teammate, or the placeholder.`,
    });
  }
  if (!facts.placeholderExists) {
    blockers.push({
      code: 'PLACEHOLDER_MISSING',
      message: `Name an existing teammate as placeholderTeammateEmail in the options of the ${sideOf(environment)} connection.`,
    });
  }
  if (!facts.provisioned) blockers.push({ code: 'NOT_PROVISIONED', message: `Start a PROVISIONING run for ${environment}.` });
  return blockers;
}
