import type { ArticleDraft, CategoryDraft, Loss } from '../../domain/drafts/drafts.js';
import type { IssueCode, NewIssue } from '../../domain/model/issue.js';
import { type Fields, isFilled, numberOf } from '../../domain/model/record-fields.js';
import type { RecordType } from '../../domain/model/record-type.js';
import { listingOf } from '../../domain/model/record-types.js';
import type { CategoryShape } from '../../domain/model/source-shapes.js';
import { type ArticleContext, type ArticleText, articleText } from '../../domain/text/article-html.js';
import { type HelpSite, helpSiteOf } from '../../domain/text/article-links.js';
import { storableText } from '../../domain/text/html-text.js';
import { articleImageFormats } from '../../domain/text/image-format.js';
import { articleOf, categoryOf } from '../../sources/shapes.js';
import { loadState, saveLoadStates } from '../../store/load-states.js';
import { type StoredFile, storedFiles } from '../../store/stored-files.js';
import { type CategoryPosition, categoryTree, topLevel } from './category-tree.js';
import { eventLoopYielder } from './event-loop-yielder.js';
import { cut, type TypeMapping, unixSeconds } from './field-values.js';
import { allBatches, batches, mappingOf, rowOf, save, type Transformation } from './transformation.js';

const maxLevels = 3;

const placeOf = ({ order }: { order: unknown }) => {
  const position = numberOf(order);
  return Number.isFinite(position) ? position : 0;
};

/** Cut to the length of a title. */
const short = (text: string) => cut(storableText(text));

const usesDefault = (value: string, defaultValue: string) => defaultValue !== '' && short(value) === '';
const defaulted = (field: string): Loss => ({ field, code: 'DEFAULTED', lossy: false });

const goes = (mapping: TypeMapping, path: string) => (mapping.get(path)?.action ?? 'IGNORE') !== 'IGNORE';

const issue = (
  recordType: RecordType,
  code: IssueCode,
  sourceId: string,
  about: string,
  message: string,
  hint: string,
): NewIssue => ({
  code,
  severity: 'WARNING',
  recordType,
  listing: listingOf(recordType),
  sourceId,
  about: about.slice(0, 300),
  message,
  hint,
});

/** Drafts categories as the same tree. Deeper levels are moved to the third level, and circles are cut. */
export async function transformCategories(context: Transformation): Promise<void> {
  const mapping = mappingOf(context, 'CATEGORY');
  const all = new Map<string, { record: Fields; category: CategoryShape }>();
  for await (const records of batches(context, listingOf('CATEGORY')))
    for (const { sourceId, record } of records) all.set(sourceId, { record, category: categoryOf(record) });
  const defaultName = short(mapping.get('name')?.defaultValue ?? '');
  const parents = new Map([...all].map(([id, { category }]) => [id, category.parentId]));
  const tree = goes(mapping, 'parentId') ? categoryTree(parents, maxLevels - 1) : null;
  const issues: NewIssue[] = [];
  const drafts = [...all].map(([sourceId, { record, category }]): CategoryDraft => {
    const position = tree?.get(sourceId) ?? topLevel;
    issues.push(...positionIssues(sourceId, category, position));
    const translations = goes(mapping, 'translations') ? translationsOf(category) : [];
    return {
      sourceId,
      parent: position.path.at(-1) ?? null,
      level: position.path.length,
      place: placeOf(category),
      name: short(category.name) || defaultName || `Category ${sourceId}`,
      description: goes(mapping, 'description') ? storableText(category.description) || null : null,
      translations: translations.map(each => ({
        language: each.language,
        name: short(each.name) || short(category.name),
        description: storableText(each.description) || null,
      })),
      attributes: {},
      tags: [],
      fields: Object.fromEntries(
        ['name', 'description', 'parentId', 'translations']
          .filter(path => goes(mapping, path) && isFilled(record[path]))
          .map(path => [path, path === 'parentId' ? 'parent_id' : path]),
      ),
      note: null,
      losses: [...lossesOf(position), ...(usesDefault(category.name, defaultName) ? [defaulted('name')] : [])],
    };
  });
  await save(
    context,
    'CATEGORY',
    drafts.map(draft => rowOf(draft, 1)),
    issues,
  );
}

