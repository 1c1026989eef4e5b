import type { ArticleDraft } from '../../../domain/drafts/drafts.js';
import type { CollectionView } from '../../../domain/model/help-center.js';
import { articleDigest, collectionDigest } from '../../../domain/rollback/digest.js';
import { isEditedArticle, isEditedCollection } from '../../../domain/rollback/help-center-edits.js';
import { type PlannedObject, places } from '../../../domain/rollback/plan.js';
import type { Reason } from '../../../domain/rollback/reasons.js';
import { destinationsOf } from '../../../store/crosswalk.js';
import { idsOfLoaded, loadedObjects, sentRecords } from '../../../store/loaded-objects.js';
import { idsOfType } from '../../../store/rollback-objects.js';
import { type Candidate, type Planning, planEach, rowOf, uncheckable } from './planning.js';

/** One more than the levels that collections can have. */
const maxDepth = 9;
const batchSize = 100;

/** Plans articles, with the redirects that lead to them. */
export function planArticles(context: Planning): Promise<void> {
  return planEach(
    context,
    'ARTICLE',
    'ARTICLE',
    batch => {
      const categories = batch.flatMap(({ sent }) => (sent ? ((JSON.parse(sent.body) as ArticleDraft).category ?? []) : []));
      return context.work.transaction(tx => destinationsOf(tx, context.scope, 'CATEGORY', 'COLLECTION', categories));
    },
    (candidate, parents) => planArticle(context, candidate, parents),
  );
}

async function planArticle(
  context: Planning,
  candidate: Candidate,
  parents: ReadonlyMap<string, string>,
): Promise<PlannedObject> {
  const { destinationId, sent } = candidate;
  const about = { destinationType: 'ARTICLE' as const, place: places.articles };
  const draft = sent && (JSON.parse(sent.body) as ArticleDraft);
  const isInternal = draft?.isInternal ?? false;
  const view = await context.destination.article(destinationId, isInternal);
  const change = { isInternal, redirects: draft?.contents.flatMap(({ url }) => url ?? []) ?? [] };
  if (!view) return rowOf(candidate, { ...about, action: 'DELETE', reason: 'GONE', change });
  const label = view.main.title;
  const parent = parents.get(draft?.category ?? '');
  const isMoved = !isInternal && parent !== undefined && !view.parentIds.includes(parent);
  const reason = uncheckable(sent) ?? (isMoved || isEditedArticle(draft!, view) ? 'EDITED' : null);
  if (reason) return rowOf(candidate, { ...about, action: 'KEEP', reason, label });
  return rowOf(candidate, { ...about, action: 'DELETE', reason: 'CREATED', label, digest: articleDigest(view), change });
}

/** Plans collections, from the bottom of their tree up. A collection stays if something in it stays. */
export async function planCollections(context: Planning): Promise<void> {
  let tree: Promise<Tree> | undefined;
  await planEach(
    context,
    'COLLECTION',
    'CATEGORY',
    () => {
      tree ??= treeOf(context);
      return tree;
    },
    async (candidate, { views, reasons, depthOf }) => {
      const { destinationId } = candidate;
      const view = views.get(destinationId);
      const place = places.collections + maxDepth - depthOf(destinationId);
      const about = { destinationType: 'COLLECTION' as const, place };
      if (!view) return rowOf(candidate, { ...about, action: 'DELETE', reason: 'GONE' });
      const reason = reasons.get(destinationId);
      if (reason) return rowOf(candidate, { ...about, action: 'KEEP', reason, label: view.name });
      const digest = collectionDigest(view);
      return rowOf(candidate, { ...about, action: 'DELETE', reason: 'CREATED', label: view.name, digest });
    },
  );
}

interface Tree {
  views: ReadonlyMap<string, CollectionView>;
  /** Why a collection must stay. */
  reasons: ReadonlyMap<string, Reason>;
  depthOf(id: string): number;
}

async function treeOf(context: Planning): Promise<Tree> {
  const { destination, work, scope } = context;
  const views = new Map<string, CollectionView>();
  for await (const view of destination.collections()) views.set(view.id, view);
  const deleted = new Set(await work.transaction(tx => idsOfType(tx, work.lease.runId, 'ARTICLE')));
  const articles = await work.transaction(tx => idsOfLoaded(tx, scope, 'ARTICLE'));
  const reasons = await editedCollections(context, views);
  const hold = (id: string | null, reason: Reason) => {
    for (let at = id; at !== null; at = views.get(at)?.parentId ?? null) if (!reasons.has(at)) reasons.set(at, reason);
  };
  for (const id of [...reasons.keys()]) hold(views.get(id)?.parentId ?? null, 'OF_A_KEPT_ARTICLE');
  for await (const { id, parentIds } of destination.articles(false))
    if (!deleted.has(id)) for (const parent of parentIds) hold(parent, articles.has(id) ? 'OF_A_KEPT_ARTICLE' : 'HOLDS_OTHERS');
  const ours = await work.transaction(tx => idsOfLoaded(tx, scope, 'COLLECTION'));
  for (const { id, parentId } of views.values()) if (!ours.has(id)) hold(parentId, 'HOLDS_OTHERS');
  const depthOf = (id: string): number => {
    const parent = views.get(id)?.parentId ?? null;
    return parent === null ? 0 : Math.min(maxDepth, 1 + depthOf(parent));
  };
  return { views, reasons, depthOf };
}

/** Collections that people have changed, or for which this is unknown. */
async function editedCollections(
  { work, scope }: Planning,
  views: ReadonlyMap<string, CollectionView>,
): Promise<Map<string, Reason>> {
  const reasons = new Map<string, Reason>();
  for (let after = ''; ; ) {
    const batch = await work.transaction(tx => loadedObjects(tx, scope, 'COLLECTION', ['CATEGORY'], after, batchSize));
    if (batch.length === 0) return reasons;
    const ids = batch.flatMap(({ sourceIds }) => sourceIds);
    const sent = await work.transaction(tx => sentRecords(tx, scope, 'CATEGORY', ids));
    for (const { destinationId, sourceIds } of batch) {
      const view = views.get(destinationId);
      const record = sourceIds.map(id => sent.get(id)).find(each => each !== undefined) ?? null;
      const reason = view && (uncheckable(record) ?? (isEditedCollection(JSON.parse(record!.body), view) ? 'EDITED' : null));
      if (reason) reasons.set(destinationId, reason);
    }
    after = batch.at(-1)!.destinationId;
  }
}
