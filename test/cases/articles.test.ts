import { beforeAll, expect, test } from 'vitest';
import { accountOf, article, category, contact, email, log, ticket } from '../support/account.js';
import { Arrived } from '../support/arrived.js';
import { workspace } from '../support/destination.js';
import { issuesOf, simulator } from '../support/extraction.js';
import { produce, readyProject, reconciliation } from '../support/load.js';
import { elementsNamed, seenText } from '../support/seen-text.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const gif = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
const own = 'https://infoset.help/ege/tr/articles/801-makale';
const theirs = 'https://infoset.help/baska-firma/tr/articles/801-onlarin';

const texts: Record<string, string> = {
  'Açık li': '<ul><li>Bir<li>İki</ul><table><tr><td>H1</td><td>H2</td></tr></table>',
  'Yorumda li': '<!-- <li> taslak --><p>Metin</p><table><tr><td>T1</td><td>T2</td></tr></table>',
  'İç içe':
    '<ul><li>liste<table><tr><td>a</td><td>b</td></tr></table></li></ul><table><tr><td>d1</td><td>dış<table><tr><td>iç</td></tr></table></td></tr></table>',
  Anlam: '<p>10<sup>6</sup> <del>eski</del></p><dl><dt>Terim</dt><dd>Tanım</dd></dl><h4>Alt</h4>',
  Medya:
    '<p>İzleyin:</p><video><source src="https://cdn.example/k.mp4"></video><audio src="https://cdn.example/s.mp3"></audio><object data="https://cdn.example/k.pdf"></object><embed src="//cdn.example/e.pdf">',
  İframe:
    '<iframe src="https://maps.example/x"></iframe><iframe src="//www.youtube.com/embed/abc"></iframe><iframe src="data:text/html,x"></iframe>',
  Kod: '<pre><code>function a() {\n  return "&lt;b&gt;";\n}</code></pre><ol start="4"><li>Dört</li></ol>',
  Serbest: 'Giriş<p>Paragraf</p>Son<ul><li>bir</li></ul>kuyruk',
  Düz: 'Etiketsiz &amp; düz &lt;env&gt;',
  Bağlar: `<p><a href="//o.example/s">göreli</a> <a href="sms:+905">SMS</a> <a name="x">çapa</a> <a href="${theirs}">başkası</a> <a href="${own}?x=1&amp;y=2#b">bizimki</a> <a href="HTTPS://INFOSET.HELP/ege/tr/articles/801">büyük</a> <a href="javascript:x()">kod</a></p>`,
  Resimler: `<p>1 <img src="/v1/files/51001"> 2 <img src="${gif}" data-src="/v1/files/51001"> 3 <picture><source srcset="/v1/files/51001 2x"><img alt="resim"></picture> 4 <img alt="kaynaksız"> 5 <img src="https://api.infoset.app/v1/files/51001?x=ş ema"> 6 <img src="${gif}"> 7 <svg><path d="M0 0"/></svg></p>`,
};

