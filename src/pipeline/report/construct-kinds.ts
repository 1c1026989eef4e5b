/** Whether the nearest Intercom feature does the same. full: the same. partly: with a difference. none: there is no such feature. */
export type Carries = 'full' | 'partly' | 'none';

export const triggers = {
  ticket_created: 'partly',
  ticket_updated: 'partly',
  ticket_status_changed: 'partly',
  ticket_closed: 'full',
  ticket_idle: 'full',
  chat_started: 'full',
  chat_message: 'full',
  call_missed: 'partly',
  segment_entered: 'partly',
  manual: 'full',
  deal_won: 'none',
} as const satisfies Record<string, Carries>;
export type Trigger = keyof typeof triggers;

export const actions = {
  assign_team: 'full',
  assign_user: 'full',
  add_tag: 'full',
  remove_tag: 'full',
  set_priority: 'partly',
  set_pipeline: 'partly',
  set_status: 'partly',
  send_email: 'partly',
  send_sms: 'partly',
  send_csat: 'full',
  webhook: 'partly',
  notify_team: 'partly',
  create_ticket: 'partly',
  say: 'full',
  buttons: 'full',
  collect: 'full',
  suggest_article: 'full',
  handover: 'full',
} as const satisfies Record<string, Carries>;
export type Action = keyof typeof actions;
