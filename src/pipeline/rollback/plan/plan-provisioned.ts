import type { ProvisionedKind } from '../../../domain/model/provisioned-object.js';
import type { DestinationAttribute } from '../../../domain/ports/destination.js';
import { attributeDigest, namedDigest } from '../../../domain/rollback/digest.js';
import { type PlannedObject, places } from '../../../domain/rollback/plan.js';
import type { Reason } from '../../../domain/rollback/reasons.js';
import { foldedTag } from '../../../domain/text/tag-name.js';
import { losingTag } from '../../../store/rollback-objects.js';
import { type Planning, rowOf, save } from './planning.js';

const batchSize = 150;

/** Plans tags: those that Landfall created are deleted if no other object has them. The others are removed from adopted objects. */
export async function planTags(context: Planning): Promise<void> {
  const created = context.provisioned.filter(({ kind, origin }) => kind === 'TAG' && origin === 'CREATED');
  const ours = new Map(
    created.flatMap(({ name, destinationId }) => {
      // If its creation got no answer, it is found by its name.
      const tag = context.tags.find(each =>
        destinationId ? each.id === destinationId : foldedTag(each.name) === foldedTag(name),
      );
      return tag ? [[tag.id, tag] as const] : [];
    }),
  );
  const rows: PlannedObject[] = [];
  for (const tag of context.tags) {
    const about = { destinationType: 'TAG' as const, place: places.tags, label: tag.name, digest: namedDigest(tag) };
    const candidate = { destinationId: tag.id, sourceType: 'TAG' as const, sourceIds: [] };
    if (ours.has(tag.id)) {
      const reason = await usedBy(context, tag);
      rows.push(
        reason
          ? rowOf(candidate, { ...about, action: 'KEEP', reason })
          : rowOf(candidate, { ...about, action: 'DELETE', reason: 'CREATED' }),
      );
    } else if (context.takenOff.has(tag.id))
      rows.push(rowOf(candidate, { ...about, action: 'RESTORE', reason: 'TAG_TAKEN_OFF' }));
  }
  await save(context, rows);
}

/** Why a tag must stay, as far as the API shows it; null if no other object has it. */
async function usedBy({ work, destination, kept }: Planning, tag: { id: string; name: string }): Promise<Reason | null> {
  if (kept.tags.has(tag.id)) return 'USED_BY_KEPT';
  const types = { CONTACT: [] as string[], COMPANY: [] as string[], CONVERSATION: [] as string[] };
  const areAllLosing = async (type: keyof typeof types) => {
    const ids = [...new Set(types[type].splice(0))];
    const losing = await work.transaction(tx => losingTag(tx, work.lease.runId, type, ids, [tag.id, tag.name]));
    return ids.every(id => losing.has(id));
  };
  for await (const { type, id } of destination.rollback.tagUsers(tag.id)) {
    work.checkHalt();
    types[type].push(id);
    if (types[type].length >= batchSize && !(await areAllLosing(type))) return 'USED_BY_OTHERS';
  }
  for (const type of Object.keys(types) as (keyof typeof types)[]) if (!(await areAllLosing(type))) return 'USED_BY_OTHERS';
  return null;
}

const models: Partial<Record<ProvisionedKind, DestinationAttribute['model']>> = {
  CONTACT_ATTRIBUTE: 'contact',
  COMPANY_ATTRIBUTE: 'company',
  CONVERSATION_ATTRIBUTE: 'conversation',
};

/** Plans attributes that Landfall created: those of contacts and companies are archived, those of conversations stay. */
export async function planAttributes(context: Planning): Promise<void> {
  const created = context.provisioned.filter(({ kind, origin }) => models[kind] && origin === 'CREATED');
  if (created.length === 0) return;
  const existing = await context.destination.attributes();
  const rows = created.flatMap(({ kind, name, destinationId }) => {
    const found = existing.find(
      each => each.model === models[kind] && (destinationId ? each.id === destinationId : each.name === name) && !each.archived,
    );
    return found ? [attributeRow(context, found)] : [];
  });
  await save(context, rows);
}

/** Both kinds of attributes have their own ids, which can be equal. */
function attributeRow({ kept }: Planning, { id, name, model }: DestinationAttribute): PlannedObject {
  const label = `${model}.${name}`;
  const candidate = { destinationId: `${model} ${id}`, sourceType: null, sourceIds: [] };
  const about = { destinationType: 'ATTRIBUTE' as const, place: places.attributes, label };
  if (model === 'conversation') return rowOf(candidate, { ...about, action: 'KEEP', reason: 'CONVERSATION_ATTRIBUTE' });
  if (kept.attributes.has(`${model} ${name}`)) return rowOf(candidate, { ...about, action: 'KEEP', reason: 'USED_BY_KEPT' });
  const digest = attributeDigest({ id, name, model });
  return rowOf(candidate, { ...about, action: 'ARCHIVE', reason: 'ATTRIBUTE_CREATED', digest });
}
