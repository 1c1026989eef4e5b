import type { ArticleDraft } from '../drafts/drafts.js';
import type { ArticleContentFields, ArticleFields, ArticleView } from '../model/help-center.js';
import { ownEntry } from '../model/own-entry.js';
import { addressesIn } from '../text/html/addresses-in.js';
import { readText } from '../text/html-text.js';
import { digestOfValue } from './human-edits.js';
import { imageDigestOf } from './image-digest.js';
import type { FieldOutcome, Verification } from './verification.js';

/**
 * Compares an article as it was sent with what was read back: texts, links and the number of images. The destination may change
 * markup.
 */
export function compareArticle(
  { losses, fields }: ArticleDraft,
  wanted: ArticleFields,
  found: ArticleView,
  missingLanguages: readonly string[],
): Verification {
  const read: NonNullable<Verification['read']> = {};
  const rules: Record<string, string> = {};
  const verification: Verification = { outcomes: {}, differences: [], read, rules, imageDigest: imageDigestOf(found) };
  const note = (target: string, fields: string[], value: unknown) => {
    read[target] = { fields, digest: digestOfValue(value) };
  };
  const count = (field: string, outcome: FieldOutcome, expected: string, actual: string) => {
    const counts = verification.outcomes[field] ?? {};
    verification.outcomes[field] = { ...counts, [outcome]: (counts[outcome] ?? 0) + 1 };
    if (outcome === 'different')
      verification.differences.push({ field, expected: expected.slice(0, 300), actual: actual.slice(0, 300) });
  };
  const judge = (field: string, expected: string, actual: string, isLossy = false) =>
    count(field, expected === actual ? (isLossy ? 'lossy' : 'equal') : 'different', expected, actual);
  const content = (field: (name: string) => string, a: ArticleContentFields, b: ArticleContentFields | undefined) => {
    judge(field('title'), a.title, b?.title ?? '');
    note(field('title'), [field('title')], b?.title ?? '');
    note(field('html'), ['html', 'links', 'images', 'frames'].map(field), b?.html ?? '');
    note(field('status'), [field('status')], b?.published ?? '');
    const loss = losses.find(each => each.field === 'html');
    const [text, there] = [readText(a.html), readText(b?.html ?? '')];
    const outcome = text !== there ? 'different' : loss ? 'lossy' : a.html === b?.html ? 'equal' : 'normalised';
    if (outcome === 'lossy') rules[field('html')] = loss!.code;
    if (outcome === 'normalised') rules[field('html')] = 'MARKUP';
    count(field('html'), outcome, text, there);
    const [sent, kept] = [addressesIn(a.html), addressesIn(b?.html ?? '')];
    judge(field('links'), sent.links.join(' '), kept.links.join(' '));
    judge(field('images'), String(sent.images), String(kept.images));
    judge(field('frames'), String(sent.frames), String(kept.frames));
    if (!wanted.isInternal && fields.status) judge(field('status'), String(a.published), String(b?.published ?? ''));
  };
  content(name => name, wanted.main, found.main);
  for (const [locale, each] of Object.entries(wanted.translations))
    content(name => `translations.${name}`, each, ownEntry(found.translations, locale));
  if (missingLanguages.length > 0) {
    rules.translations = 'LOCALE_NOT_ENABLED';
    count('translations', 'lossy', '', '');
  }
  note('authorId', ['authorId'], found.authorId);
  if (fields.authorId) judge('authorId', wanted.authorId, found.authorId);
  if (wanted.parentId !== null) {
    const { parentId } = wanted;
    const isThere = found.parentIds.includes(parentId);
    read.categoryId = {
      fields: ['categoryId'],
      digest: '',
      present: isThere ? [parentId] : [],
      lacking: isThere ? [] : [parentId],
    };
    judge('categoryId', parentId, isThere ? parentId : found.parentIds.join(', '));
  }
  return verification;
}
