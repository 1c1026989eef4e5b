import { beforeAll, expect, test } from 'vitest';
import type { Item } from '../../src/simulators/infoset/account.js';
import { accountOf, contact, email, log, ticket } from '../support/account.js';
import { Arrived } from '../support/arrived.js';
import { workspace } from '../support/destination.js';
import { type IssueView, issuesOf, simulator } from '../support/extraction.js';
import { expectBalanced, produce, readyProject, reconciliation } from '../support/load.js';
import { elementsNamed } from '../support/seen-text.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** What each text of a chat, or of a mail, is read as. */
const chats: [name: string, content: string, seen: string][] = [
  ['placeholders', 'deploy --env <env> --tag <version>\nsonra yazın', 'deploy --env <env> --tag <version>\nsonra yazın'],
  ['generics', 'Map<String, List<Integer>> yerine Map<K,V>', 'Map<String, List<Integer>> yerine Map<K,V>'],
  ['a comment', 'Dosyadaki <!-- bu satır --> kısmı', 'Dosyadaki <!-- bu satır --> kısmı'],
  ['comparisons', 'if (a<b && c>d) x = 1 <= 2 <> 3; fiyat <1000 TL', 'if (a<b && c>d) x = 1 <= 2 <> 3; fiyat <1000 TL'],
  ['words that compare', 'a<b and c>d', 'a<b and c>d'],
  ['an address', 'Ayşe <ayse@ege.example> yazdı', 'Ayşe <ayse@ege.example> yazdı'],
  ['a known element that nobody closes', 'sayfada <table> etiketi kapanmıyor', 'sayfada <table> etiketi kapanmıyor'],
  ['entities', "HTML'de &lt; için &amp;lt; yazın; AT&T &copy 2026", "HTML'de &lt; için &amp;lt; yazın; AT&T &copy 2026"],
  ['XML', '<dependency><scope>test</scope></dependency>', '<dependency><scope>test</scope></dependency>'],
  ['half a tag', 'bitmedi <b', 'bitmedi <b'],
  ['a nick', '09:50 <Otoh> selam\n\n  ikinci', '09:50 <Otoh> selam\nikinci'],
  ['real HTML', '<p>Merhaba <b>dünya</b></p>', 'Merhaba dünya'],
  ['real HTML with a placeholder', 'Önce <b>dur</b>, sonra <env> ve a < b', 'Önce dur, sonra <env> ve a < b'],
  ['only a line break', 'bir<br>iki', 'bir\niki'],
];

