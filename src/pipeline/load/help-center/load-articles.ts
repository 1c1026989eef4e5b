import { escapeText } from 'entities';
import type { ArticleDraft } from '../../../domain/drafts/drafts.js';
import { Blocked } from '../../../domain/model/blocked.js';
import { crosswalkEntry } from '../../../domain/model/crosswalk.js';
import type { ArticleFields, ArticleView } from '../../../domain/model/help-center.js';
import type { NewIssue } from '../../../domain/model/issue.js';
import { listingOf } from '../../../domain/model/record-types.js';
import { CallFailure } from '../../../domain/ports/call-failure.js';
import { linkedArticles, renderedArticle } from '../../../domain/text/article-html.js';
import type { HelpLinks } from '../../../domain/text/help-links.js';
import { compareArticle } from '../../../domain/verify/compare-article.js';
import { differencesAsIssues } from '../../../domain/verify/differences-as-issues.js';
import { gone } from '../../../domain/verify/verification.js';
import { destinationsOf, isClaimed } from '../../../store/crosswalk.js';
import { draftsAfter, type OpenDraft, openDraft } from '../../../store/drafts.js';
import { withoutHumanEdits } from '../../../store/human-edits.js';
import { inPlace, recordFailureAsIssue } from '../engine/each-draft.js';
import { forEachConcurrently } from '../engine/for-each-concurrently.js';
import { keptEdits } from '../engine/kept-edits.js';
import type { LoadEntry } from '../engine/load-journal.js';
import { type Loading, toReadBack } from '../engine/loading.js';
import { RecordFailure } from '../engine/record-failure.js';
import { unlessGone, writeAgain, writeOnce } from '../engine/write-once.js';
import { articleAddresses } from './article-addresses.js';
import { besideEdits, editsBefore } from './edited-article.js';
import { helpCenterOf, localeIssue, versionsFor } from './help-locales.js';
import { asAccepted, refusalOf, withoutRefusedImages } from './refused-images.js';

const batchSize = 50;

/** Articles: first all of them, without links among themselves, whose addresses nobody knows yet; then the links. */
export async function loadArticles(context: Loading): Promise<void> {
  await checkImages(context);
  let known: Promise<HelpLinks> | undefined;
  // One that is there already keeps its links while it is changed.
  const linksNow = () => {
    known ??= articleAddresses(context);
    return known;
  };
  await inPlace(context, 'ARTICLE', (draft, open) => loadArticle(context, draft, open, linksNow));
  await linkArticles(context);
}

/** @throws Blocked where the workspace could not fetch a single image */
async function checkImages(context: Loading): Promise<void> {
  if (await context.publicFiles.areReachableFrom(context.destinationUrl)) return;
  for (let after = ''; ; ) {
    const batch = await context.work.transaction(tx => draftsAfter(tx, context.scope, 'ARTICLE', after, batchSize));
    if (batch.length === 0) return;
    const shown = batch.find(({ body }) => (JSON.parse(body) as ArticleDraft).images.length > 0);
    if (shown)
      throw new Blocked({
        code: 'PUBLIC_URL_UNREACHABLE',
        message: `Set PUBLIC_URL to an address that Intercom can reach: it fetches the images of articles from there, and ${context.publicFiles.base} is a private one. Then resume the run.`,
      });
    after = batch.at(-1)!.sourceId;
  }
}

interface Planned {
  fields: ArticleFields;
  issues: NewIssue[];
  missing: string[];
}

/** @param urlOf null: links are left for later */
async function plan(context: Loading, draft: ArticleDraft, urlOf: HelpLinks['urlOf'] | null): Promise<Planned> {
  const images = new Map(draft.images.map(each => [each.id, each]));
  const rendered = draft.contents.map(content => ({
    ...content,
    html: renderedArticle(content.html, {
      image: id => context.publicFiles.link(images.get(id)!),
      article: (id, language) => urlOf?.(id, language) ?? null,
    }),
  }));
  const parentId = await parentOf(context, draft);
  const authorId = draft.author === null ? context.refs.placeholderTeammate : context.refs.teammateOf(draft.author);
  if (draft.isInternal) {
    // Internal articles have one language: the others follow below.
    const [own, ...others] = rendered;
    const html = [
      own!.html,
      ...others.map(each => `<hr><h2>${escapeText(`${each.title} (${each.language})`)}</h2>${each.html}`),
    ].join('');
    const main = { title: own!.title, html, published: own!.published };
    return { fields: { isInternal: true, authorId, parentId: null, main, translations: {} }, issues: [], missing: [] };
  }
  const { main, others, issues, missing } = await versionsFor(context, rendered, (...told) =>
    localeIssue('ARTICLE', draft.sourceId, ...told),
  );
  const content = ({ title, html, published }: (typeof rendered)[number]) => ({ title, html, published });
  const translations = Object.fromEntries(others.map(each => [each.language, content(each)]));
  return { fields: { isInternal: false, authorId, parentId, main: content(main), translations }, issues, missing };
}

