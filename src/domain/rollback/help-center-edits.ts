import type { ArticleDraft, CategoryDraft } from '../drafts/drafts.js';
import type { ArticleView, CollectionView } from '../model/help-center.js';
import { renderedArticle } from '../text/article-html.js';
import { readText } from '../text/html-text.js';

/** Only words are compared: the destination changes the addresses of images and links. */
const words = (html: string) => readText(renderedArticle(html, { image: () => '', article: () => null })).replace(/\s+/g, ' ');

const shown = (html: string) => readText(html).replace(/\s+/g, ' ');

/** Whether a person has changed an article since it was loaded: every version of it must be one that was sent. */
export function isEditedArticle({ isInternal, contents }: ArticleDraft, { main, translations }: ArticleView): boolean {
  if (isInternal) {
    const all = contents.map(({ html }) => words(html));
    return main.title !== contents[0]?.title || !all.every(text => shown(main.html).includes(text));
  }
  const sent = contents.map(({ title, html, published }) => ({ title, text: words(html), published }));
  return [main, ...Object.values(translations)].some(
    ({ title, html, published }) =>
      !sent.some(each => each.title === title && each.text === shown(html) && each.published === published),
  );
}

export function isEditedCollection({ name, description, translations }: CategoryDraft, view: CollectionView): boolean {
  const sent = [{ name, description }, ...translations];
  const isSent = (found: { name: string; description: string | null }) =>
    sent.some(each => each.name === found.name && (each.description ?? '') === (found.description ?? ''));
  return ![view, ...Object.values(view.translations)].every(isSent);
}
