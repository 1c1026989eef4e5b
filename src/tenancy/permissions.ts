import { UserError } from '../domain/model/errors.js';
import type { Principal, Role } from '../domain/model/principal.js';

/** Roles that may do each action. Every role may read, except API keys and webhooks. */
const permitted = {
  createOrganization: ['ADMIN'],
  createApiKey: ['ADMIN'],
  revokeApiKey: ['ADMIN'],
  apiKeys: ['ADMIN'],
  createProject: ['ADMIN', 'OPERATOR'],
  updateProject: ['ADMIN', 'OPERATOR'],
  setConnection: ['ADMIN', 'OPERATOR'],
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
} satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof permitted;

export function isPermitted({ role }: Principal, action: string): boolean {
  const roles: readonly Role[] | undefined = permitted[action as Action];
  return roles?.includes(role) ?? false;
}

/** @throws UserError ROLE_NOT_PERMITTED */
export function requirePermission(principal: Principal, action: Action): void {
  const roles: readonly Role[] = permitted[action];
  if (roles.includes(principal.role)) return;
  throw new UserError(
    'ROLE_NOT_PERMITTED',
    `Use a key with the role ${roles.join(' or ')}: ${principal.role} does not permit ${action}.`,
  );
}
