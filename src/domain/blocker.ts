import type { ShortageCode } from './shortage.js';

/** Codes are stable: clients branch on them. */
export type BlockerCode =
  | 'SOURCE_NOT_CONNECTED'
  | 'SOURCE_CONNECTION_FAILED'
  | 'DESTINATION_NOT_CONNECTED'
  | 'DESTINATION_CONNECTION_FAILED'
  | 'MAPPING_NOT_CONFIRMED'
  | 'AGENTS_NOT_RESOLVED'
  | 'PLACEHOLDER_MISSING'
  | 'NOT_PROVISIONED'
  | 'DEAL_TYPE_MISSING'
  | 'DEAL_TYPE_INCOMPLETE'
  | 'PUBLIC_URL_UNREACHABLE'
  | 'WORKSPACE_CHANGED'
  | 'ACCOUNT_KEY_MISSING'
  | 'TIME_ZONE_UNKNOWN'
  | 'DESTINATION_UNAUTHORIZED'
  | 'DESTINATION_UNAVAILABLE'
  | 'DESTINATION_FORBIDDEN'
  | 'SOURCE_UNAUTHORIZED'
  | 'SOURCE_UNAVAILABLE'
  | 'SECRET_UNREADABLE'
  | ShortageCode
  | 'VALUE_REFUSED'
  | 'INTERNAL_ERROR';

/** What must happen before work can go on, as an imperative. */
export interface Blocker {
  code: BlockerCode;
  message: string;
}
