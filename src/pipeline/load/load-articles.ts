import { escapeText } from 'entities';
import type { ArticleDraft } from '../../domain/drafts/drafts.js';
import { Blocked } from '../../domain/model/blocked.js';
import type { ArticleFields, ArticleView } from '../../domain/model/help-center.js';
import type { NewIssue } from '../../domain/model/issue.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import { linkedArticles, renderedArticle } from '../../domain/text/article-html.js';
import type { HelpLinks } from '../../domain/text/help-links.js';
import { compareArticle } from '../../domain/verify/compare-article.js';
import { differencesAsIssues } from '../../domain/verify/differences-as-issues.js';
import { destinationsOf, isClaimed } from '../../store/crosswalk.js';
import { draftsAfter, type OpenDraft, openDraft, unverifiedDrafts } from '../../store/drafts.js';
import { articleAddresses } from './article-addresses.js';
import { inPlace, orTold } from './each-draft.js';
import { helpCenterOf, localeIssue, versionsFor } from './help-locales.js';
import type { Loading } from './loading.js';
import { RecordFailure } from './record-failure.js';
import { asAccepted, refusalOf, sparingImages } from './refused-images.js';
import { someAtOnce } from './some-at-once.js';
import { unlessGone, writeAgain, writeOnce } from './write-once.js';

const atOnce = 50;

/** Articles: first all of them, without links among themselves, whose addresses nobody knows yet; then the links. */
export async function loadArticles(x: Loading): Promise<void> {
  await checkImages(x);
  let known: Promise<HelpLinks> | undefined;
  // One that stands there already keeps its links while it is changed.
  const linksNow = () => {
    known ??= articleAddresses(x);
    return known;
  };
  await inPlace(x, 'ARTICLE', (draft, open) => loadArticle(x, draft, open, linksNow));
  await linkArticles(x);
}

/** @throws Blocked where the workspace could not fetch a single image */
async function checkImages(x: Loading): Promise<void> {
  if (await x.publicFiles.areReachableFrom(x.destinationUrl)) return;
  for (let after = ''; ; ) {
    const portion = await x.work.read(tx => draftsAfter(tx, x.scope, 'ARTICLE', after, atOnce));
    if (portion.length === 0) return;
    const shown = portion.find(({ body }) => (JSON.parse(body) as ArticleDraft).images.length > 0);
    if (shown)
      throw new Blocked({
        code: 'PUBLIC_URL_UNREACHABLE',
        message: `Set PUBLIC_URL to an address that Intercom can reach: it fetches the images of articles from there, and ${x.publicFiles.base} is a private one. Then resume the run.`,
      });
    after = portion.at(-1)!.sourceId;
  }
}

interface Planned {
  fields: ArticleFields;
  issues: NewIssue[];
  missing: string[];
}

/** @param urlOf null: links are left for later */
async function plan(x: Loading, draft: ArticleDraft, urlOf: HelpLinks['urlOf'] | null): Promise<Planned> {
  const images = new Map(draft.images.map(each => [each.id, each]));
  const rendered = draft.contents.map(content => ({
    ...content,
    html: renderedArticle(content.html, {
      image: id => x.publicFiles.link(images.get(id)!),
      article: (id, language) => urlOf?.(id, language) ?? null,
    }),
  }));
  const parentId = await parentOf(x, draft);
  const authorId = draft.author === null ? x.refs.placeholderTeammate : x.refs.teammateOf(draft.author);
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
  const { main, others, issues, missing } = await versionsFor(x, rendered, (...told) =>
    localeIssue('ARTICLE', draft.sourceId, ...told),
  );
  const content = ({ title, html, published }: (typeof rendered)[number]) => ({ title, html, published });
  const translations = Object.fromEntries(others.map(each => [each.language, content(each)]));
  return { fields: { isInternal: false, authorId, parentId, main: content(main), translations }, issues, missing };
}

async function parentOf(x: Loading, { category }: ArticleDraft): Promise<string | null> {
  if (category === null) return null;
  const id = (await x.work.read(tx => destinationsOf(tx, x.scope, 'CATEGORY', 'COLLECTION', [category]))).get(category);
  if (id) return id;
  // A category that the source does not have: the article stands alone.
  if (!(await x.work.read(tx => openDraft(tx, x.scope, 'CATEGORY', category)))) return null;
  throw new RecordFailure(
    'PARENT_NOT_LOADED',
    `Its category ${category} was not loaded.`,
    'See to the category; the next run makes the article.',
  );
}