const isFolded = ({ depth }: CategoryPosition) => depth >= maxLevels;

function lossesOf(position: CategoryPosition): Loss[] {
  const code =
    position.link === 'CUT' ? 'CIRCLE_CUT' : position.link === 'GONE' ? 'PARENT_GONE' : isFolded(position) ? 'FOLDED' : null;
  return code === null ? [] : [{ field: 'parentId', code, lossy: true }];
}

/** A missing parent was already reported by the extraction. */
function positionIssues(sourceId: string, { parentId }: CategoryShape, position: CategoryPosition): NewIssue[] {
  const hint = 'Change the tree by hand in Intercom, if it matters.';
  if (position.link === 'CUT') {
    const message = `Its parent, category ${parentId}, is also below it. This circle is cut here: it becomes a top-level collection.`;
    return [issue('CATEGORY', 'CATEGORY_CIRCLE', sourceId, '', message, hint)];
  }
  if (!isFolded(position)) return [];
  const message = `It is ${position.depth + 1} levels deep, and collections nest at most ${maxLevels} levels. It moves to the third level.`;
  return [issue('CATEGORY', 'CATEGORY_FOLDED', sourceId, '', message, hint)];
}

const translationsOf = <T extends { language: string }>({ translations }: { translations: readonly T[] }): T[] =>
  translations.filter(({ language }) => language !== '');

/** Drafts articles with their translations. Images and links stay symbolic until their addresses are known. */
export async function transformArticles(context: Transformation): Promise<void> {
  const articles = new Set<string>();
  const sites = new Map<string, HelpSite>();
  // Also articles outside of the sample: a link to one of them is not broken.
  for await (const records of allBatches(context, listingOf('ARTICLE'))) {
    for (const { sourceId, record } of records) {
      articles.add(sourceId);
      const article = articleOf(record);
      for (const { url } of [article, ...translationsOf(article)]) {
        const site = helpSiteOf(url);
        if (site) sites.set(site.host + site.path, site);
      }
    }
  }
  const about = { articles, sites: [...sites.values()], yieldToEventLoop: eventLoopYielder() };
  for await (const records of batches(context, listingOf('ARTICLE'))) {
    const issues: NewIssue[] = [];
    const refused = new Set<string>();
    const drafts: ArticleDraft[] = [];
    for (const { sourceId, record } of records)
      drafts.push(await draftArticle(context, sourceId, record, { ...about, issues, refused }));
    await save(
      context,
      'ARTICLE',
      drafts.map(draft => rowOf(draft, 2)),
      issues,
    );
    await context.work.fencedTransaction(tx =>
      saveLoadStates(
        tx,
        context.scope,
        [...refused].map(sourceId => loadState('ATTACHMENT', sourceId, 'SKIPPED', { code: 'ARTICLE_IMAGE_REMOVED' })),
      ),
    );
  }
}

interface HelpCenter {
  articles: ReadonlySet<string>;
  sites: readonly HelpSite[];
  issues: NewIssue[];
  /** Stored files in a format that articles do not support. */
  refused: Set<string>;
  yieldToEventLoop(): Promise<void>;
}