async function parentOf(context: Loading, { category }: ArticleDraft): Promise<string | null> {
  if (category === null) return null;
  const id = (await context.work.transaction(tx => destinationsOf(tx, context.scope, 'CATEGORY', 'COLLECTION', [category]))).get(
    category,
  );
  if (id) return id;
  // A category that the source does not have: the article stands alone.
  if (!(await context.work.transaction(tx => openDraft(tx, context.scope, 'CATEGORY', category)))) return null;
  throw new RecordFailure(
    'PARENT_NOT_LOADED',
    `Its category ${category} was not loaded.`,
    'See to the category; the next run makes the article.',
  );
}

async function loadArticle(
  context: Loading,
  draft: ArticleDraft,
  open: OpenDraft,
  linksNow: () => Promise<HelpLinks>,
): Promise<void> {
  const { destination, journal } = context;
  const { sourceId } = draft;
  const known = open.state?.destinationId ?? null;
  const intent = { recordType: 'ARTICLE' as const, sourceId, step: known ? 'update' : 'create' };
  const urlOf = known ? (await linksNow()).urlOf : null;
  let standing: ArticleView | null = null;
  const edits = await keptEdits(context, 'ARTICLE', open, async id => {
    standing = await destination.article(id, draft.isInternal);
    const wanted = await plan(context, draft, urlOf);
    return standing && compareArticle(draft, wanted.fields, standing, wanted.missing);
  });
  await journal.commit({ intents: [intent] });
  const { saved, sent, reason } = await withoutRefusedImages(draft, async tried => {
    const { fields: planned, issues } = await plan(context, tried, urlOf);
    const fields = besideEdits(planned, standing, edits);
    const view = await writeOnce(
      context,
      intent,
      () => unlessGone(known, id => destination.saveArticle(id, fields)),
      async () => (known && (await destination.article(known, draft.isInternal)) ? undefined : findArticle(context, fields)),
    );
    return { view, issues };
  });
  const { view, issues } = saved;
  const refusal = refusalOf(draft, sent, reason);
  const done = { recordType: 'ARTICLE' as const, sourceId, state: 'DONE' as const, destinationId: view.id };
  await journal.commit({
    settled: [intent],
    crosswalk: [articleEntry(draft, view), ...sent.images.map(({ id }) => imageEntry(id, view))],
    states: [{ ...done, digest: open.digest, code: null }, ...refusal.states],
    issues: [...issues, ...refusal.issues],
    weight: open.weight,
  });
}

const articleEntry = ({ sourceId }: ArticleDraft, { id, main }: ArticleView) =>
  crosswalkEntry(['ARTICLE', sourceId], ['ARTICLE', id], { destinationUrl: main.url });

const imageEntry = (sourceId: string, { id }: ArticleView) => crosswalkEntry(['ATTACHMENT', sourceId], ['ARTICLE', id]);

/** The youngest of this title, author and place that no record is known by: ours, whose answer was lost. */
async function findArticle(
  context: Loading,
  { isInternal, main, authorId, parentId }: ArticleFields,
): Promise<ArticleView | undefined> {
  let found: ArticleView | undefined;
  for await (const view of context.destination.articles(isInternal)) {
    const isSame =
      view.main.title === main.title && view.authorId === authorId && (parentId === null || view.parentIds.includes(parentId));
    if (!isSame || view.createdAt < Math.max(context.notBefore, found?.createdAt ?? 0)) continue;
    if (!(await context.work.transaction(tx => isClaimed(tx, context.scope, 'ARTICLE', view.id)))) found = view;
  }
  return found;
}

