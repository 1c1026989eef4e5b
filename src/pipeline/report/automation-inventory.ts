import { ownEntry } from '../../domain/model/own-entry.js';
import { customFieldPath, type Fields, objectsIn, textOf } from '../../domain/model/record-fields.js';
import { parseZonedDate } from '../../domain/text/zoned-date.js';
import type { Staged } from '../../store/staged-pages.js';
import { type Counterparts, readCounterparts } from './counterparts.js';
import { inventoryRecords } from './inventory-records.js';
import { joined, lines, type Markdown, md, paragraphs, percent, table } from './markup.js';
import type { Texts } from './texts/texts.js';
import { minuteOf } from './times.js';
import { type Counterpart, counterpartsIn } from './workflow-constructs.js';
import { keepTable, keepText, type Reporting } from './write-documents.js';

interface Part extends Counterpart {
  what: 'trigger' | 'condition' | 'action' | 'delay';
  shown: Markdown;
}

/** Every rule, chatbot and campaign, with the nearest Intercom feature for each of its parts, and a check box. */
export async function writeAutomationInventory(context: Reporting): Promise<void> {
  const names = await readCounterparts(context);
  const { automation: t } = context.texts;
  const constructs = counterpartsIn(context.texts, attributesByLabel(context));
  const automations = (await inventoryRecords(context, 'AUTOMATION')).map(each => ({
    ...each,
    parts: partsOf(each.record, names, constructs, context.texts),
  }));
  const active = automations.filter(({ record }) => record.isActive !== false);
  const about = {
    kind: 'AUTOMATION_INVENTORY' as const,
    name: 'automation-inventory',
    title: t.title,
  };
  const inactive = automations.filter(({ record }) => record.isActive === false);
  const overview = active.map(({ record, parts }) => [
    record.name,
    kindOf(record, context.texts),
    parts.length,
    percent(shareOf(parts).share / 100),
  ]);
  await keepText(context, about, {
    summary: paragraphs([t.intro(active.length), active.length > 0 ? table(t.columns, overview) : '']),
    body: paragraphs([
      ...active.map(each => section(each, each.parts, context.texts)),
      inactive.length > 0
        ? md`## ${t.inactive}\n\n${lines(inactive.map(({ sourceId, record }) => md`- ${record.name} (${kindOf(record, context.texts)} ${sourceId})`))}`
        : '',
    ]),
  });
  const rows = automations.flatMap(({ sourceId, record, parts }) =>
    parts.map(({ what, shown, construct, carries }) => [
      sourceId,
      textOf(record.name),
      textOf(record.kind),
      record.isActive !== false,
      what,
      shown.text,
      construct,
      carries,
    ]),
  );
  await keepTable(
    context,
    {
      ...about,
      name: 'automation-inventory.csv',
    },
    ['automation_id', 'name', 'kind', 'active', 'part', 'at_the_source', 'in_intercom', 'carries_over'],
    rows,
  );
}

function shareOf(parts: readonly Part[]): { carried: number; half: number; share: number } {
  const carried = parts.filter(({ carries }) => carries === 'full').length;
  const half = parts.filter(({ carries }) => carries === 'partly').length;
  return { carried, half, share: parts.length === 0 ? 100 : Math.round(((carried + half / 2) / parts.length) * 100) };
}

const kindOf = ({ kind }: Fields, { sourceWords }: Texts) => ownEntry(sourceWords.kinds, textOf(kind)) ?? kind;

function section({ sourceId, record }: Staged, parts: readonly Part[], texts: Texts): Markdown {
  const { automation: t, constructs } = texts;
  const { share, carried, half } = shareOf(parts);
  const each = parts.map(
    ({ what, shown, construct, carries }) => md`  - ${t.what[what]}: ${shown} → ${construct} (${constructs.carries[carries]})`,
  );
  const changed = parseZonedDate(record.updatedDate, 'UTC');
  const about = t.about(kindOf(record, texts), sourceId, changed ? minuteOf(changed) : record.updatedDate);
  return paragraphs([
    md`## ${record.name}`,
    md`- [ ] ${t.rebuilt}\n- ${about}\n- ${t.share(share, carried, parts.length, half)}\n${lines(each)}`,
  ]);
}

function partsOf(
  record: Fields,
  names: Counterparts,
  constructs: ReturnType<typeof counterpartsIn>,
  { sourceWords: words }: Texts,
): Part[] {
  const trigger = (typeof record.trigger === 'object' && record.trigger !== null ? record.trigger : {}) as Fields;
  const { type = 'unknown', ...more } = trigger;
  return [
    {
      what: 'trigger',
      shown: described(word(words.triggers, type), more, names, words.fields),
      ...constructs.trigger(textOf(type)),
    },
    ...objectsIn(record.conditions).map(({ field, operator, value }): Part => {
      const shown = md`${fieldWord(words.fields, textOf(field))} ${word(words.operators, operator)} ${names.named(textOf(field), value)}`;
      return { what: 'condition', shown, ...constructs.condition(textOf(field)) };
    }),
    ...objectsIn(record.delays).map(
      (delay): Part => ({ what: 'delay', shown: md`${delay.value} ${word(words.units, delay.unit)}`, ...constructs.delay }),
    ),
    ...objectsIn(record.actions).map(({ type: action, params }): Part => {
      const about = (typeof params === 'object' && params !== null ? params : {}) as Fields;
      return {
        what: 'action',
        shown: described(word(words.actions, action), about, names, words.fields),
        ...constructs.action(textOf(action)),
      };
    }),
  ];
}

const word = (words: Record<string, string>, code: unknown) => ownEntry(words, textOf(code)) ?? textOf(code);
const fieldWord = (words: Record<string, string>, field: string) => /^customField:(.+)$/s.exec(field)?.[1] ?? word(words, field);

function described(type: string, params: Fields, names: Counterparts, words: Record<string, string>): Markdown {
  const about = Object.entries(params).map(([name, value]) => md`${word(words, name)}: ${names.named(name, value)}`);
  return md`${type}${about.length > 0 ? md` (${joined(about, ', ')})` : ''}`;
}

/** The attribute of a custom field, by its label. */
function attributesByLabel({ fields }: Reporting): (label: string) => string | null {
  return label => {
    const path = fields.find(each => each.sourcePath === customFieldPath(label) && each.targetPath !== null)?.targetPath;
    return path ? path.slice(path.lastIndexOf('.') + 1) : null;
  };
}
