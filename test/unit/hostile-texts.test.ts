import { expect, test } from 'vitest';
import { articleText, renderedArticle } from '../../src/domain/text/article-html.js';
import { inlineFiles } from '../../src/domain/text/attachments.js';
import { relinkedHtml, relinkedPlain } from '../../src/domain/text/help-links.js';
import { plainText, plainToHtml, readText } from '../../src/domain/text/html-text.js';
import { imageFormat } from '../../src/domain/text/image-format.js';
import { messageHtml } from '../../src/domain/text/message-html.js';
import { growthOf, maxInProportion } from '../support/growth.js';

/** Texts that take more than linear time if a function searches back and forth in them. */
const hostile: [string, (size: number) => string][] = [
  ['spaces', n => `başlangıç${' '.repeat(n)}son`],
  ['spaces that do not break', n => `<p>${'&nbsp;'.repeat(n / 6)}son</p>`],
  ['line breaks among spaces', n => `x${' \n'.repeat(n / 2)}y`],
  ['elements that nobody closes', n => '<div>'.repeat(n / 5)],
  ['formatting that is taken up again', n => `<p><font size=1>x`.repeat(n / 16)],
  ['formatting of many kinds', n => Array.from({ length: n / 24 }, (_, at) => `<p><font color=c${at}>x</p>`).join('')],
  ['ends that nobody began', n => `${'<i>'.repeat(n / 8)}${'</b>'.repeat(n / 8)}`],
  ['text beside the cells of a table', n => `<table>${'<br>x'.repeat(n / 5)}`],
  ['beginnings', n => '<'.repeat(n)],
  ['beginnings of comments', n => '<!--'.repeat(n / 4)],
  ['comments', n => '<!---->'.repeat(n / 7)],
  ['tags without an end', n => '<a b '.repeat(n / 5)],
  ['elements that hold text without an end', n => '<title><textarea><script>'.repeat(n / 25)],
  ['addresses without an end', n => `https://infoset.help/ege/${'a/'.repeat(n / 4)}${'.;'.repeat(n / 4)}`],
  ['hosts without an end', n => `//${'a.'.repeat(n / 2)}`],
  ['tables in tables', n => '<table><tr><td>'.repeat(n / 15)],
  ['lists in lists', n => '<ul><li>'.repeat(n / 8)],
  ['a list of many items', n => `<ol>${'<li>x'.repeat(n / 5)}</ol>`],
  ['lines of code', n => `<pre>${'<div>x</div>'.repeat(n / 12)}</pre>`],
  ['drawings in drawings', n => '<svg><g>'.repeat(n / 8)],
  ['styles', n => `<p style="${'display:none;'.repeat(n / 13)}color:red">x</p>`],
  ['an image as text', n => `<img src="data:image/svg+xml,${'%20'.repeat(n / 3)}">`],
  ['links in a row', n => '<a href="sms:+90">x</a>'.repeat(n / 23)],
  ['ampersands', n => '&'.repeat(n)],
  ['comments that somebody typed', n => `<br>${'<!-- a -->'.repeat(n / 10)}`],
  ['scripts that somebody typed', n => `<br>${'<script>a</script>'.repeat(n / 18)}`],
  ['elements that begin again before their end', n => `${'<title>'.repeat(n / 7)}</title>`],
  ['what is visible in what is hidden', n => '<div style="visibility:hidden"><b style="visibility:visible">x</b>'.repeat(n / 66)],
  ['fractions in fractions', n => `${'<math><mfrac>'.repeat(n / 14)}</math>`],
  ['boxes that are cut off', n => '<div style="height:0;overflow:hidden"><img src=a>'.repeat(n / 48)],
  ['words in angle brackets', n => 'List<String> '.repeat(n / 13)],
];

const hosts = ['api.infoset.app'];
const links = { sites: [{ host: 'infoset.help', path: '/ege' }], urlOf: () => null };
const context = {
  url: 'https://infoset.help/ege/tr/articles/1-x',
  language: 'tr',
  sites: links.sites,
  apiHosts: hosts,
  articles: new Set<string>(),
  isShown: () => true,
};

/** Everything that a text of the source goes through. */
function process(text: string): void {
  for (const as of ['HTML', 'PLAIN', 'EITHER'] as const) {
    const { html } = messageHtml({ text, as }, { hosts });
    readText(html);
    relinkedHtml(html, links);
    plainText(html);
    inlineFiles({ text, as }, hosts);
  }
  const article = articleText(text, context).html;
  renderedArticle(article, { image: id => id, article: () => null });
  relinkedPlain(text, links);
  plainToHtml(text);
}

test.each(hostile)('the time is proportional to the length of the text: %s', { timeout: 300_000 }, (_, make) => {
  expect(growthOf(process, make)).toBeLessThan(maxInProportion);
});

test('quadratic work is distinguished from linear work', { timeout: 300_000 }, () => {
  const spaces = (size: number) => ' '.repeat(size);
  expect(growthOf(text => / +x/.test(text), spaces)).toBeGreaterThan(maxInProportion);
  expect(growthOf(text => readText(text), spaces)).toBeLessThan(maxInProportion);
});

test('an image is recognized by its beginning, after any number of comments', () => {
  const svg = (before: string) => imageFormat(Buffer.from(`${before}<svg xmlns="x"/>`));
  expect(svg('')).toBe('image/svg+xml');
  expect(svg(' <?xml version="1.0"?>\n<!-- a --><!DOCTYPE svg PUBLIC "x">')).toBe('image/svg+xml');
  expect(svg('<!---->'.repeat(70))).toBe('image/svg+xml');
  expect(imageFormat(Buffer.from('<!---->'.repeat(70)))).toBe(null);
  expect(imageFormat(Buffer.from('<svgx/>'))).toBe(null);
});
