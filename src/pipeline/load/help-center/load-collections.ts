import type { CategoryDraft } from '../../../domain/drafts/drafts.js';
import { crosswalkEntry } from '../../../domain/model/crosswalk.js';
import type { CollectionFields, CollectionView } from '../../../domain/model/help-center.js';
import type { NewIssue } from '../../../domain/model/issue.js';
import { comparisons } from '../../../domain/verify/comparisons.js';
import { destinationsOf, isClaimed } from '../../../store/crosswalk.js';
import type { OpenDraft } from '../../../store/drafts.js';
import { loadState } from '../../../store/load-states.js';
import { eachDraftInOrder, recordFailureAsIssue } from '../engine/each-draft.js';
import { forEachConcurrently } from '../engine/for-each-concurrently.js';
import { type KeptEdits, keptEdits } from '../engine/kept-edits.js';
import { beforeOthers, type Loading, toReadBack } from '../engine/loading.js';
import { RecordFailure } from '../engine/record-failure.js';
import { unlessGone, writeOnce } from '../engine/write-once.js';
import { localesOf } from './help-locales.js';

const batchSize = 50;

/** Loads categories from the top of the tree down, siblings in their order. */
export async function loadCollections(load: Loading): Promise<void> {
  const context = beforeOthers(load);
  await eachDraftInOrder(context, 'CATEGORY', (draft, open) => loadCollection(context, draft, open));
  await readBackCollections(context);
}

/** Reads back records that differed: a person may have corrected them. */
export async function readBackCollections(context: Loading): Promise<void> {
  for (let after = ''; ; ) {
    const batch = await toReadBack(context, 'CATEGORY', after, batchSize);
    if (batch.length === 0) return;
    await forEachConcurrently(context, batch, ({ sourceId, body, destinationId }) =>
      recordFailureAsIssue(context, { type: 'CATEGORY', sourceId, weight: 0, destinationId }, async () => {
        const draft = JSON.parse(body) as CategoryDraft;
        const fields = async () => (await fieldsOf(context, draft)).fields;
        await context.journal.commit(await context.readBack.collection({ draft, fields, id: destinationId }));
      }),
    );
    after = batch.at(-1)!.sourceId;
  }
}

async function fieldsOf(context: Loading, draft: CategoryDraft): Promise<{ fields: CollectionFields; issues: NewIssue[] }> {
  const parentId = await parentOf(context, draft.parent);
  const { main, others, issues } = await localesOf(context, draft.translations, draft);
  const fields: CollectionFields = {
    name: main.name,
    description: main.description,
    parentId,
    translations: Object.fromEntries(others.map(({ language, name, description }) => [language, { name, description }])),
  };
  return { fields, issues };
}

async function loadCollection(context: Loading, draft: CategoryDraft, open: OpenDraft): Promise<void> {
  const { destination, journal } = context;
  const { sourceId } = draft;
  const { fields, issues } = await fieldsOf(context, draft);
  const known = open.state?.destinationId ?? null;
  const intent = { recordType: 'CATEGORY' as const, sourceId, step: known ? 'update' : 'create' };
  let existing: CollectionView | null = null;
  const edits = await keptEdits(context, 'CATEGORY', open, async id => {
    existing = await destination.collection(id);
    return existing && comparisons.CATEGORY(draft, fields, existing);
  });
  const sent = withEdits(fields, existing, edits);
  await journal.commit({ intents: [intent] });
  const view = await writeOnce(
    context,
    intent,
    () => unlessGone(known, id => destination.saveCollection(id, sent)),
    async () => (known && (await destination.collection(known)) ? undefined : findCollection(context, fields)),
  );
  const outcome = await context.readBack.collection({ draft, fields: async () => fields, id: view.id }, view);
  await journal.commit({
    settled: [intent],
    crosswalk: [crosswalkEntry(['CATEGORY', sourceId], ['COLLECTION', view.id], { destinationUrl: view.url })],
    states: [loadState('CATEGORY', sourceId, 'DONE', { destinationId: view.id, digest: open.digest })],
    verifications: outcome.verifications,
    issues: [...issues, ...outcome.issues],
    weight: open.weight,
  });
}

/** A collection is written whole: what people have changed is sent as it is. */
function withEdits(fields: CollectionFields, existing: CollectionView | null, edits: KeptEdits): CollectionFields {
  if (!existing || edits.size === 0) return fields;
  return {
    name: edits.has('name') ? existing.name : fields.name,
    description: edits.has('description') ? existing.description : fields.description,
    parentId: edits.has('parentId') ? existing.parentId : fields.parentId,
    translations: edits.has('translations') ? existing.translations : fields.translations,
  };
}

async function parentOf(context: Loading, parent: string | null): Promise<string | null> {
  if (parent === null) return null;
  const id = (await context.work.transaction(tx => destinationsOf(tx, context.scope, 'CATEGORY', 'COLLECTION', [parent]))).get(
    parent,
  );
  if (id) return id;
  throw new RecordFailure(
    'PARENT_NOT_LOADED',
    `Its category ${parent} was not loaded.`,
    'Fix that category. The next run loads this one.',
  );
}

/** The newest collection with this name and parent that belongs to no record: ours, whose answer was lost. */
async function findCollection(context: Loading, { name, parentId }: CollectionFields): Promise<CollectionView | undefined> {
  let found: CollectionView | undefined;
  for await (const view of context.destination.collections()) {
    if (view.name !== name || view.parentId !== parentId) continue;
    if (view.createdAt < Math.max(context.notBefore, found?.createdAt ?? 0)) continue;
    if (!(await context.work.transaction(tx => isClaimed(tx, context.scope, 'COLLECTION', view.id)))) found = view;
  }
  return found;
}
