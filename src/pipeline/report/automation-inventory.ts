import { customFieldPath, type Fields, textOf } from '../../domain/record-fields.js';
import type { Staged } from '../../store/staged-pages.js';
import { type Counterparts, readCounterparts } from './counterparts.js';
import { inventoryRecords } from './inventory-records.js';
import { plain } from './markdown.js';
import {
  actionCounterpart,
  type Counterpart,
  conditionCounterpart,
  delayCounterpart,
  triggerCounterpart,
} from './workflow-constructs.js';
import { keepTable, keepText, type Reporting } from './write-documents.js';

interface Part extends Counterpart {
  what: 'trigger' | 'condition' | 'action' | 'delay';
  text: string;
}

const list = (value: unknown): Fields[] =>
  (Array.isArray(value) ? (value as Fields[]) : []).filter(each => typeof each === 'object' && each !== null);

/** Every rule, chatbot and campaign, with what of Intercom is nearest to each of its parts, and a box to tick once it is rebuilt. */
export async function writeAutomationInventory(x: Reporting): Promise<void> {
  const names = await readCounterparts(x);
  const attributeOf = attributesByLabel(x);
  const automations = (await inventoryRecords(x, 'AUTOMATION')).map(each => ({
    ...each,
    parts: partsOf(each.record, names, attributeOf),
  }));
  const active = automations.filter(({ record }) => record.isActive !== false);
  const about = {
    kind: 'AUTOMATION_INVENTORY' as const,
    name: 'automation-inventory',
    title: 'Automations to rebuild as workflows',
  };
  const sections = active.map(each => section(each, each.parts));
  const inactive = automations.filter(({ record }) => record.isActive === false);
  await keepText(
    x,
    about,
    [
      `Workflows can not be made by the API: these ${active.length} are to be rebuilt by hand, in this order.`,
      ...sections,
      inactive.length > 0
        ? `## Switched off at the source, not to be rebuilt\n\n${inactive.map(({ sourceId, record }) => `- ${plain(record.name)} (${plain(record.kind)} ${plain(sourceId)})`).join('\n')}`
        : '',
    ].join('\n\n'),
  );
  const rows = automations.flatMap(({ sourceId, record, parts }) =>
    parts.map(({ what, text, construct, carries }) => [
      sourceId,
      textOf(record.name),
      textOf(record.kind),
      record.isActive !== false,
      what,
      text,
      construct,
      carries,
    ]),
  );
  await keepTable(
    x,
    {
      ...about,
      name: 'automation-inventory.csv',
    },
    ['automation_id', 'name', 'kind', 'active', 'part', 'at_the_source', 'in_intercom', 'carries_over'],
    rows,
  );
}

function section({ sourceId, record }: Staged, parts: readonly Part[]): string {
  const carried = parts.filter(({ carries }) => carries === 'full').length;
  const half = parts.filter(({ carries }) => carries === 'partly').length;
  const share = parts.length === 0 ? 100 : Math.round(((carried + half / 2) / parts.length) * 100);
  const lines = parts.map(({ what, text, construct, carries }) => `  - ${what}: ${text} → ${construct} (${carries})`);
  return [
    `## ${plain(record.name)}`,
    `- [ ] rebuilt\n- ${plain(record.kind)} ${plain(sourceId)}, changed ${plain(record.updatedDate)}\n- ${share} % carries over: ${carried} of ${parts.length} parts the same, ${half} with a difference\n${lines.join('\n')}`,
  ].join('\n\n');
}

function partsOf(record: Fields, names: Counterparts, attributeOf: (label: string) => string | null): Part[] {
  const trigger = (typeof record.trigger === 'object' && record.trigger !== null ? record.trigger : {}) as Fields;
  const { type = 'unknown', ...more } = trigger;
  return [
    { what: 'trigger', text: described(textOf(type), more, names), ...triggerCounterpart(textOf(type)) },
    ...list(record.conditions).map(({ field, operator, value }): Part => {
      const text = `${plain(field)} ${plain(operator)} ${names.named(textOf(field), value)}`;
      return { what: 'condition', text, ...conditionCounterpart(textOf(field), attributeOf) };
    }),
    ...list(record.delays).map(
      (delay): Part => ({ what: 'delay', text: plain(`${textOf(delay.value)} ${textOf(delay.unit)}`), ...delayCounterpart }),
    ),
    ...list(record.actions).map(({ type: action, params }): Part => {
      const about = (typeof params === 'object' && params !== null ? params : {}) as Fields;
      return { what: 'action', text: described(textOf(action), about, names), ...actionCounterpart(textOf(action)) };
    }),
  ];
}

function described(type: string, params: Fields, names: Counterparts): string {
  const about = Object.entries(params).map(([name, value]) => `${plain(name)}: ${names.named(name, value)}`);
  return `${plain(type)}${about.length > 0 ? ` (${about.join(', ')})` : ''}`;
}

/** Which attribute a custom field became, by its label. */
function attributesByLabel({ fields }: Reporting): (label: string) => string | null {
  return label => {
    const path = fields.find(each => each.sourcePath === customFieldPath(label) && each.targetPath !== null)?.targetPath;
    return path ? path.slice(path.lastIndexOf('.') + 1) : null;
  };
}
