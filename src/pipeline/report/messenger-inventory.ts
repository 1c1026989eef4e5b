import { type Fields, objectsIn, shown } from '../../domain/model/record-fields.js';
import { inventoryRecords } from './inventory-records.js';
import { cellLines, joined, lines, md, paragraphs, table } from './markup.js';
import { againstPlans, planFacts } from './plan-facts.js';
import { keepText, type Reporting } from './write-documents.js';

/** Chat widgets. They become the settings of the Messenger of each brand. */
export async function writeMessengerInventory(context: Reporting): Promise<void> {
  const { sourcePlan, destinationLimits } = await planFacts(context);
  const widgets = await inventoryRecords(context, 'CHAT_WIDGET');
  const active = widgets.filter(({ record }) => record.isActive !== false);
  const rows = widgets.map(({ sourceId, record }) => [
    sourceId,
    record.name,
    record.isActive === false ? 'no' : 'yes',
    cellLines([record.domains ?? []].flat()),
    cellLines(objectsIn(record.targeting).map(({ type, value }) => md`${type}: ${shown(value)}`)),
    cellLines(Object.entries((record.config ?? {}) as Fields).map(([name, value]) => md`${name}: ${shown(value)}`)),
  ]);
  await keepText(
    context,
    { kind: 'WIDGET_INVENTORY', name: 'messenger-inventory', title: 'Chat widgets to set up in the Messenger' },
    paragraphs([
      ...againstPlans(
        { things: 'widgets', active: active.length, all: widgets.length, limit: sourcePlan?.chatWidgetLimit ?? null },
        {
          things: 'Messengers',
          option: 'widgets',
          limit: destinationLimits.widgets,
          remedy: 'Merge them, or extend the plan.',
        },
      ),
      'Each brand has one Messenger. Set its trusted domains, its appearance and its targeting by hand:',
      table(['id', 'name', 'active', 'domains', 'targeting', 'configuration'], rows),
      lines(active.map(({ record }) => md`- [ ] ${record.name} installed on ${joined([record.domains ?? []].flat(), ', ')}`)),
    ]),
  );
}