test('articles: their meaning arrives, text between blocks is equal, every loss is reported', async () => {
  const titles = Object.keys(texts);
  const tables = {
    contacts: [contact(1001)],
    tickets: [ticket(1)],
    ticketlogs: [
      log(11, 1, { content: `Bakın: ${theirs} ve ${own}.` }),
      log(12, 1, { type: 'email', emailId: 5, content: 'önizleme' }),
    ],
    emails: [email(5, { htmlBody: `Giriş<p><a href="${theirs}">onların</a> <a href="${own}">bizim</a></p>kuyruk` })],
    articlecategories: [category(10)],
    articles: [
      article(801, '<p>Hedef</p>', { title: 'Hedef' }),
      ...titles.map((title, place) => article(900 + place, texts[title]!, { title })),
      article(950, '<p>Ana</p>', {
        title: 'Diller',
        translations: [
          { language: 'tr', title: 'Aynı', html: '<p>aynı dil</p>', status: 'published' },
          { language: 'EN', title: 'Upper', html: '<p>upper</p>', status: 'published' },
          { language: 'fr', title: 'FR', html: '<p>texte</p>', status: 'published' },
        ],
      }),
    ],
  };
  const intercom = await workspace();
  const infoset = await simulator(accountOf(tables, { 51001: { contentType: 'image/png', bytes: png } }));
  const projectId = await readyProject(root, infoset, intercom);
  const run = await produce(root, projectId);
  const arrived = new Arrived(intercom);
  const html = (title: string) => arrived.articleHtml(title);
  const seen = (title: string) => seenText(html(title)).lines;
  const cells = (title: string) => elementsNamed(html(title), 'td').length;

  expect.soft(seen('Açık li')).toEqual(['Bir', 'İki', 'H1', 'H2']);
  expect.soft([cells('Açık li'), cells('Yorumda li')]).toEqual([2, 2]);
  expect.soft(seen('Yorumda li')).toEqual(['Metin', 'T1', 'T2']);
  expect.soft(seen('İç içe')).toEqual(['liste', 'a | b', 'd1', 'dış', 'iç']);
  expect.soft(seen('Anlam')).toEqual(['10^6 ~~eski~~', 'Terim', 'Tanım', 'Alt']);
  expect.soft(elementsNamed(html('Anlam'), 'h2')).toHaveLength(1);
  const hrefs = (title: string) => elementsNamed(html(title), 'a').map(({ href }) => href);
  expect.soft(hrefs('Medya')).toEqual(['k.mp4', 's.mp3', 'k.pdf', 'e.pdf'].map(name => `https://cdn.example/${name}`));
  expect.soft(elementsNamed(html('İframe'), 'iframe').map(({ src }) => src)).toEqual(['https://www.youtube.com/embed/abc']);
  expect.soft(hrefs('İframe')).toEqual(['https://maps.example/x']);
  expect.soft(html('Kod')).toContain('function a() {\n  return "&lt;b&gt;";\n}');
  expect.soft(seen('Serbest')).toEqual(['Giriş', 'Paragraf', 'Son', 'bir', 'kuyruk']);
  expect.soft(seen('Düz')).toEqual(['Etiketsiz & düz <env>']);
  expect.soft(seen('Bağlar')).toEqual(['göreli SMS (sms:+905) çapa başkası bizimki büyük kod']);
  const target = `https://help.ege.example/tr/articles/${arrived.article('Hedef').id}-hedef`;
  expect.soft(hrefs('Bağlar')).toEqual(['https://o.example/s', 'sms:+905', theirs, `${target}?x=1&y=2#b`, target]);
  expect.soft(elementsNamed(html('Resimler'), 'img')).toHaveLength(6);
  expect.soft(seen('Resimler')).toEqual(['1 2 3 4 kaynaksız 5 6 7']);
  const { content } = arrived.article('Diller');
  expect.soft(Object.keys(content).sort()).toEqual(['en', 'tr']);
  expect.soft(content).toMatchObject({ en: { title: 'Upper' }, tr: { title: 'Diller' } });

  expect
    .soft(arrived.messages(1))
    .toEqual([`Bakın: ${theirs} ve ${target}.`, '[email]\nSubject: Konu\nGiriş\nonların bizim\nkuyruk']);
  const reported = (await issuesOf(root, projectId)).map(({ code, sourceId }) => `${code} ${sourceId}`);
  const id = (title: string) => 900 + titles.indexOf(title);
  expect
    .soft(reported.filter(each => /ARTICLE|CONTENT|LOCALE|TRANSLATION|LINK/.test(each)).sort())
    .toEqual([
      `ARTICLE_IMAGE_REMOVED ${id('Resimler')}`,
      `ARTICLE_LINK_BROKEN ${id('Bağlar')}`,
      `CONTENT_REMOVED ${id('İframe')}`,
      'LOCALE_NOT_ENABLED 950',
      'TRANSLATION_REPEATED 950',
    ]);
  const { differences, balanced } = await reconciliation(root, projectId);
  expect(differences.edges).toEqual([]);
  expect(balanced).toBe(true);
  expect(run.state).toBe('SUCCEEDED');
});

test('a message with long white space moves like any other, and the server answers meanwhile', async () => {
  const spaces = ' '.repeat(200_000);
  const tables = {
    contacts: [contact(1001)],
    tickets: [ticket(1), ticket(2)],
    ticketlogs: [
      log(11, 1, { content: `başlangıç${spaces}son` }),
      log(12, 2, { type: 'email', emailId: 5, content: 'önizleme' }),
      log(13, 2, { type: 'email', emailId: 6, content: 'önizleme' }),
    ],
    emails: [
      email(5, { htmlBody: `<p>${'&nbsp;'.repeat(100_000)}son</p>` }),
      email(6, { subject: `${'Re: '.repeat(50_000)}x`, textBody: `a${'\n '.repeat(100_000)}b` }),
    ],
  };
  const intercom = await workspace();
  const projectId = await readyProject(root, await simulator(accountOf(tables)), intercom);
  const run = await produce(root, projectId);
  expect(run.state).toBe('SUCCEEDED');
  const arrived = new Arrived(intercom);
  expect(arrived.messages(1)).toEqual(['başlangıç son']);
  expect(arrived.messages(2).map(each => each.split('\n').at(-1))).toEqual(['son', 'b']);
  expect((await reconciliation(root, projectId)).balanced).toBe(true);
});
