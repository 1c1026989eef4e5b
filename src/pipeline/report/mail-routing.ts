import { ownEntry } from '../../domain/model/own-entry.js';
import { type Fields, fieldsOf, objectsIn, shown, textOf } from '../../domain/model/record-fields.js';
import { either, lineOf } from '../../domain/text/html/source-text.js';
import { readCounterparts } from './counterparts.js';
import { inventoryRecords } from './inventory-records.js';
import { joined, lines, type Markdown, md, paragraphs, table } from './markup.js';
import { againstPlans, planFacts } from './plan-facts.js';
import { keepTable, keepText, type Reporting } from './write-documents.js';

/** Its parts by name; texts without their HTML. */
function detailsOf(config: unknown): Markdown | string {
  if (typeof config !== 'object' || config === null) return textOf(config);
  const parts = [...fieldsOf(config as Fields)].map(([name, value]) => {
    return md`${name}: ${lineOf(either(shown(value)))}`;
  });
  return joined(parts, ', ');
}

/** Mail accounts, compared with the addresses, brands and teams of the workspace, and their rules. */
export async function writeMailRouting(context: Reporting): Promise<void> {
  const { mail: t, frame, sourceWords } = context.texts;
  const about = { kind: 'MAIL_ROUTING_INVENTORY' as const, name: 'mail-routing', title: t.title };
  const ruleTypes: Record<string, string> = { forward_to_ticket: t.forward, auto_reply: t.autoReply };
  const names = await readCounterparts(context);
  const { sourcePlan, destinationLimits } = await planFacts(context);
  const accounts = (await inventoryRecords(context, 'MAIL_ACCOUNT')).map(({ sourceId, record }) => {
    const brand = names.addresses.get(textOf(record.address).toLowerCase());
    return { sourceId, record, brand, isThere: brand !== undefined };
  });
  const active = accounts.filter(({ record }) => record.isActive !== false);
  const rows = accounts.map(({ sourceId, record, brand, isThere }) => [
    sourceId,
    record.address,
    record.isActive === false ? frame.no : frame.yes,
    isThere ? t.isThere(brand ?? '') : record.isActive === false ? t.notNeeded : t.add,
    textOf(record.teamId) ? names.team(record.teamId) : '',
    textOf(record.ownerId) ? names.user(record.ownerId) : '',
  ]);
  const rules = accounts.flatMap(({ record }) =>
    objectsIn(record.rules).map(({ type, name, config }) => ({ address: record.address, type, name, config })),
  );
  await keepText(context, about, {
    summary: paragraphs([
      ...againstPlans(
        context.texts,
        { things: t.things, active: active.length, all: accounts.length, limit: sourcePlan?.mailAccountLimit ?? null },
        { things: t.inboxes, option: 'inboxes', limit: destinationLimits.inboxes, remedy: t.remedy },
      ),
      rows.length > 0 ? table(t.columns, rows) : '',
    ]),
    body: paragraphs([
      md`## ${t.rules}\n\n${t.rulesIntro}`,
      lines(
        rules.map(({ address, type, name, config }) => {
          const nearest = ownEntry(ruleTypes, textOf(type)) ?? t.byHand;
          const what = ownEntry<string>(sourceWords.mailRules, textOf(type)) ?? type;
          const more = detailsOf(config);
          return md`- [ ] ${address}: ${name} (${what}) → ${nearest}${more === '' ? '' : md`<br>${more}`}`;
        }),
      ),
    ]),
  });
  await keepTable(
    context,
    {
      ...about,
      name: 'mail-routing.csv',
    },
    ['account_id', 'address', 'active', 'in_intercom', 'brand', 'team_id', 'owner_id', 'rules'],
    accounts.map(({ sourceId, record, brand, isThere }) => [
      sourceId,
      textOf(record.address),
      record.isActive !== false,
      isThere,
      brand ?? '',
      textOf(record.teamId),
      textOf(record.ownerId),
      JSON.stringify(objectsIn(record.rules)),
    ]),
  );
}
