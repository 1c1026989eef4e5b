import { UserError } from '../domain/model/errors.js';
import type { Principal, Role, Scope } from '../domain/model/principal.js';

/** Roles that may do each action. Every role may read the rest. */
const permitted = {
  createOrganization: ['ADMIN'],
  updateOrganization: ['ADMIN'],
  createApiKey: ['ADMIN'],
  revokeApiKey: ['ADMIN'],
  apiKeys: ['ADMIN'],
  createShareToken: ['ADMIN'],
  revokeShareToken: ['ADMIN'],
  shareTokens: ['ADMIN'],
  auditEntries: ['ADMIN'],
  usage: ['ADMIN'],
  createProject: ['ADMIN', 'OPERATOR'],
  updateProject: ['ADMIN', 'OPERATOR'],
  archiveProject: ['ADMIN', 'OPERATOR'],
  unarchiveProject: ['ADMIN', 'OPERATOR'],
  setConnection: ['ADMIN', 'OPERATOR'],
  removeConnection: ['ADMIN', 'OPERATOR'],
  startRun: ['ADMIN', 'OPERATOR'],
  pauseRun: ['ADMIN', 'OPERATOR'],
  resumeRun: ['ADMIN', 'OPERATOR'],
  cancelRun: ['ADMIN', 'OPERATOR'],
  proposeMapping: ['ADMIN', 'OPERATOR'],
  updateFieldMapping: ['ADMIN', 'OPERATOR'],
  confirmMapping: ['ADMIN', 'OPERATOR'],
  updateIssue: ['ADMIN', 'OPERATOR'],
  signOff: ['ADMIN', 'OPERATOR'],
  beginCutover: ['ADMIN', 'OPERATOR'],
  completeCutover: ['ADMIN', 'OPERATOR'],
  closeProject: ['ADMIN', 'OPERATOR'],
  purgeProject: ['ADMIN'],
  createWebhook: ['ADMIN'],
  updateWebhook: ['ADMIN'],
  removeWebhook: ['ADMIN'],
  rotateWebhookSecret: ['ADMIN'],
  webhooks: ['ADMIN', 'OPERATOR'],
  enableWebhook: ['ADMIN', 'OPERATOR'],
  disableWebhook: ['ADMIN', 'OPERATOR'],
  replayWebhook: ['ADMIN', 'OPERATOR'],
  testWebhook: ['ADMIN', 'OPERATOR'],
  repairRecords: ['ADMIN', 'OPERATOR'],
  resolveAgent: ['ADMIN', 'OPERATOR'],
  claimCallRecording: ['ADMIN', 'OPERATOR', 'SUPPORT'],
  attachCallRecording: ['ADMIN', 'OPERATOR', 'SUPPORT'],
  closeCallRecording: ['ADMIN', 'OPERATOR', 'SUPPORT'],
  listenToRecordings: ['ADMIN', 'OPERATOR', 'SUPPORT'],
} satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof permitted;

/** The scope that each action needs, if the credential has scopes. */
const scopeOf: Record<Action, Scope> = {
  createOrganization: 'ADMIN',
  updateOrganization: 'ADMIN',
  createApiKey: 'ADMIN',
  revokeApiKey: 'ADMIN',
  apiKeys: 'ADMIN',
  createShareToken: 'ADMIN',
  revokeShareToken: 'ADMIN',
  shareTokens: 'ADMIN',
  auditEntries: 'ADMIN',
  usage: 'ADMIN',
  createWebhook: 'ADMIN',
  updateWebhook: 'ADMIN',
  removeWebhook: 'ADMIN',
  rotateWebhookSecret: 'ADMIN',
  webhooks: 'ADMIN',
  enableWebhook: 'ADMIN',
  disableWebhook: 'ADMIN',
  replayWebhook: 'ADMIN',
  testWebhook: 'ADMIN',
  createProject: 'PROJECTS',
  updateProject: 'PROJECTS',
  archiveProject: 'PROJECTS',
  unarchiveProject: 'PROJECTS',
  setConnection: 'PROJECTS',
  removeConnection: 'PROJECTS',
  closeProject: 'PROJECTS',
  purgeProject: 'PROJECTS',
  proposeMapping: 'MAPPING',
  updateFieldMapping: 'MAPPING',
  confirmMapping: 'MAPPING',
  resolveAgent: 'MAPPING',
  startRun: 'RUNS',
  pauseRun: 'RUNS',
  resumeRun: 'RUNS',
  cancelRun: 'RUNS',
  updateIssue: 'RUNS',
  signOff: 'RUNS',
  repairRecords: 'RUNS',
  beginCutover: 'RUNS',
  completeCutover: 'RUNS',
  claimCallRecording: 'RECORDINGS',
  attachCallRecording: 'RECORDINGS',
  closeCallRecording: 'RECORDINGS',
  listenToRecordings: 'RECORDINGS',
};

/** Actions on an organization. A credential that is limited to projects may not do them. */
const ofOrganization: ReadonlySet<string> = new Set<Action>([
  'createOrganization',
  'updateOrganization',
  'createApiKey',
  'revokeApiKey',
  'apiKeys',
  'auditEntries',
  'usage',
  'createWebhook',
  'updateWebhook',
  'removeWebhook',
  'rotateWebhookSecret',
  'webhooks',
  'enableWebhook',
  'disableWebhook',
  'replayWebhook',
  'testWebhook',
  'createProject',
]);

export function isPermitted(principal: Principal, action: string): boolean {
  return Object.hasOwn(permitted, action) && refusalOf(principal, action as Action) === null;
}

/** @throws UserError ROLE_NOT_PERMITTED, SCOPE_NOT_PERMITTED */
export function requirePermission(principal: Principal, action: Action): void {
  const refusal = refusalOf(principal, action);
  if (refusal) throw refusal;
}

function refusalOf({ role, scopes, projectIds }: Principal, action: Action): UserError | null {
  const roles: readonly Role[] = permitted[action];
  if (!roles.includes(role))
    return new UserError(
      'ROLE_NOT_PERMITTED',
      `Use a key with the role ${roles.join(' or ')}: ${role} does not permit ${action}.`,
    );
  const scope = scopeOf[action];
  if (scopes && !scopes.includes(scope))
    return new UserError('SCOPE_NOT_PERMITTED', `Use a key with the scope ${scope}: ${action} needs it.`);
  if (projectIds && ofOrganization.has(action))
    return new UserError('SCOPE_NOT_PERMITTED', `Use a key that is not limited to projects: ${action} concerns an organization.`);
  return null;
}
