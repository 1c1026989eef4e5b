import { expect, test } from 'vitest';
import { relinked } from '../../src/domain/help-links.js';
import { plainText } from '../../src/domain/html-text.js';

const links = {
  hosts: new Set(['yardim.ege.example']),
  urlOf: (id: string, language: string | null) =>
    id === '7' ? `https://help.ege.example/${language ?? 'tr'}/articles/70-yeni` : null,
};
const old = 'https://infoset.help/ege/en/articles/7-eski';

test.each([
  // A link and its words; query and anchor stay.
  [
    `<a href="${old}?a=1&amp;b=2#c">burada</a>`,
    '<a href="https://help.ege.example/en/articles/70-yeni?a=1&amp;b=2#c">burada</a>',
    0,
  ],
  [
    `<a href="${old}">${old}</a>`,
    '<a href="https://help.ege.example/en/articles/70-yeni">https://help.ege.example/en/articles/70-yeni</a>',
    0,
  ],
  // Plain text, with what ends the sentence.
  [`Bakın (${old}).`, 'Bakın (https://help.ege.example/en/articles/70-yeni).', 0],
  ['https://infoset.help/ege/articles/7', 'https://help.ege.example/tr/articles/70-yeni', 0],
  // The customer's own host can lead on; Infoset's ends.
  ['https://yardim.ege.example/tr/articles/7-x', 'https://help.ege.example/tr/articles/70-yeni', 0],
  ['<a href="https://yardim.ege.example/tr/articles/8">x</a>', '<a href="https://yardim.ege.example/tr/articles/8">x</a>', 0],
  ['<a href="https://infoset.help/ege/tr/articles/8-y">şu <b>yazı</b></a>', 'şu <b>yazı</b>', 1],
  ['Bkz. https://INFOSET.help/ege/tr/articles/8-y, https://infoset.help/', 'Bkz. [articles 8-y], [infoset.help]', 2],
  // Nobody else's.
  ['https://infoset.help.example/tr/articles/7 <a href="https://ornek.example/articles/7">x</a>', null, 0],
])('%s', (text, expected, removed) => {
  const { text: now, removed: dead } = relinked(text, links);
  expect(now).toBe(expected ?? text);
  expect(dead).toHaveLength(removed);
});

test('an address without an end takes no time', () => {
  const text = `https://infoset.help/${'a/'.repeat(50_000)}${'.;'.repeat(50_000)}`;
  expect(relinked(text, links).removed).toHaveLength(1);
});

test('plain text tells where a link leads', () => {
  const html =
    '<p>Bkz. <a href="https://ornek.example/?a=1&amp;b=2">bu <b>yazı</b></a></p><p><a href="https://ornek.example/">https://ornek.example/</a></p>';
  expect(plainText(html)).toBe('Bkz. bu yazı (https://ornek.example/?a=1&b=2)\nhttps://ornek.example/');
});
