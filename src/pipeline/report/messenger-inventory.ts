import { type Fields, objectsIn, shown } from '../../domain/model/record-fields.js';
import { inventoryRecords } from './inventory-records.js';
import { cellLines, joined, lines, md, paragraphs, table } from './markup.js';
import { againstPlans, planFacts } from './plan-facts.js';
import { keepText, type Reporting } from './write-documents.js';

/** Chat widgets. They become the settings of the Messenger of each brand. */
export async function writeMessengerInventory(context: Reporting): Promise<void> {
  const { widgets: t, frame } = context.texts;
  const { sourcePlan, destinationLimits } = await planFacts(context);
  const widgets = await inventoryRecords(context, 'CHAT_WIDGET');
  const active = widgets.filter(({ record }) => record.isActive !== false);
  const rows = widgets.map(({ sourceId, record }) => [
    sourceId,
    record.name,
    record.isActive === false ? frame.no : frame.yes,
    cellLines([record.domains ?? []].flat()),
    cellLines(objectsIn(record.targeting).map(({ type, value }) => md`${type}: ${shown(value)}`)),
    cellLines(Object.entries((record.config ?? {}) as Fields).map(([name, value]) => md`${name}: ${shown(value)}`)),
  ]);
  await keepText(
    context,
    { kind: 'WIDGET_INVENTORY', name: 'messenger-inventory', title: t.title },
    {
      summary: paragraphs(
        againstPlans(
          context.texts,
          { things: t.things, active: active.length, all: widgets.length, limit: sourcePlan?.chatWidgetLimit ?? null },
          { things: t.messengers, option: 'widgets', limit: destinationLimits.widgets, remedy: t.remedy },
        ),
      ),
      body: paragraphs([
        md`## ${t.list}`,
        t.intro,
        rows.length > 0 ? table(t.columns, rows) : '',
        md`## ${t.toInstall}`,
        lines(active.map(({ record }) => md`- [ ] ${t.installed(record.name, joined([record.domains ?? []].flat(), ', '))}`)),
      ]),
    },
  );
}