const mails: [name: string, parts: Item, seen: string][] = [
  ['plain text with tags', { textBody: 'kalın <b>değil</b>, <br> de\nsatır' }, 'kalın <b>değil</b>, <br> de\nsatır'],
  ['HTML without tags', { htmlBody: 'Fiyat 5 &lt; 10 &amp; &ouml;deme&nbsp;tamam &#304;' }, 'Fiyat 5 < 10 & ödeme tamam İ'],
  ['blank HTML', { htmlBody: '<div><br></div>&nbsp;', textBody: 'asıl <metin>' }, 'asıl <metin>'],
  [
    'HTML that only counts readers',
    { htmlBody: '<img src="https://s.example/p" width="1" height="1">', textBody: 'asıl' },
    'asıl',
  ],
  [
    'HTML whose words are hidden',
    { htmlBody: '<p style="display:none">gizli</p><title>gizli</title>', textBody: 'asıl' },
    'asıl',
  ],
  ['neither', { htmlBody: ' \r\n', textBody: '', content: 'önizleme <env>' }, 'önizleme <env>'],
  ['no body', { content: '<p>html önizleme</p>' }, 'html önizleme'],
  [
    'powers',
    { htmlBody: 'Limit 10<sup>6</sup>, x<sup>n+1</sup>, H<sub>2</sub>O, Marka<sup>®</sup>' },
    'Limit 10^6, x^(n+1), H_2O, Marka®',
  ],
  [
    'struck out',
    { htmlBody: '<del>100 TL</del> <strike>90</strike> <s>80</s> <span style="text-decoration: line-through">70</span> 60 TL' },
    '~~100 TL~~ ~~90~~ ~~80~~ ~~70~~ 60 TL',
  ],
  [
    'blocks',
    {
      htmlBody:
        '<dl><dt>Sipariş</dt><dd>4711</dd></dl><section>A</section><section>B</section><details><summary>Ö</summary>M</details><figure><figcaption>F</figcaption></figure>son<table><caption>C</caption><tr><td>1</td></tr></table>',
    },
    'Sipariş\n4711\nA\nB\nÖ\nM\nF\nson\nC\n1',
  ],
  [
    'forms',
    {
      htmlBody:
        '<label>Ad <input value="Işıl"></label><input type=hidden value=x><input type=checkbox checked> evet<select><option>TR<option>EN</select><textarea>not\nlar</textarea><button>Gönder</button>',
    },
    'Ad Işıl ☑ evet\nTR\nEN\nnot\nlar\nGönder',
  ],
  [
    'head and preheader',
    {
      htmlBody:
        '<html><head><title>BAŞLIK</title><style>p{}</style></head><body><div style="display:none;max-height:0">ön</div><div style="font-size:0">ön</div><span hidden>ön</span><p>Metin</p></body></html>',
    },
    'Metin',
  ],
  ['a head that nobody closes', { htmlBody: '<head><title>BAŞLIK</title><p>Metin' }, 'Metin'],
  [
    'text beside blocks',
    { htmlBody: 'Giriş<p>Paragraf</p>Son<ul><li>bir</li></ul>kuyruk<b>kalın</b>' },
    'Giriş\nParagraf\nSon\nbir\nkuyrukkalın',
  ],
  ['lines of a style', { htmlBody: '<div style="white-space: pre-wrap">bir\niki</div>' }, 'bir\niki'],
  [
    'Office',
    { htmlBody: '<p class=MsoNormal>Sayın<o:p></o:p></p><!--[if mso]><p>gizli</p><![endif]--><st1:place>İzmir</st1:place>' },
    'Sayın\nİzmir',
  ],
  [
    'a list that nobody closes',
    { htmlBody: '<ul><li>bir<li>iki</ul><table><tr><td>1<td>2<tr><td>3<td>4</table>' },
    'bir\niki\n1\n2\n3\n4',
  ],
  [
    'a link beside its words',
    {
      htmlBody:
        '<a href="//o.example/s">web</a> <a href="whatsapp://send?phone=9">WA</a> <a href="sms:+905">SMS</a> <a href="ftp://o.example/d">indir</a> <a href="tel:+90 532">0 532</a> <a href="tel:+90533">ara</a>',
    },
    'web WA (whatsapp://send?phone=9) SMS (sms:+905) indir (ftp://o.example/d) 0 532 (+90 532) ara (+90533)',
  ],
  [
    'media',
    {
      htmlBody:
        '<video><source src="//o.example/v.mp4">eski tarayıcı</video><iframe src="https://o.example/h"></iframe><object data="https://o.example/k.pdf"></object>',
    },
    'https://o.example/v.mp4\nhttps://o.example/h\nhttps://o.example/k.pdf',
  ],
  [
    'what leads to nothing',
    {
      htmlBody:
        '<a href="javascript:x()">tıkla</a> <a href="sayfa.html">sayfa</a> <img src="file:///c:/r.png" alt="resim"> <iframe src="data:text/html,x"></iframe>',
    },
    'tıkla sayfa [resim]\n[iframe]',
  ],
];

