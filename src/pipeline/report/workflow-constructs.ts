import { ownEntry } from '../../domain/model/own-entry.js';
import { type Action, actions, type Carries, type Trigger, triggers } from './construct-kinds.js';
import type { Texts } from './texts/texts.js';

/** The nearest Intercom feature for a part of an automation. */
export interface Counterpart {
  construct: string;
  carries: Carries;
}

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
