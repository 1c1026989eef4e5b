import type { Severity } from '../model/issue.js';

/** What limits a migration, or must be prepared by people. Codes are stable. */
export interface Constraint {
  code: ConstraintCode;
  severity: Severity;
  message: string;
  recommendation: string | null;
}

export const constraintCodes = [
  'TEAMMATES_MISSING',
  'ATTRIBUTE_LIMIT',
  'HELP_CENTER_REQUIRED',
  'HELP_CENTER_LANGUAGES',
  'DEAL_TYPE_MISSING',
  'MAIL_ACCOUNTS_OVER_PLAN',
  'CHAT_WIDGETS_OVER_PLAN',
  'SEATS',
  'RECORDINGS_NOT_DOWNLOADABLE',
  'PHONE_VALIDATION',
  'ACTIVE_CAMPAIGNS',
  'FIN_USAGE',
  'INTERVAL_MIGRATION',
] as const;
export type ConstraintCode = (typeof constraintCodes)[number];