async function loadArticle(x: Loading, draft: ArticleDraft, open: OpenDraft, linksNow: () => Promise<HelpLinks>): Promise<void> {
  const { destination, journal } = x;
  const { sourceId } = draft;
  const known = open.state?.destinationId ?? null;
  const intent = { recordType: 'ARTICLE' as const, sourceId, step: known ? 'update' : 'create' };
  await journal.commit({ intents: [intent] });
  const urlOf = known ? (await linksNow()).urlOf : null;
  const { saved, sent, reason } = await sparingImages(draft, async tried => {
    const { fields, issues } = await plan(x, tried, urlOf);
    const view = await writeOnce(
      x,
      intent,
      () => unlessGone(known, id => destination.saveArticle(id, fields)),
      async () => (known && (await destination.article(known, draft.isInternal)) ? undefined : findArticle(x, fields)),
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

const articleEntry = ({ sourceId }: ArticleDraft, { id, main }: ArticleView) => ({
  sourceType: 'ARTICLE' as const,
  sourceId,
  destinationType: 'ARTICLE' as const,
  destinationId: id,
  conversationId: null,
  destinationUrl: main.url,
  origin: 'CREATED' as const,
  preImage: null,
});

const imageEntry = (sourceId: string, { id }: ArticleView) => ({
  sourceType: 'ATTACHMENT' as const,
  sourceId,
  destinationType: 'ARTICLE' as const,
  destinationId: id,
  conversationId: null,
  origin: 'CREATED' as const,
  preImage: null,
});

/** The youngest of this title, author and place that no record is known by: ours, whose answer was lost. */
async function findArticle(
  x: Loading,
  { isInternal, main, authorId, parentId }: ArticleFields,
): Promise<ArticleView | undefined> {
  let found: ArticleView | undefined;
  for await (const view of x.destination.articles(isInternal)) {
    const isSame =
      view.main.title === main.title && view.authorId === authorId && (parentId === null || view.parentIds.includes(parentId));
    if (!isSame || view.createdAt < Math.max(x.notBefore, found?.createdAt ?? 0)) continue;
    if (!(await x.work.read(tx => isClaimed(tx, x.scope, 'ARTICLE', view.id)))) found = view;
  }
  return found;
}

/** Leads links to where their articles are now, reads each article back, and has old addresses lead to new ones where that can be. */
async function linkArticles(x: Loading): Promise<void> {
  const first = await x.work.read(tx => unverifiedDrafts(tx, x.scope, 'ARTICLE', '', 1));
  if (first.length === 0) return;
  const { urlOf } = await articleAddresses(x);
  for (let after = ''; ; ) {
    const portion = await x.work.read(tx => unverifiedDrafts(tx, x.scope, 'ARTICLE', after, atOnce));
    if (portion.length === 0) return;
    await someAtOnce(x, portion, ({ sourceId, body, destinationId, wasRead }) =>
      orTold(x, { type: 'ARTICLE', sourceId, weight: 0, destinationId }, async () =>
        linkArticle(x, await asAccepted(x, JSON.parse(body) as ArticleDraft), { id: destinationId, wasRead }, urlOf),
      ),
    );
    after = portion.at(-1)!.sourceId;
  }
}

/** One that was read back and found different is only read again: a person may have put it right. */
async function linkArticle(
  x: Loading,
  draft: ArticleDraft,
  { id, wasRead }: { id: string; wasRead: boolean },
  urlOf: HelpLinks['urlOf'],
): Promise<void> {
  const { sourceId } = draft;
  const { fields, missing } = await plan(x, draft, urlOf);
  const links = draft.contents.flatMap(({ html }) => linkedArticles(html));
  if (!wasRead && links.some(link => urlOf(link.id, link.language) !== null))
    await writeAgain(x, () => x.destination.saveArticle(id, fields));
  const view = await x.destination.article(id, draft.isInternal);
  if (!view) throw new RecordFailure('LOAD_FAILED', 'The article was deleted in Intercom.', 'Start the run again, or waive it.');
  const verification = compareArticle(draft, fields, view, missing);
  const broken = links.filter(link => urlOf(link.id, link.language) === null);
  await x.journal.commit({
    crosswalk: [articleEntry(draft, view)],
    verifications: [
      {
        recordType: 'ARTICLE',
        sourceId,
        destinationId: id,
        ...verification,
        covers: [
          { recordType: 'ARTICLE', sourceIds: [sourceId] },
          { recordType: 'ATTACHMENT', sourceIds: draft.images.map(each => each.id) },
        ],
      },
    ],
    issues: [
      ...differencesAsIssues(x.scope.environment, 'ARTICLE', sourceId, verification),
      ...broken.map(link => unpublished(sourceId, link.id)),
      ...(await redirect(x, draft, id)),
    ],
  });
}

const unpublished = (sourceId: string, target: string): NewIssue => ({
  code: 'ARTICLE_LINK_BROKEN',
  severity: 'WARNING',
  recordType: 'ARTICLE',
  listing: 'articles',
  sourceId,
  about: `unpublished ${target}`,
  message: `It links to article ${target}, which has no address: it is a draft, or internal. The words stay.`,
  hint: 'Link it by hand once that article is published.',
});

/** Old addresses lead to the new ones where they lie in the address space of the help centre; elsewhere their owner must see to that. */
async function redirect(x: Loading, draft: ArticleDraft, articleId: string): Promise<NewIssue[]> {
  const center = await helpCenterOf(x);
  if (!center?.url || draft.isInternal) return [];
  const issues: NewIssue[] = [];
  for (const { url, language, published } of draft.contents) {
    if (!url || !published || URL.parse(url)?.host !== URL.parse(center.url)?.host) continue;
    try {
      await writeAgain(x, () => x.destination.createRedirect(center.id, { from: url, locale: language, articleId }));
    } catch (error) {
      if (!(error instanceof CallFailure) || error.isTransient || error.kind === 'UNAUTHORIZED') throw error;
      // It is there already.
      if (error.details.status === 409) continue;
      issues.push({
        code: 'REDIRECT_REFUSED',
        severity: 'WARNING',
        recordType: 'ARTICLE',
        listing: 'articles',
        sourceId: draft.sourceId,
        about: url.slice(0, 300),
        message: `Its old address ${url} does not lead to the new one: ${error.message}`,
        hint: 'Make the redirect by hand; articles.csv among the documents holds both addresses.',
      });
    }
  }
  return issues;
}
