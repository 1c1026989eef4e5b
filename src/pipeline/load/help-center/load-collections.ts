import type { CategoryDraft } from '../../../domain/drafts/drafts.js';
import { crosswalkEntry } from '../../../domain/model/crosswalk.js';
import type { CollectionFields, CollectionView } from '../../../domain/model/help-center.js';
import type { NewIssue } from '../../../domain/model/issue.js';
import { ownEntry } from '../../../domain/model/own-entry.js';
import { differencesAsIssues } from '../../../domain/verify/differences-as-issues.js';
import { digestOfValue } from '../../../domain/verify/human-edits.js';
import { gone, type Verification } from '../../../domain/verify/verification.js';
import { destinationsOf, isClaimed } from '../../../store/crosswalk.js';
import type { OpenDraft } from '../../../store/drafts.js';
import { withoutHumanEdits } from '../../../store/human-edits.js';
import { loadState } from '../../../store/load-states.js';
import { inPlace, recordFailureAsIssue } from '../engine/each-draft.js';
import { forEachConcurrently } from '../engine/for-each-concurrently.js';
import { type KeptEdits, keptEdits } from '../engine/kept-edits.js';
import type { LoadEntry } from '../engine/load-journal.js';
import { type Loading, toReadBack } from '../engine/loading.js';
import { RecordFailure } from '../engine/record-failure.js';
import { unlessGone, writeOnce } from '../engine/write-once.js';
import { localesOf } from './help-locales.js';

const batchSize = 50;

/** Categories: from the top of the tree down, siblings in their order. */
export async function loadCollections(context: Loading): Promise<void> {
  await inPlace(context, 'CATEGORY', (draft, open) => loadCollection(context, draft, open));
  await readBackCollections(context);
}

/** Reads those back that were found different: a person may have put them right. */
export async function readBackCollections(context: Loading): Promise<void> {
  for (let after = ''; ; ) {
    const batch = await toReadBack(context, 'CATEGORY', after, batchSize);
    if (batch.length === 0) return;
    await forEachConcurrently(context, batch, ({ sourceId, body, destinationId }) =>
      recordFailureAsIssue(context, { type: 'CATEGORY', sourceId, weight: 0, destinationId }, async () => {
        const draft = JSON.parse(body) as CategoryDraft;
        const view = await context.destination.collection(destinationId);
        const found = view ? compare(draft, (await fieldsOf(context, draft)).fields, view) : gone;
        await context.journal.commit(await readBack(context, sourceId, destinationId, found));
      }),
    );
    after = batch.at(-1)!.sourceId;
  }
}

async function readBack(
  context: Loading,
  sourceId: string,
  destinationId: string,
  verification: Verification,
  issues: readonly NewIssue[] = [],
): Promise<LoadEntry> {
  const covers = [{ recordType: 'CATEGORY' as const, sourceIds: [sourceId] }];
  const record = { recordType: 'CATEGORY' as const, sourceId, destinationId, ...verification, covers };
  const [judged] = await context.work.transaction(tx => withoutHumanEdits(tx, context.scope, [record]));
  return {
    verifications: [judged!],
    issues: [...issues, ...differencesAsIssues(context.scope.environment, 'CATEGORY', sourceId, judged!)],
  };
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
  let standing: CollectionView | null = null;
  const edits = await keptEdits(context, 'CATEGORY', open, async id => {
    standing = await destination.collection(id);
    return standing && compare(draft, fields, standing);
  });
  const sent = besideEdits(fields, standing, edits);
  await journal.commit({ intents: [intent] });
  const view = await writeOnce(
    context,
    intent,
    () => unlessGone(known, id => destination.saveCollection(id, sent)),
    async () => (known && (await destination.collection(known)) ? undefined : findCollection(context, fields)),
  );
  const verification = compare(draft, fields, (await destination.collection(view.id)) ?? view);
  await journal.commit({
    settled: [intent],
    crosswalk: [crosswalkEntry(['CATEGORY', sourceId], ['COLLECTION', view.id], { destinationUrl: view.url })],
    states: [loadState('CATEGORY', sourceId, 'DONE', { destinationId: view.id, digest: open.digest })],
    ...(await readBack(context, sourceId, view.id, verification, issues)),
    weight: open.weight,
  });
}

/** A collection is written whole: what people have changed is sent as it stands. */
function besideEdits(fields: CollectionFields, standing: CollectionView | null, edits: KeptEdits): CollectionFields {
  if (!standing || edits.size === 0) return fields;
  return {
    name: edits.has('name') ? standing.name : fields.name,
    description: edits.has('description') ? standing.description : fields.description,
    parentId: edits.has('parentId') ? standing.parentId : fields.parentId,
    translations: edits.has('translations') ? standing.translations : fields.translations,
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
    'See to that category; the next run makes this one.',
  );
}

/** The youngest of this name and place that no record is known by: ours, whose answer was lost. */
async function findCollection(context: Loading, { name, parentId }: CollectionFields): Promise<CollectionView | undefined> {
  let found: CollectionView | undefined;
  for await (const view of context.destination.collections()) {
    if (view.name !== name || view.parentId !== parentId) continue;
    if (view.createdAt < Math.max(context.notBefore, found?.createdAt ?? 0)) continue;
    if (!(await context.work.transaction(tx => isClaimed(tx, context.scope, 'COLLECTION', view.id)))) found = view;
  }
  return found;
}

function compare({ losses, fields: mapped }: CategoryDraft, wanted: CollectionFields, found: CollectionView): Verification {
  const read: NonNullable<Verification['read']> = {};
  const verification: Verification = { outcomes: {}, differences: [], read };
  const judge = (field: string, expected: string | null, actual: string | null) => {
    read[field] = { fields: [field], digest: digestOfValue(actual) };
    const outcome = expected !== actual ? 'different' : losses.some(loss => loss.field === field) ? 'lossy' : 'equal';
    verification.outcomes[field] = { [outcome]: 1 };
    if (outcome === 'different') verification.differences.push({ field, expected, actual });
  };
  judge('name', wanted.name, found.name);
  if (mapped.description) judge('description', wanted.description, found.description);
  if (mapped.parentId) judge('parentId', wanted.parentId, found.parentId);
  const names = (view: CollectionFields) =>
    Object.keys(wanted.translations)
      .sort()
      .map(locale => `${locale}: ${ownEntry(view.translations, locale)?.name ?? ''}`)
      .join(', ');
  if (mapped.translations) judge('translations', names(wanted), names(found));
  return verification;
}
