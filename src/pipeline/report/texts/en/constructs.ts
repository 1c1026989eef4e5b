import type { Action, Carries, Trigger } from '../../construct-kinds.js';

const carries: Record<Carries, string> = { full: 'full', partly: 'partly', none: 'none' };

const triggers: Record<Trigger, string> = {
  ticket_created: 'Workflow: customer sends their first message; each channel is chosen in the trigger',
  ticket_updated: 'Workflow: conversation data changed',
  ticket_status_changed: 'Workflow: conversation state changes (open, snoozed, closed; there is no pending or resolved)',
  ticket_closed: 'Workflow: conversation is closed',
  ticket_idle: 'Workflow: customer or teammate has been unresponsive',
  chat_started: 'Workflow: customer opens a new conversation in the Messenger',
  chat_message: 'Workflow: customer sends any message',
  call_missed: 'Workflow on calls, only with Intercom Phone',
  segment_entered: 'Series or message whose audience are people who match the rules',
  manual: 'Message that is sent once',
  deal_won: 'A custom object cannot start a workflow: use the system that changes the deal',
};

const actions: Record<Action, string> = {
  assign_team: 'Assign to team',
  assign_user: 'Assign to teammate',
  add_tag: 'Tag conversation',
  remove_tag: 'Remove tag',
  set_priority: 'Mark as priority, or set the attribute infoset_priority',
  set_pipeline: 'Set the attributes infoset_pipeline and infoset_stage',
  set_status: 'Close, snooze or open the conversation',
  send_email: 'Send an e-mail; its template must be created again',
  send_sms: 'Send an SMS, where the plan includes it',
  send_csat: 'Ask for a conversation rating',
  webhook: 'Webhook or data connector',
  notify_team: 'Mention the team in a note',
  create_ticket: 'Create a ticket or a conversation',
  say: 'Send a message',
  buttons: 'Reply buttons',
  collect: 'Collect customer data',
  suggest_article: 'Let Fin answer, or show an article',
  handover: 'Assign to team',
};

/** The nearest Intercom features for parts of automations. */
export const constructs = {
  carries,
  triggers,
  actions,
  unknownTrigger: (type: string) => `The trigger “${type}” is unknown: rebuild it by hand`,
  unknownAction: (type: string) => `The action “${type}” is unknown: rebuild it by hand`,
  unknownField: (field: string) => `The field “${field}” is unknown`,
  ruleOn: (field: string) => `Rule on ${field}`,
  ruleOnAttribute: (attribute: string) => `Rule on the attribute ${attribute}`,
  ruleOnMigrated: (attribute: string) =>
    `Rule on the attribute ${attribute} for migrated conversations; in new ones a workflow must set it`,
  widget: 'Rule on the page or the brand of the Messenger',
  queue: 'Rule on the phone number or the team, only with Intercom Phone',
  wait: 'Wait',
};
