import { expect, test } from 'vitest';
import { articleText } from '../../src/domain/text/article-html.js';
import { readText } from '../../src/domain/text/html-text.js';
import { seen } from '../support/message-text.js';

const context = {
  url: 'https://yardim.example/tr/articles/1-x',
  language: 'tr',
  sites: [],
  apiHosts: [],
  articles: new Set<string>(),
  isShown: () => true,
};

/** Boxes that a browser shows or hides. */
test.each<[html: string, shown: string]>([
  [
    '<div style="padding-bottom:56.25%;height:0;overflow:hidden"><iframe src="https://x.example/e"></iframe></div>',
    'https://x.example/e',
  ],
  ['<div style="height:0;overflow:hidden"><iframe src="https://x.example/e"></iframe></div>', 'https://x.example/e'],
  ['<div style="height:0;padding-top:50%;overflow:hidden">x</div>', 'x'],
  ['<table><tr><td style="height:0;overflow:hidden">x</td></tr></table>', 'x'],
  ['<span style="width:0;overflow:hidden">x</span>', 'x'],
  ['<div style="width:0;min-width:100%;overflow:hidden">x</div>', 'x'],
  ['<div style="max-height:0;overflow:hidden">x</div>', ''],
  ['<span style="display:inline-block;width:0;overflow:hidden">x</span>', ''],
  ['<div style="max-height:0;overflow:hidden">x<img src="https://x.example/p" width=1 height=1></div>', ''],
  ['<p style="display:none ! important">x</p>', ''],
  ['<p style="display:none!important;display:block">x</p>', ''],
  ['<p style="/* ; */ display:none">x</p>', ''],
  ['<p style="font:0/0 a">x</p>', ''],
  // Only Outlook hides it.
  ['<span style="mso-hide:all">x</span>', 'x'],
  ['<body style="opacity:0">x</body>', 'x'],
  ['<body style="visibility:hidden">x</body>', 'x'],
  ['<div style="max-height:0;overflow:hidden;padding:0 10px">x</div>', ''],
  ['<div style="max-height:0;overflow:hidden;padding:10px 0">x</div>', 'x'],
  ['<span style="display:inline-block;width:0;overflow:hidden;padding:10px 0">x</span>', ''],
  ['T<span style="display:inline-block">ü</span>rkiye', 'Türkiye'],
  ['<a href="https://x.example" style="display:inline-block">tıklayın</a>.', 'tıklayın.'],
  ['<div style="display:flex"><b>A</b>li</div>', 'Ali'],
  ['<div style="max-height:0;overflow:hidden;mso-hide:all"><p>x</p></div>', ''],
  ['<a href="https://x.example" style="mso-hide:all">x</a>', 'x'],
  ['<div style="mso-hide:all"><a href="https://x.example">x</a></div>', 'x'],
  ['<div style="font-size:0">x<span style="font:14px Arial">y</span><font size=3>z</font></div>', 'yz'],
  ['<div style="visibility:hidden">x<b style="visibility:visible">y</b></div>', 'y'],
  ['<div style="opacity:0">x</div>', ''],
  ['<div style="opacity:0;animation:a 1s">x</div>', 'x'],
  ['<span style="display:block">a</span><span style="display:block">b</span>', 'a\nb'],
  ['<span style="display:inline-block">a</span><span style="display:inline-block">b</span>', 'a b'],
  ['<div style="display:flex"><span>a</span><span>b</span></div>', 'a b'],
  ['<math><mfrac><mn>1</mn><mn>2</mn></mfrac><msup><mi>x</mi><mn>2</mn></msup></math>', '1/2 x^2'],
  [
    '<math><msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt><mfrac><mrow><mn>1</mn><mo>+</mo><mi>n</mi></mrow><mi>k</mi></mfrac></math>',
    '√(a+b) (1+n)/k',
  ],
  ['<math><semantics><mi>x</mi><annotation encoding="application/x-tex">\\tex</annotation></semantics></math>', 'x'],
  ['<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>', '漢 (kan)'],
  ['<table><tfoot><tr><td>son</td></tr></tfoot><tbody><tr><td>ilk</td></tr></tbody></table>', 'ilk son'],
  [
    '<table><thead><tr><td>a</td></tr></thead><tfoot><tr><td>f</td></tr></tfoot><tbody><tr><td>b</td></tr></tbody><thead><tr><td>c</td></tr></thead><tfoot><tr><td>d</td></tr></tfoot></table>',
    'a b c d f',
  ],
  ['<iframe src="https://x.example/e" data-url="https://x.example/z"></iframe>', 'https://x.example/e'],
  ['<iframe src="about:blank" data-url="https://x.example/z"></iframe>', 'https://x.example/z'],
  ['<iframe srcdoc="<p>iç <b>metin</b></p>"></iframe>', 'iç metin'],
  ['<iframe data-src="https://x.example/z"></iframe>', 'https://x.example/z'],
  ['<iframe src="about:blank" data-src="https://x.example/z"></iframe>', 'https://x.example/z'],
  ['<oembed url="https://x.example/v"></oembed>', 'https://x.example/v'],
])('HTML: %s', (html, shown) => {
  expect(seen(html, 'HTML')).toBe(shown);
});

test.each([
  ['<img src="https://x.example/blank.gif" data-src="https://x.example/real.png">', ['real.png']],
  ['<img src="https://x.example/placeholder.png" data-original="https://x.example/real.png">', ['real.png']],
  [
    '<img src="https://x.example/b.gif" data-src="https://x.example/r.png"><noscript><img src="https://x.example/r.png"></noscript>',
    ['r.png'],
  ],
  ['<img src="https://x.example/real.png" data-src="real.png">', ['real.png']],
  ['<img src="https://x.example/real.png" data-url="https://x.example/page">', ['real.png']],
  ['<img data-url="https://x.example/real.png">', ['real.png']],
  ['<img data-lazy-srcset="https://x.example/1.png 1x, https://x.example/2.png 2x">', ['1.png']],
])('the image that a script loads: %s', (html, names) => {
  const { images } = articleText(html, context);
  expect(images.map(each => each.split('/').at(-1))).toEqual(names);
});

test('an article shows what fades in, and names what is hidden', () => {
  const html =
    '<p data-aos="fade-up" style="opacity:0">görünür</p><div style="display:none"><p>Cevap metni</p></div>' +
    '<div style="display:none"><iframe src="https://x.example/v"></iframe></div><img style="display:none" src="https://x.example/p">' +
    '<div style="max-height:0;overflow:hidden">İkinci cevap</div><span hidden>x</span>' +
    '<p style="font-size:0">sıfır boyut</p><table><tr style="display:none"><td>gizli satır</td></tr><tr><td>a</td></tr></table>';
  const { html: shown, hidden } = articleText(html, context);
  expect(readText(shown)).toBe('görünür a');
  expect(hidden).toEqual(['Cevap metni', 'https://x.example/v', 'İkinci cevap', 'sıfır boyut', 'gizli satır']);
});
