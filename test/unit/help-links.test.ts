import { expect, test } from 'vitest';
import { relinkedHtml, relinkedPlain } from '../../src/domain/text/help-links.js';
import { plainText } from '../../src/domain/text/html-text.js';

const links = {
  sites: [
    { host: 'yardim.ege.example', path: '' },
    { host: 'infoset.help', path: '/ege' },
  ],
  urlOf: (id: string, language: string | null) =>
    id === '7' ? `https://help.ege.example/${language ?? 'tr'}/articles/70-yeni` : null,
};
const old = 'https://infoset.help/ege/en/articles/7-eski';

test.each([
  // A link and its words; query and anchor stay.
  [
    `<p><a href="${old}?a=1&amp;b=2#c">burada</a></p>`,
    '<p><a href="https://help.ege.example/en/articles/70-yeni?a=1&amp;b=2#c">burada</a></p>',
    0,
  ],
  [
    `<p><a href="${old}">${old}</a></p>`,
    '<p><a href="https://help.ege.example/en/articles/70-yeni">https://help.ege.example/en/articles/70-yeni</a></p>',
    0,
  ],
  [
    `<p><a href="HTTPS://INFOSET.HELP/ege/tr/articles/7">büyük</a></p>`,
    '<p><a href="https://help.ege.example/tr/articles/70-yeni">büyük</a></p>',
    0,
  ],
  [
    '<p><a href="https://yardim.ege.example/tr/articles/8">x</a></p>',
    '<p><a href="https://yardim.ege.example/tr/articles/8">x</a></p>',
    0,
  ],
  ['<p><a href="https://infoset.help/ege/tr/articles/8-y">şu <b>yazı</b></a></p>', '<p>şu <b>yazı</b></p>', 1],
  // Not that of another account.
  ['<p>https://infoset.help.example/tr/articles/7 <a href="https://ornek.example/articles/7">x</a> &nbsp;&lt;b&gt;</p>', null, 0],
  [
    '<p><a href="https://infoset.help/baska/tr/articles/7-onlarin">onların</a> &amp; https://infoset.help/baska/tr/articles/7</p>',
    null,
    0,
  ],
])('HTML: %s', (text, expected, removed) => {
  const { text: now, removed: dead } = relinkedHtml(text, links);
  expect(now).toBe(expected ?? text);
  expect(dead).toHaveLength(removed);
});

test.each([
  // What ends the sentence stays.
  [`Bakın (${old}).`, 'Bakın (https://help.ege.example/en/articles/70-yeni).', 0],
  ['https://infoset.help/ege/articles/7', 'https://help.ege.example/tr/articles/70-yeni', 0],
  // The customer's own host can lead on; Infoset's ends.
  ['https://yardim.ege.example/tr/articles/7-x', 'https://help.ege.example/tr/articles/70-yeni', 0],
  ['Bkz. https://INFOSET.help/ege/tr/articles/8-y, https://infoset.help/ege', 'Bkz. [articles 8-y], [infoset.help ege]', 2],
  [
    'https://infoset.help/baska/tr/articles/7-onlarin https://infoset.help/egeli/tr/articles/7 <b>https://infoset.help/</b>',
    null,
    0,
  ],
])('plain text: %s', (text, expected, removed) => {
  const { text: now, removed: dead } = relinkedPlain(text, links);
  expect(now).toBe(expected ?? text);
  expect(dead).toHaveLength(removed);
});

test('a very long address takes linear time', () => {
  const text = `https://infoset.help/ege/${'a/'.repeat(50_000)}${'.;'.repeat(50_000)}`;
  expect(relinkedPlain(text, links).removed).toHaveLength(1);
});

test('plain text shows where a link leads', () => {
  const html =
    '<p>Bkz. <a href="https://ornek.example/?a=1&amp;b=2">bu <b>yazı</b></a></p><p><a href="https://ornek.example/">https://ornek.example/</a></p>';
  expect(plainText(html)).toBe('Bkz. bu yazı (https://ornek.example/?a=1&b=2)\nhttps://ornek.example/');
});
