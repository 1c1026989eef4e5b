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
import { comparisons } from '../../../domain/verify/comparisons.js';
import { destinationsOf, isClaimed } from '../../../store/crosswalk.js';
import { draftsAfter, type OpenDraft, openDraft } from '../../../store/drafts.js';
import { eachDraftInOrder, recordFailureAsIssue } from '../engine/each-draft.js';
import { forEachConcurrently } from '../engine/for-each-concurrently.js';
import { keptEdits } from '../engine/kept-edits.js';
import { beforeOthers, type Loading, toReadBack } from '../engine/loading.js';
import { RecordFailure } from '../engine/record-failure.js';
import { unlessGone, writeAgain, writeOnce } from '../engine/write-once.js';
import { articleAddresses } from './article-addresses.js';
import { editsBefore, withEdits } from './edited-article.js';
import { localeIssue, versionsFor } from './help-locales.js';
import { asAccepted, refusalOf, withoutRefusedImages } from './refused-images.js';

const batchSize = 50;

/** Loads articles: first all of them without links to each other, because their addresses are unknown; then the links. */
export async function loadArticles(load: Loading): Promise<void> {
  const context = beforeOthers(load);
  await checkImages(context);
  let known: Promise<HelpLinks> | undefined;
  // An existing article keeps its links while it is changed.
  const linksNow = () => {
    known ??= articleAddresses(context);
    return known;
  };
  await eachDraftInOrder(context, 'ARTICLE', (draft, open) => loadArticle(context, draft, open, linksNow));
  await linkArticles(context);
}

/** @throws Blocked if the workspace cannot download images from us */
async function checkImages(context: Loading): Promise<void> {
  if (await context.publicFiles.areReachableFrom(context.destinationUrl)) return;
  for (let after = ''; ; ) {
    const batch = await context.work.transaction(tx => draftsAfter(tx, context.scope, 'ARTICLE', after, batchSize));
    if (batch.length === 0) return;
    const shown = batch.find(({ body }) => (JSON.parse(body) as ArticleDraft).images.length > 0);
    if (shown)
      throw new Blocked({
        code: 'PUBLIC_URL_UNREACHABLE',
        message: `Intercom downloads the images of articles from PUBLIC_URL, and ${context.publicFiles.base} is a private address. Set PUBLIC_URL to an address that Intercom can reach. Then resume the run.`,
      });
    after = batch.at(-1)!.sourceId;
  }
}

interface Planned {
  fields: ArticleFields;
  issues: NewIssue[];
  missing: string[];
}

