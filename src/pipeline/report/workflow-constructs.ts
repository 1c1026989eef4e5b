import { ownEntry } from '../../domain/model/own-entry.js';

/** The nearest Intercom feature for a part of an automation, and whether it does the same. */
export interface Counterpart {
  construct: string;
  /** full: the same. partly: with a difference. none: there is no such feature. */
  carries: 'full' | 'partly' | 'none';
}

const full = (construct: string): Counterpart => ({ construct, carries: 'full' });
const partly = (construct: string): Counterpart => ({ construct, carries: 'partly' });
const none = (construct: string): Counterpart => ({ construct, carries: 'none' });

const triggers: Record<string, Counterpart> = {
  ticket_created: partly('Workflow: customer sends their first message; each channel is chosen in the trigger'),
  ticket_updated: partly('Workflow: conversation data changed'),
  ticket_status_changed: partly('Workflow: conversation state changes (open, snoozed, closed; there is no pending or resolved)'),
  ticket_closed: full('Workflow: conversation is closed'),
  ticket_idle: full('Workflow: customer or teammate has been unresponsive'),
  chat_started: full('Workflow: customer opens a new conversation in the Messenger'),
  chat_message: full('Workflow: customer sends any message'),
  call_missed: partly('Workflow on calls, only with Intercom Phone'),
  segment_entered: partly('Series or message whose audience are people who match the rules'),
  manual: full('Message that is sent once'),
  deal_won: none('A custom object cannot start a workflow: use the system that changes the deal'),
};

const actions: Record<string, Counterpart> = {
  assign_team: full('Assign to team'),
  assign_user: full('Assign to teammate'),
  add_tag: full('Tag conversation'),
  remove_tag: full('Remove tag'),
  set_priority: partly('Mark as priority, or set the attribute infoset_priority'),
  set_pipeline: partly('Set the attributes infoset_pipeline and infoset_stage'),
  set_status: partly('Close, snooze or open the conversation'),
  send_email: partly('Send an e-mail; its template must be created again'),
  send_sms: partly('Send an SMS, where the plan includes it'),
  send_csat: full('Ask for a conversation rating'),
  webhook: partly('Webhook or data connector'),
  notify_team: partly('Mention the team in a note'),
  create_ticket: partly('Create a ticket or a conversation'),
  say: full('Send a message'),
  buttons: full('Reply buttons'),
  collect: full('Collect customer data'),
  suggest_article: full('Let Fin answer, or show an article'),
  handover: full('Assign to team'),
};

const unknown = (what: string, type: string) => none(`The ${what} “${type}” is unknown: rebuild it by hand`);

export const triggerCounterpart = (type: string): Counterpart => ownEntry(triggers, type) ?? unknown('trigger', type);
export const actionCounterpart = (type: string): Counterpart => ownEntry(actions, type) ?? unknown('action', type);

const conditionFields = new Set(['tag', 'subject', 'content', 'language', 'email', 'name']);
const asAttribute: Record<string, string> = {
  channelType: 'channel_source',
  status: 'infoset_status',
  priority: 'infoset_priority',
  pipelineId: 'infoset_pipeline',
  stageId: 'infoset_stage',
};

/** @param attributeOf the attribute of a custom field */
export function conditionCounterpart(field: string, attributeOf: (label: string) => string | null): Counterpart {
  if (conditionFields.has(field)) return full(`Rule on ${field}`);
  const known = ownEntry(asAttribute, field);
  if (known) return full(`Rule on the attribute ${known} for migrated conversations; in new ones a workflow must set it`);
  if (field === 'widgetId') return partly('Rule on the page or the brand of the Messenger');
  if (field === 'queueName') return partly('Rule on the phone number or the team, only with Intercom Phone');
  const label = /^customField:(.+)$/s.exec(field)?.[1];
  const attribute = label ? attributeOf(label) : null;
  return attribute ? full(`Rule on the attribute ${attribute}`) : none(`The field “${field}” is unknown`);
}

export const delayCounterpart = full('Wait');
