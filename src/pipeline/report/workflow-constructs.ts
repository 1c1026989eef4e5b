import { ownEntry } from '../../domain/model/own-entry.js';
import type { Texts } from './texts/texts.js';

/** Whether the nearest Intercom feature does the same. full: the same. partly: with a difference. none: there is no such feature. */
export type Carries = 'full' | 'partly' | 'none';

/** The nearest Intercom feature for a part of an automation. */
export interface Counterpart {
  construct: string;
  carries: Carries;
}

const triggers = {
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

const actions = {
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

const conditionFields = new Set(['tag', 'subject', 'content', 'language', 'email', 'name']);
const asAttribute: Record<string, string> = {
  channelType: 'channel_source',
  status: 'infoset_status',
  priority: 'infoset_priority',
  pipelineId: 'infoset_pipeline',
  stageId: 'infoset_stage',
};

/** @param attributeOf the attribute of a custom field */
export function counterpartsIn({ constructs }: Texts, attributeOf: (label: string) => string | null) {
  const full = (construct: string): Counterpart => ({ construct, carries: 'full' });
  const partly = (construct: string): Counterpart => ({ construct, carries: 'partly' });
  const none = (construct: string): Counterpart => ({ construct, carries: 'none' });
  return {
    trigger(type: string): Counterpart {
      const carries = ownEntry<Carries>(triggers, type);
      return carries ? { construct: constructs.triggers[type as Trigger], carries } : none(constructs.unknownTrigger(type));
    },
    action(type: string): Counterpart {
      const carries = ownEntry<Carries>(actions, type);
      return carries ? { construct: constructs.actions[type as Action], carries } : none(constructs.unknownAction(type));
    },
    condition(field: string): Counterpart {
      if (conditionFields.has(field)) return full(constructs.ruleOn(field));
      const known = ownEntry(asAttribute, field);
      if (known) return full(constructs.ruleOnMigrated(known));
      if (field === 'widgetId') return partly(constructs.widget);
      if (field === 'queueName') return partly(constructs.queue);
      const label = /^customField:(.+)$/s.exec(field)?.[1];
      const attribute = label ? attributeOf(label) : null;
      return attribute ? full(constructs.ruleOnAttribute(attribute)) : none(constructs.unknownField(field));
    },
    delay: full(constructs.wait),
  };
}