/** @param urlOf null: links are added later */
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
    // Internal articles have one language. The others follow in the same text.
    const [own, ...others] = rendered;
    const html = [
      own!.html,
      ...others.map(each => `<hr><h2>${escapeText(`${each.title} (${each.language})`)}</h2>${each.html}`),
    ].join('');
    const main = { title: own!.title, html, published: own!.published };
    return { fields: { isInternal: true, authorId, parentId: null, main, translations: {} }, issues: [], missing: [] };
  }
  const { main, others, issues, missing } = await versionsFor(context, rendered, (locale, isRepeated) =>
    localeIssue('ARTICLE', draft.sourceId, locale, isRepeated),
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
  // The source does not have the category: the article has no collection.
  if (!(await context.work.transaction(tx => openDraft(tx, context.scope, 'CATEGORY', category)))) return null;
  throw new RecordFailure(
    'PARENT_NOT_LOADED',
    `Its category ${category} was not loaded.`,
    'Fix the category. The next run loads the article.',
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
  let existing: ArticleView | null = null;
  const edits = await keptEdits(context, 'ARTICLE', open, async id => {
    existing = await destination.article(id, draft.isInternal);
    const wanted = await plan(context, draft, urlOf);
    return existing && comparisons.ARTICLE(draft, wanted.fields, existing, wanted.missing);
  });
  await journal.commit({ intents: [intent] });
  const { saved, sent, reason } = await withoutRefusedImages(draft, async tried => {
    const { fields: planned, issues } = await plan(context, tried, urlOf);
    const fields = withEdits(planned, existing, edits);
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

/** The newest article with this title, author and collection that belongs to no record: ours, whose answer was lost. */
async function findArticle(
  context: Loading,
  { isInternal, main, authorId, parentId }: ArticleFields,
): Promise<ArticleView | undefined> {
  let found: ArticleView | undefined;
  for await (const view of context.destination.articles(isInternal)) {
    // Internal articles have no collection of ours. A public one of another collection belongs to another record.
    const isThere = parentId === null ? isInternal || view.parentIds.length === 0 : view.parentIds.includes(parentId);
    const isSame = view.main.title === main.title && view.authorId === authorId && isThere;
    if (!isSame || view.createdAt < Math.max(context.notBefore, found?.createdAt ?? 0)) continue;
    if (!(await context.work.transaction(tx => isClaimed(tx, context.scope, 'ARTICLE', view.id)))) found = view;
  }
  return found;
}

/** Sets links to the new addresses, reads each article back, and creates redirects from old addresses if possible. */
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

/** An article that differed is only read again: a person may have corrected it. */
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
    const existing = edits.size > 0 ? await context.destination.article(id, draft.isInternal) : null;
    await writeAgain(context, () => context.destination.saveArticle(id, withEdits(fields, existing, edits)));
  }
  const found = await context.readBack.article({ draft, fields, missingLanguages: missing, id });
  if (!found && context.readsBack) return context.journal.commit(await context.readBack.lost('ARTICLE', sourceId, id));
  if (!found)
    throw new RecordFailure('LOAD_FAILED', 'The article was deleted in Intercom.', 'Call repairRecords, or waive the issue.');
  // A sample does not hold every article: PRODUCTION says which links are broken.
  const broken = context.scope.environment === 'SANDBOX' ? [] : links.filter(link => urlOf(link.id, link.language) === null);
  await context.journal.commit({
    crosswalk: [articleEntry(draft, found.view)],
    verifications: found.outcome.verifications,
    issues: [
      ...found.outcome.issues,
      ...broken.map(link => unpublished(sourceId, link.id)),
      ...(await redirect(context, draft, id)),
    ],
  });
}

const unpublished = (sourceId: string, target: string): NewIssue => ({
  code: 'ARTICLE_LINK_BROKEN',
  severity: 'WARNING',
  recordType: 'ARTICLE',
  listing: listingOf('ARTICLE'),
  sourceId,
  about: `unpublished ${target}`,
  message: `It links to article ${target}, which has no address because it is a draft or internal. The words stay.`,
  hint: 'Add the link by hand when that article is published.',
});

/** Creates redirects for old addresses on the host of the help center. For other hosts their owner must do so. */
async function redirect(context: Loading, draft: ArticleDraft, articleId: string): Promise<NewIssue[]> {
  const center = await context.helpCenter();
  if (!center?.url || draft.isInternal || context.readsBack) return [];
  const issues: NewIssue[] = [];
  for (const { url, language, published } of draft.contents) {
    if (!url || !published || URL.parse(url)?.host !== URL.parse(center.url)?.host) continue;
    try {
      await writeAgain(context, () => context.destination.createRedirect(center.id, { from: url, locale: language, articleId }));
    } catch (error) {
      if (!(error instanceof CallFailure) || error.isTransient || error.kind === 'UNAUTHORIZED') throw error;
      // It already exists.
      if (error.details.status === 409) continue;
      issues.push({
        code: 'REDIRECT_REFUSED',
        severity: 'WARNING',
        recordType: 'ARTICLE',
        listing: listingOf('ARTICLE'),
        sourceId: draft.sourceId,
        about: url.slice(0, 300),
        message: `Its old address ${url} does not redirect to the new one: ${error.message}`,
        hint: 'Create the redirect by hand. The document articles.csv contains both addresses.',
      });
    }
  }
  return issues;
}
