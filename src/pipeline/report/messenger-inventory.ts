import { type Fields, textOf } from '../../domain/record-fields.js';
import { inventoryRecords } from './inventory-records.js';
import { plain, table } from './markdown.js';
import { againstPlans, planFacts } from './plan-facts.js';
import { keepText, type Reporting } from './write-documents.js';

const json = (value: unknown) => plain(typeof value === 'object' && value !== null ? JSON.stringify(value) : textOf(value));

/** Chat widgets, which become the settings of one Messenger, or of one a brand. */
export async function writeMessengerInventory(x: Reporting): Promise<void> {
  const { sourcePlan, destinationLimits } = await planFacts(x);
  const widgets = await inventoryRecords(x, 'CHAT_WIDGET');
  const active = widgets.filter(({ record }) => record.isActive !== false);
  const rows = widgets.map(({ sourceId, record }) => [
    plain(sourceId),
    plain(record.name),
    record.isActive === false ? 'no' : 'yes',
    [record.domains ?? []].flat().map(plain).join('<br>'),
    ((Array.isArray(record.targeting) ? record.targeting : []) as Fields[])
      .map(({ type, value }) => `${plain(type)}: ${json(value)}`)
      .join('<br>'),
    Object.entries((record.config ?? {}) as Fields)
      .map(([name, value]) => `${plain(name)}: ${json(value)}`)
      .join('<br>'),
  ]);
  await keepText(
    x,
    { kind: 'WIDGET_INVENTORY', name: 'messenger-inventory', title: 'Chat widgets, for the Messenger' },
    [
      ...againstPlans(
        { things: 'widgets', active: active.length, all: widgets.length, limit: sourcePlan?.chatWidgetLimit ?? null },
        {
          things: 'Messengers',
          option: 'widgets',
          limit: destinationLimits.widgets,
          remedy: 'Join them, or extend the plan.',
        },
      ),
      'There is one Messenger a brand. Its domains are trusted by hand, its look and its targeting are set by hand:',
      table(['id', 'name', 'active', 'domains', 'targeting', 'configuration'], rows),
      active
        .map(({ record }) => `- [ ] ${plain(record.name)} installed on ${[record.domains ?? []].flat().map(plain).join(', ')}`)
        .join('\n'),
    ].join('\n\n'),
  );
}