async function draftArticle(context: Transformation, sourceId: string, record: Fields, help: HelpCenter): Promise<ArticleDraft> {
  const mapping = mappingOf(context, 'ARTICLE');
  const article = articleOf(record);
  const language = article.language || 'tr';
  const versions = [{ ...article, language }, ...(goes(mapping, 'translations') ? translationsOf(article) : [])];
  const defaultTitle = short(mapping.get('title')?.defaultValue ?? '');
  const losses: Loss[] = usesDefault(article.title, defaultTitle) ? [defaulted('title')] : [];
  const images = new Map<string, StoredFile>();
  const contents: ArticleDraft['contents'] = [];
  for (const version of versions) {
    await help.yieldToEventLoop();
    const page = { url: version.url || article.url, language: version.language };
    const text = await textOfVersion(context, goes(mapping, 'html') ? version.html : '', page, help, images);
    reportLosses(sourceId, page.language, text, help.issues, losses);
    contents.push({
      language: page.language,
      title: short(version.title) || short(article.title) || defaultTitle || `Article ${sourceId}`,
      html: text.html,
      published: (version.status ?? article.status) === 'published',
      url: version.url || null,
    });
  }
  const { authorId: author, categoryId: category } = article;
  return {
    sourceId,
    place: placeOf(article),
    isInternal: goes(mapping, 'isInternal') && article.isInternal,
    author: goes(mapping, 'authorId') && context.lookups.users.has(author) ? author : null,
    category: goes(mapping, 'categoryId') && category !== '' ? category : null,
    contents,
    images: [...images.values()].map(({ sourceId: id, sha256, contentType }) => ({ id, sha256: sha256!, contentType })),
    createdAt: unixSeconds(article.createdDate, context.lookups.timeZone),
    attributes: {},
    tags: [],
    fields: Object.fromEntries(
      ['title', 'html', 'status', 'authorId', 'categoryId', 'isInternal', 'language', 'translations']
        .filter(path => goes(mapping, path) && isFilled(record[path]))
        .map(path => [path, path]),
    ),
    note: null,
    losses,
  };
}

async function textOfVersion(
  context: Transformation,
  html: string,
  { url, language }: { url: string; language: string },
  { articles, sites, refused }: HelpCenter,
  images: Map<string, StoredFile>,
) {
  const apiHosts = context.lookups.sourceHosts;
  const shown: ArticleContext = { url, language, sites, apiHosts, articles, isShown: () => true };
  const files = await context.work.transaction(tx => storedFiles(tx, context.scope.projectId, articleText(html, shown).images));
  const isShown = (id: string) => {
    const file = files.get(id);
    if (file?.state !== 'STORED') return false;
    if (articleImageFormats.has(file.contentType)) return true;
    refused.add(id);
    return false;
  };
  const text = articleText(html, { ...shown, isShown });
  for (const id of text.images) images.set(id, files.get(id)!);
  return text;
}

function reportLosses(
  sourceId: string,
  language: string,
  { removedImages, brokenLinks, left, hidden }: ArticleText,
  issues: NewIssue[],
  losses: Loss[],
): void {
  for (const src of removedImages) {
    losses.push({ field: 'html', code: 'IMAGE_REMOVED', lossy: true });
    const message = `The image ${src} of the text in ${language} is left out. It is not available, or is not a PNG, JPEG, GIF or SVG.`;
    issues.push(
      issue('ARTICLE', 'ARTICLE_IMAGE_REMOVED', sourceId, `${language} ${src}`, message, 'Add it by hand in Intercom.'),
    );
  }
  for (const what of new Set(left)) {
    losses.push({ field: 'html', code: 'CONTENT_REMOVED', lossy: true });
    const message = `The text in ${language} contains something that an article cannot show: ${what}. Its words stay.`;
    const hint = 'Add it by hand in Intercom.';
    issues.push(issue('ARTICLE', 'CONTENT_REMOVED', sourceId, `${language} ${what}`, message, hint));
  }
  for (const words of new Set(hidden)) {
    losses.push({ field: 'html', code: 'CONTENT_REMOVED', lossy: true });
    const message = `The text in ${language} contains hidden content, which is left out: ${words}`;
    const hint = 'If readers can open it at the source, for example in an accordion, add it by hand in Intercom.';
    issues.push(issue('ARTICLE', 'CONTENT_REMOVED', sourceId, `${language} ${words}`, message, hint));
  }
  for (const href of brokenLinks) {
    const message = `A link of the text in ${language} has a target that the account does not have: ${href}. Its words stay.`;
    issues.push(
      issue(
        'ARTICLE',
        'ARTICLE_LINK_BROKEN',
        sourceId,
        `${language} ${href}`,
        message,
        'Add the link by hand in Intercom, if there is a target.',
      ),
    );
  }
}
