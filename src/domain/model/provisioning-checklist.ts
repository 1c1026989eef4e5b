import type { BlockerDetails } from './blocker-details.js';
import { nameDetails, teammateDetails } from './blocker-details.js';
import { type GateFacts, sideOf } from './gates.js';
import type { Environment } from './run.js';

/** What only people can do in a workspace, in the order in which it is best done. */
export const checklistCodes = [
  'PERMISSIONS',
  'PLACEHOLDER_TEAMMATE',
  'TEAMMATES',
  'TEAMS',
  'ATTRIBUTES',
  'DEAL_TYPE',
  'DEAL_REFERENCE',
  'HELP_CENTER',
  'HELP_CENTER_LANGUAGES',
  'MAIL_ADDRESSES',
] as const;
export type ChecklistCode = (typeof checklistCodes)[number];

/** UNKNOWN: it was not checked yet, or the API does not show it. */
export const checklistStates = ['DONE', 'OPEN', 'UNKNOWN'] as const;
export type ChecklistState = (typeof checklistStates)[number];

/** What a PROVISIONING run saw of one item. */
export interface ProvisioningCheck {
  code: ChecklistCode;
  state: ChecklistState;
  message: string;
  details: BlockerDetails | null;
}

/** A check with the workspace and the mapping that it is about. */
export interface StoredCheck extends ProvisioningCheck {
  workspaceId: string;
  mappingVersionId: string;
  checkedAt: Date;
}

export interface ChecklistItem extends ProvisioningCheck {
  /** When a run saw it; null if it is computed from what is stored. */
  checkedAt: Date | null;
}

/** Codes that are compared with what is stored now: the connection, the teammates and the answers of people. */
const computed = ['PERMISSIONS', 'PLACEHOLDER_TEAMMATE', 'TEAMMATES'] as const;
/** Codes that depend on the mapping. */
const ofMapping: ReadonlySet<ChecklistCode> = new Set(['ATTRIBUTES', 'DEAL_TYPE', 'DEAL_REFERENCE']);

/** The checklist of a workspace, from what the last PROVISIONING run saw and what is stored now. */
export function provisioningChecklist(
  facts: GateFacts,
  environment: Environment,
  checks: readonly StoredCheck[],
): ChecklistItem[] {
  const workspaceId = facts.connections.find(({ side }) => side === sideOf(environment))?.workspaceId ?? null;
  const now = { PERMISSIONS: permissions, PLACEHOLDER_TEAMMATE: placeholder, TEAMMATES: teammates };
  return checklistCodes.map(code => {
    const stored = checks.find(each => each.code === code && each.workspaceId === workspaceId);
    if (code in now) {
      const item = now[code as (typeof computed)[number]](facts, environment);
      // A call that a run could not make says more than the probe of the connection.
      return code === 'PERMISSIONS' && stored?.state === 'OPEN' && item.state !== 'OPEN'
        ? itemOf(stored)
        : { code, checkedAt: null, ...item };
    }
    if (!stored)
      return { code, state: 'UNKNOWN', message: `Start a PROVISIONING run for ${environment}.`, details: null, checkedAt: null };
    if (!ofMapping.has(code) || stored.mappingVersionId === facts.mappingVersionId) return itemOf(stored);
    return {
      ...itemOf(stored),
      state: 'UNKNOWN',
      message: `The mapping has changed since. Start a PROVISIONING run for ${environment}.`,
    };
  });
}

const itemOf = ({ code, state, message, details, checkedAt }: StoredCheck): ChecklistItem => ({
  code,
  state,
  message,
  details,
  checkedAt,
});

type Computed = Pick<ChecklistItem, 'state' | 'message' | 'details'>;

const notConnected = (environment: Environment): Computed => ({
  state: 'UNKNOWN',
  message: `Connect the ${sideOf(environment)} side.`,
  details: null,
});

const connectionIn = ({ connections }: GateFacts, environment: Environment) =>
  connections.find(({ side }) => side === sideOf(environment));

function permissions(facts: GateFacts, environment: Environment): Computed {
  const connection = connectionIn(facts, environment);
  if (!connection) return notConnected(environment);
  if (connection.missingPermissions.length > 0)
    return {
      state: 'OPEN',
      message: 'Give the Intercom app these permissions, then set the connection again.',
      details: nameDetails(connection.missingPermissions),
    };
  const message =
    connection.status === 'OK'
      ? 'The app may read. Whether it may write shows only when a run writes.'
      : (connection.detail ?? 'Set the connection again.');
  return { state: 'UNKNOWN', message, details: null };
}

function placeholder(facts: GateFacts, environment: Environment): Computed {
  if (facts.placeholderExists) return { state: 'DONE', message: 'The placeholder is a teammate.', details: null };
  if (!connectionIn(facts, environment)) return notConnected(environment);
  const email = facts.placeholderEmail;
  return {
    state: 'OPEN',
    message: email
      ? `Invite ${email} in Intercom, or name an existing teammate as placeholderTeammateEmail.`
      : `Name an existing teammate as placeholderTeammateEmail in the options of the ${sideOf(environment)} connection.`,
    details: email ? teammateDetails([{ name: null, email }]) : null,
  };
}

function teammates(facts: GateFacts, environment: Environment): Computed {
  if (!connectionIn(facts, environment)) return notConnected(environment);
  if (!facts.agentsKnown)
    return { state: 'UNKNOWN', message: 'Propose a mapping: it compares the agents with the teammates.', details: null };
  if (facts.agentsOpen === 0) return { state: 'DONE', message: 'Every agent has a teammate or the placeholder.', details: null };
  return {
    state: 'OPEN',
    message: 'Invite them in Intercom and start a PROVISIONING run, or call resolveAgent for each.',
    details: teammateDetails(facts.missingTeammates, facts.agentsOpen),
  };
}
