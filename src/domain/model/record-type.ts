/** Kinds of source records, in the order in which their destinations must exist. */
export const recordTypes = [
  'TEAM',
  'AGENT',
  'TAG',
  'COMPANY',
  'CONTACT',
  'DEAL',
  'CATEGORY',
  'ARTICLE',
  'TICKET',
  'MESSAGE',
  'CALL',
  'ATTACHMENT',
  'RECORDING',
  'MAIL_ACCOUNT',
  'CHAT_WIDGET',
  'AUTOMATION',
  'REPORT',
] as const;
export type RecordType = (typeof recordTypes)[number];
