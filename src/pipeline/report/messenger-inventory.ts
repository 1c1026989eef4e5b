import { type Fields, textOf } from '../../domain/record-fields.js';
import { plain, table } from './markdown.js';
import { overPlan, planFacts } from './plan-facts.js';
import { allStaged } from './staged-pages.js';
import { keepText, type Reporting } from './write-documents.js';

const json = (value: unknown) => plain(typeof value === 'object' && value !== null ? JSON.stringify(value) : textOf(value));

/** Chat widgets, which become the settings of one Messenger, or of one a brand. */
export async function writeMessengerInventory(x: Reporting): Promise<void> {
  const { sourcePlan, destinationLimits } = await planFacts(x);
  const widgets = await allStaged(x, 'chatwidgets');
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
  const limit = destinationLimits.widgets;
  await keepText(
    x,
    { kind: 'WIDGET_INVENTORY', name: 'messenger-inventory', title: 'Chat widgets, for the Messenger' },
    [
      `${active.length} of ${widgets.length} widgets are active; the plan of the source allows ${sourcePlan?.chatWidgetLimit ?? 'an unknown number'}${overPlan(widgets.length, sourcePlan?.chatWidgetLimit ?? null)}.`,
      limit === null
        ? 'How many Messengers the plan of Intercom allows is not known: give `widgets` in the options of the connection.'
        : active.length > limit
          ? `**${active.length - limit} too many**: the plan of Intercom allows ${limit}. Join them, or extend the plan.`
          : `The plan of Intercom allows ${limit}: enough.`,
      'There is one Messenger a brand. Its domains are trusted by hand, its look and its targeting are set by hand:',
      table(['id', 'name', 'active', 'domains', 'targeting', 'configuration'], rows),
      active
        .map(({ record }) => `- [ ] ${plain(record.name)} installed on ${[record.domains ?? []].flat().map(plain).join(', ')}`)
        .join('\n'),
    ].join('\n\n'),
  );
}