test('each text arrives as it is shown at the source', async () => {
  const tables = { contacts: [contact(1001)], tickets: [] as Item[], ticketlogs: [] as Item[], emails: [] as Item[] };
  // Each opens a conversation, and answers in one.
  const answer = { isAgent: true, contactId: null, userId: 4021 };
  tables.tickets.push(ticket(1_500), ticket(2_000, { channelType: 'email', subject: 'Konu' }));
  for (const [place, [, content]] of chats.entries()) {
    tables.tickets.push(ticket(1_000 + place));
    tables.ticketlogs.push(log(10_000 + place, 1_000 + place, { content }), log(15_000 + place, 1_500, { ...answer, content }));
  }
  for (const [place, [, { content = 'önizleme', ...parts }]] of mails.entries()) {
    tables.emails.push(email(500 + place, parts));
    tables.ticketlogs.push(log(20_000 + place, 2_000, { type: 'email', emailId: 500 + place, content }));
  }
  const intercom = await workspace();
  const projectId = await readyProject(root, await simulator(accountOf(tables)), intercom);
  const run = await produce(root, projectId);
  const arrived = new Arrived(intercom);
  const [answers, received] = [arrived.messages(1_500), arrived.messages(2_000)];
  for (const [place, [name, , seen]] of chats.entries()) {
    expect.soft(arrived.messages(1_000 + place), name).toEqual([seen]);
    expect.soft(answers[place], name).toBe(seen);
  }
  for (const [place, [name, , seen]] of mails.entries()) expect.soft(received[place], name).toBe(seen);
  // It is unknown whether an opening is escaped or stripped: its meaning is the same in both cases.
  for (const { source } of intercom.workspace.conversations.values()) expect(source.body).not.toMatch(/&lt;|&amp;[a-z#]/);
  const reported = (await issuesOf(root, projectId)).filter(each => each.code === 'CONTENT_REMOVED');
  expect(reported.map(each => each.sourceId)).toEqual(Array(4).fill(String(20_000 + mails.length - 1)));
  for (const what of ['link javascript:x()', 'link sayfa.html', 'image file:///c:/r.png', 'iframe data:text/html,x'])
    expect(
      reported.some(each => each.message.includes(what)),
      what,
    ).toBe(true);
  await expectBalanced(root, projectId, run.state);
});

test('images in a mail arrive as files of its message', async () => {
  const shown: [name: string, html: string, attachments: Item[], text: string, files: string[]][] = [
    [
      'by the name of its attachment',
      '<img src="cid:image001.png@01D9.1">',
      [file(15_001, 'image001.png')],
      'önce [image001.png] sonra',
      ['image001.png'],
    ],
    [
      'by its content id',
      '<img src="cid:AbC@x">',
      [{ ...file(15_002, 'ekran.png'), contentId: '<abc@X>' }],
      'önce [ekran.png] sonra',
      ['ekran.png'],
    ],
    [
      'in base64',
      `<IMG alt=x SRC='data:image/png;base64,${png.toString('base64')}'>`,
      [],
      'önce [image: x] sonra',
      ['image.png'],
    ],
    [
      'as text',
      `<img src="data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='9'/>">`,
      [],
      'önce [image] sonra',
      ['image.svg'],
    ],
    [
      'as escaped text',
      `<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E">`,
      [],
      'önce [image] sonra',
      ['image.svg'],
    ],
    [
      'drawn in the text',
      '<svg width="9"><title>Çizim</title><path d="M0 0"/></svg>',
      [],
      'önce [image: Çizim] sonra',
      ['image.svg'],
    ],
    ['of nobody', '<img src="cid:yok@x" alt="yok">', [], 'önce [yok] sonra', []],
  ];
  const tables = {
    contacts: [contact(1001)],
    tickets: shown.map((_, place) => ticket(3_000 + place, { channelType: 'email' })),
    ticketlogs: shown.map((_, place) =>
      log(30_000 + place, 3_000 + place, { type: 'email', emailId: 700 + place, content: 'önizleme' }),
    ),
    emails: shown.map(([, html, attachments], place) =>
      email(700 + place, { subject: `Vaka ${3_000 + place}`, htmlBody: `<p>önce ${html} sonra</p>`, attachments }),
    ),
  };
  const bytes = { contentType: 'image/png', bytes: png };
  const intercom = await workspace();
  const infoset = await simulator(accountOf(tables, { 15001: bytes, 15002: bytes }));
  const projectId = await readyProject(root, infoset, intercom);
  const run = await produce(root, projectId);
  const arrived = new Arrived(intercom);
  for (const [place, [name, , , text, files]] of shown.entries()) {
    expect.soft(arrived.messages(3_000 + place), name).toEqual([text]);
    expect
      .soft(
        arrived.parts(3_000 + place).flatMap(part => part.attachments.map(each => each.name)),
        name,
      )
      .toEqual(files);
  }
  const reported = (await issuesOf(root, projectId)).filter(each => each.code === 'CONTENT_REMOVED');
  expect(reported.map(each => each.sourceId)).toEqual([String(30_000 + shown.length - 1)]);
  await expectBalanced(root, projectId, run.state);
});

const file = (id: number, name: string) => ({ id, name, contentType: 'image/png', size: png.length, url: `/v1/files/${id}` });

test('a destination that loses a link or an image of a message is reported, and the run is not balanced', async () => {
  const html = '<p>Bkz. <a href="https://ornek.example/a">burada</a> <img src="https://ornek.example/r.png"></p>';
  const tables = { contacts: [contact(1001)], tickets: [ticket(5_001)], ticketlogs: [log(50_001, 5_001, { content: html })] };
  const intercom = await workspace({ droppedElements: ['a', 'img'] });
  const projectId = await readyProject(root, await simulator(accountOf(tables)), intercom);
  expect((await produce(root, projectId)).state).toBe('INCOMPLETE');
  const { differences, balanced } = await reconciliation(root, projectId);
  expect(balanced).toBe(false);
  expect(differences.edges.map(({ node }) => node.field).sort()).toEqual(['images', 'links']);
  expect(elementsNamed(new Arrived(intercom).bodies(5_001).join(''), 'a')).toEqual([]);
  const issues: IssueView[] = await issuesOf(root, projectId);
  expect(issues.filter(each => each.code === 'VERIFICATION_DIFFERS').map(each => each.sourceId)).toEqual(['5001']);
});