/** Leads links to where their articles are now, reads each article back, and has old addresses lead to new ones where that can be. */
export async function linkArticles(context: Loading): Promise<void> {
  const first = await toReadBack(context, 'ARTICLE', '', 1);
  if (first.length === 0) return;
  const { urlOf } = await articleAddresses(context);
  for (let after = ''; ; ) {
    const batch = await toReadBack(context, 'ARTICLE', after, batchSize);
    if (batch.length === 0) return;
    await forEachConcurrently(context, batch, ({ sourceId, body, destinationId, wasRead }) =>
      recordFailureAsIssue(context, { type: 'ARTICLE', sourceId, weight: 0, destinationId }, async () =>
        linkArticle(context, await asAccepted(context, JSON.parse(body) as ArticleDraft), { id: destinationId, wasRead }, urlOf),
      ),
    );
    after = batch.at(-1)!.sourceId;
  }
}

/** One that was read back and found different is only read again: a person may have put it right. */
async function linkArticle(
  context: Loading,
  draft: ArticleDraft,
  { id, wasRead }: { id: string; wasRead: boolean },
  urlOf: HelpLinks['urlOf'],
): Promise<void> {
  const { sourceId } = draft;
  const { fields, missing } = await plan(context, draft, urlOf);
  const links = draft.contents.flatMap(({ html }) => linkedArticles(html));
  if (!wasRead && links.some(link => urlOf(link.id, link.language) !== null)) {
    const edits = await editsBefore(context, sourceId);
    const standing = edits.size > 0 ? await context.destination.article(id, draft.isInternal) : null;
    await writeAgain(context, () => context.destination.saveArticle(id, besideEdits(fields, standing, edits)));
  }
  const view = await context.destination.article(id, draft.isInternal);
  if (!view && context.readsBack) return context.journal.commit(lost(context, sourceId, id));
  if (!view) throw new RecordFailure('LOAD_FAILED', 'The article was deleted in Intercom.', 'Call repairRecords, or waive it.');
  const compared = compareArticle(draft, fields, view, missing);
  const covers = [
    { recordType: 'ARTICLE' as const, sourceIds: [sourceId] },
    { recordType: 'ATTACHMENT' as const, sourceIds: draft.images.map(each => each.id) },
  ];
  const record = { recordType: 'ARTICLE' as const, sourceId, destinationId: id, ...compared, covers };
  const [verification] = await context.work.transaction(tx => withoutHumanEdits(tx, context.scope, [record]));
  const broken = links.filter(link => urlOf(link.id, link.language) === null);
  await context.journal.commit({
    crosswalk: [articleEntry(draft, view)],
    verifications: [verification!],
    issues: [
      ...differencesAsIssues(context.scope.environment, 'ARTICLE', sourceId, verification!),
      ...broken.map(link => unpublished(sourceId, link.id)),
      ...(await redirect(context, draft, id)),
    ],
  });
}

const lost = (context: Loading, sourceId: string, destinationId: string): LoadEntry => ({
  verifications: [{ recordType: 'ARTICLE', sourceId, destinationId, ...gone, covers: [] }],
  issues: differencesAsIssues(context.scope.environment, 'ARTICLE', sourceId, gone),
});

const unpublished = (sourceId: string, target: string): NewIssue => ({
  code: 'ARTICLE_LINK_BROKEN',
  severity: 'WARNING',
  recordType: 'ARTICLE',
  listing: listingOf('ARTICLE'),
  sourceId,
  about: `unpublished ${target}`,
  message: `It links to article ${target}, which has no address: it is a draft, or internal. The words stay.`,
  hint: 'Link it by hand once that article is published.',
});

/** Old addresses lead to the new ones where they lie in the address space of the help centre; elsewhere their owner must see to that. */
async function redirect(context: Loading, draft: ArticleDraft, articleId: string): Promise<NewIssue[]> {
  const center = await helpCenterOf(context);
  if (!center?.url || draft.isInternal || context.readsBack) return [];
  const issues: NewIssue[] = [];
  for (const { url, language, published } of draft.contents) {
    if (!url || !published || URL.parse(url)?.host !== URL.parse(center.url)?.host) continue;
    try {
      await writeAgain(context, () => context.destination.createRedirect(center.id, { from: url, locale: language, articleId }));
    } catch (error) {
      if (!(error instanceof CallFailure) || error.isTransient || error.kind === 'UNAUTHORIZED') throw error;
      // It is there already.
      if (error.details.status === 409) continue;
      issues.push({
        code: 'REDIRECT_REFUSED',
        severity: 'WARNING',
        recordType: 'ARTICLE',
        listing: listingOf('ARTICLE'),
        sourceId: draft.sourceId,
        about: url.slice(0, 300),
        message: `Its old address ${url} does not lead to the new one: ${error.message}`,
        hint: 'Make the redirect by hand; articles.csv among the documents holds both addresses.',
      });
    }
  }
  return issues;
}
