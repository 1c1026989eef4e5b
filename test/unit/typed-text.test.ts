import { expect, test } from 'vitest';
import { seen, sent } from '../support/message-text.js';

/** Nothing of these texts is markup: each arrives as it was typed. */
test.each([
  'Şunu yapıştırın: <script src="https://x.example/w.js"></script> head içine',
  'Sayfanın <title>Ana</title> kısmı yanlış',
  '<template><div>{{ x }}</div></template>',
  '<script>gtag("config")</script>',
  '<style>.a { color: red }</style>',
  '<style>.a{color:red}</style> kuralım çalışmıyor',
  '<meta name="x" content="y"> etiketini ekledim',
  '<link rel="stylesheet" href="x.css"> eksik',
  '<base href="/x"> ve <param name="a" value="b">',
  '<input type="text" name="ad"> alanı boş',
  '<datalist><option>Ankara</option></datalist>',
  '<iframe src="https://x.example/f" width=5></iframe> kodu çalışmıyor',
  '<d:Title>Rapor</d:Title><d:Id>5</d:Id>',
  '<a:Code>42</a:Code>',
  '<o:Order><o:Line>5</o:Line></o:Order>',
  '<s:Envelope><s:Body><m:Get>1</m:Get></s:Body></s:Envelope>',
  '<plugin>\n<source>1.8</source>\n<target>1.8</target>\n</plugin>',
  '<item><title>T</title><link>http://x.example</link></item>',
  '<order><address>Ankara</address><code>5</code><b>x</b></order>',
  '<xml><a>5</a></xml>',
  'Yanıt: <Response><p>hata</p></Response>',
  '<p> etiketi nedir?',
  '<option> görünmüyor',
  '<li> öğesi kayboldu',
  '<td>neden boş?',
  '<b> ve </b> arasına yazın',
  '<Button onClick={() => a > b}>Kaydet</Button>',
  'Metinde `<b>` ve `</b>` var',
  'List<Object> Set<Data> Optional<Section> Class<A> T<B>',
  'if (i<s && x==1 || z>0) dur',
  'a<b && c==d || e>f',
  '<!DOCTYPE html> satırı eksik',
  'Bu satırı <!-- buraya --> ekleyin',
  '<noscript><img height="1" width="1" src="https://x.example/tr?id=1"/></noscript> pikselini ekledim',
  '<?xml version="1.0"?><a><b>5</b></a>',
  '<data><code>5</code></data>',
  '<note><to>Ali</to><body>Unutma</body></note>',
  'Ali <ali@x.example> <Veli>',
])('typed: %s', text => {
  expect(seen(text, 'EITHER')).toBe(text);
});

/** Beside other markup, and in HTML. */
test.each<[as: 'HTML' | 'EITHER', text: string, shown: string]>([
  ['EITHER', 'Kodu: <script>x()</script><br>nerede', 'Kodu: <script>x()</script>\nnerede'],
  ['EITHER', '<p>Kodu:</p><script>x()</script><p>nerede</p>', 'Kodu:\n<script>x()</script>\nnerede'],
  ['EITHER', 'Bu satırı <!-- buraya --> ekleyin<br>Ali', 'Bu satırı <!-- buraya --> ekleyin\nAli'],
  ['EITHER', 'Kod: <?php echo 1; ?><br>bitti', 'Kod: <?php echo 1; ?>\nbitti'],
  ['EITHER', '<meta charset="utf-8"> ekledim<br>oldu', '<meta charset="utf-8"> ekledim\noldu'],
  // Of mail programs.
  ['EITHER', '<style>p{}</style><div>Merhaba</div><!-- son -->', 'Merhaba'],
  ['EITHER', '<title>Başlık</title><p>Merhaba</p>', 'Merhaba'],
  ['EITHER', '<p><!--StartFragment-->Merhaba<!--EndFragment--></p>', 'Merhaba'],
  ['EITHER', '<p>a<!--[if mso]>gizli<![endif]-->b</p>', 'ab'],
  ['EITHER', '<html><head><title>T</title></head><body>x <script>y</script></body></html>', 'x'],
  ['EITHER', '<body> içine <b>x</b> yazın', '<body> içine x yazın'],
  ['EITHER', '<?xml version="1.0"?><html><body><p>Merhaba</p></body></html>', 'Merhaba'],
  ['EITHER', '<p class=x>Merhaba', 'Merhaba'],
  ['EITHER', '<p>Merhaba', 'Merhaba'],
  ['EITHER', '<p>Yanıt:</p><env><i>x</i></env>', 'Yanıt:\n<env>x</env>'],
  ['EITHER', '<p>Sayın<o:p></o:p></p>', 'Sayın'],
  ['EITHER', 'Bakınız\n<a href="https://x.example">link</a>\n\nAli', 'Bakınız\nlink\nAli'],
  ['EITHER', 'Tamam\nAli yazdı:\n> merhaba\n> eski <b>x</b>', 'Tamam\nAli yazdı:\n> merhaba\n> eski x'],
  ['EITHER', 'bir\niki<br>üç', 'bir iki\nüç'],
  ['HTML', '<p>Dosyaya <!-- ekleyin</p><p>Sonra <!-- kaydedin</p>', 'Dosyaya <!-- ekleyin\nSonra <!-- kaydedin'],
  ['HTML', '<p>Bir <template> dosyası</p><p>son</p>', 'Bir <template> dosyası\nson'],
  ['HTML', '<p>x <title> y</p><p>z</p><title>t</title>', 'x <title> y\nz'],
  ['HTML', '<p>Use <Button> and <Form></p>', 'Use <Button> and <Form>'],
  ['HTML', '<p>Logo <svg> olmalı</p><p>son</p>', 'Logo <svg> olmalı\nson'],
  ['HTML', '<p>Sayfaya <video> ekledim</p><p>son</p>', 'Sayfaya <video> ekledim\nson'],
  ['HTML', '<audio src="https://x.example/a.mp3"/><p>son</p>', 'https://x.example/a.mp3\nson'],
  ['HTML', '<object data="https://x.example/a.pdf"/><p>son</p>', 'https://x.example/a.pdf\nson'],
  ['HTML', '<video src="https://x.example/a.mp4"><p>son</p>', 'https://x.example/a.mp4\nson'],
  ['HTML', '<iframe src="https://x.example/f"/><p>son</p>', 'https://x.example/f\nson'],
  ['HTML', '<script src="x.js"/><p>son</p>', 'son'],
  ['HTML', '<p>if (i<s && x==1 || z>0) dur</p>', 'if (i<s && x==1 || z>0) dur'],
  ['HTML', '<p>5<b class and style>9, x<a y=5>z</p>', '5<b class and style>9, x<a y=5>z'],
  ['HTML', '<p>List<Object> Set<Data> Map<Table></p>', 'List<Object> Set<Data> Map<Table>'],
  ['HTML', '<p>curl -d <data> -H <header> <source> <link></p>', 'curl -d <data> -H <header> <source> <link>'],
  ['HTML', '<p style="font-family:"Times New Roman"">x</p>', 'x'],
  ['HTML', '<div><td>a</td><td>b</td></div>', 'a b'],
])('%s: %s', (as, text, shown) => {
  expect(seen(text, as)).toBe(shown);
});

/** What mail programs write: no tag is shown, and nothing is reported. */
test.each<[as: 'HTML' | 'EITHER', text: string, shown: string]>([
  // Nothing is visible.
  ['EITHER', '<div dir="ltr"></div>', ''],
  ['EITHER', '<div>&nbsp;</div>', ''],
  ['EITHER', '<p> </p>', ''],
  ['EITHER', '<div><p> </p></div>', ''],
  ['EITHER', '<span style="color:red"> </span>', ''],
  ['EITHER', '<div class=WordSection1><p class=MsoNormal><o:p>&nbsp;</o:p></p></div>', ''],
  ['EITHER', '<div><img src="https://t.example/p.gif" width="1" height="1"></div>', ''],
  ['EITHER', '<style type="text/css" style="display:none;">p{}</style><div></div>', ''],
  // The first element says nothing, or is a block.
  ['EITHER', '<style>p{}</style><p>Merhaba <g-emoji>x</g-emoji></p>', 'Merhaba x'],
  ['EITHER', '<hr><p>Merhaba <a>x</a></p>', 'Merhaba x'],
  ['EITHER', '<p>Merhaba <a>tıklayın</a></p>', 'Merhaba tıklayın'],
  ['EITHER', '<img src="https://x.example/logo.png"><p>Merhaba <a>tıklayın</a></p>', 'Merhaba tıklayın'],
  ['EITHER', '<section><p>Merhaba <a>x</a></p></section>', 'Merhaba x'],
  ['EITHER', '<header>Merhaba <a>x</a></header>', 'Merhaba x'],
  ['EITHER', '<meta charset="utf-8"><p>Merhaba <a>x</a></p>', 'Merhaba x'],
  ['EITHER', '<link rel="stylesheet" href="x.css"><p>Merhaba <a>x</a></p>', 'Merhaba x'],
  ['EITHER', '<label>Ad</label><p>Merhaba <a>x</a></p>', 'Ad\nMerhaba x'],
  // Documents.
  ['EITHER', '<html lang="tr"> <head> <style>p{}</style> </head> <body> Merhaba <br> x', 'Merhaba\nx'],
  ['EITHER', '<html> <head> <style>p{}</style> </head> <body> Merhaba <br> x</body></html>', 'Merhaba\nx'],
  [
    'EITHER',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml"> <head> <title>T</title> <style>p{}</style> </head> <body> <p>Merhaba</p> </body> </html>',
    'Merhaba',
  ],
  [
    'EITHER',
    'Dikkat: dış posta<html><head><meta charset="utf-8"><title>T</title><style>p{}</style><!-- x --></head><body><p>Merhaba</p></body></html>',
    'Dikkat: dış posta\nMerhaba',
  ],
  ['EITHER', 'Banner<html><head><style>p{}</style></head><body><p>x', 'Banner\nx'],
  ['HTML', 'Banner<html><head></head><body><p>x', 'Banner\nx'],
  // Capital letters.
  ['EITHER', 'a<Br>b', 'a\nb'],
  ['HTML', 'a<Br/>b', 'a\nb'],
  ['HTML', 'a<Hr>b', 'a\nb'],
  ['HTML', '<Ul><Li>a<Li>b</Ul>', 'a\nb'],
  ['EITHER', '<Ul><Li>a<Li>b</Ul>', 'a\nb'],
  ['HTML', '<Table><Tr><Td>a<Td>b</Table>', 'a b'],
  ['HTML', '<Select><Option>a<Option>b</Select>', 'a\nb'],
  // Their end may be left out.
  ['HTML', '<table><colgroup><col><col><tr><td>a<td>b</table>', 'a b'],
  ['EITHER', '<table><colgroup><col><col><tr><td>a<td>b</table>', 'a b'],
  ['HTML', '<table><caption>Başlık<tr><td>a<td>b</table>', 'Başlık\na b'],
  ['HTML', '<ruby>漢<rp>(<rt>kan<rp>)</ruby>', '漢 (kan)'],
  ['HTML', '<ruby><rb>漢<rt>kan</ruby>', '漢 (kan)'],
  ['HTML', '<tr><td> a<td> b', 'a b'],
  // All of a mail is a video or the like.
  ['EITHER', '<iframe src="https://x.example/form" width="600"></iframe>', 'https://x.example/form'],
  ['EITHER', '<video src="https://x.example/v.mp4" controls></video>', 'https://x.example/v.mp4'],
  ['EITHER', '<video controls><source src="https://x.example/v.mp4"></video>', 'https://x.example/v.mp4'],
  ['EITHER', 'Yanıt<br><env>5</env>', 'Yanıt\n<env>5</env>'],
  ['EITHER', '<section class="x"><env>5</env></section>', '<env>5</env>'],
  ['EITHER', '<title>T</title>Merhaba<br>Ali', 'Merhaba\nAli'],
  ['EITHER', '<audio src="https://x.example/a.mp3"></audio>', 'https://x.example/a.mp3'],
  ['EITHER', '<object data="https://x.example/a.pdf"></object>', 'https://x.example/a.pdf'],
  // Code beside text.
  ['EITHER', '<div><style>.a{}</style><span>Merhaba</span></div>', 'Merhaba'],
  ['EITHER', '<meta http-equiv="Content-Type" content="text/html"><font face="Arial">Merhaba</font>', 'Merhaba'],
  ['EITHER', '<style>p{}</style>Merhaba<br>Ali', 'Merhaba\nAli'],
  ['EITHER', '<p>Merhaba</p><script type="application/ld+json">{}</script>', 'Merhaba'],
  ['EITHER', '<div>Merhaba <script type="application/ld+json">{}</script></div>', 'Merhaba'],
  ['EITHER', '<p>Ad <input type="text"></p>', 'Ad'],
  ['EITHER', '<p>Ad<!--?xml:namespace prefix = o ns = "urn:schemas-microsoft-com:office:office" /--></p>', 'Ad'],
  ['EITHER', '<p>a<!-- [if mso]>gizli<![endif]-->b</p>', 'ab'],
  ['EITHER', '<p>a<!--ng-container-->b<!-- ko if: x -->c<!-- /ko -->d<!--?lit$1$-->e<!--]-->f<!--more-->g</p>', 'abcdefg'],
  ['EITHER', '<style type="text/css" style="display:none;">p{}</style><div>Merhaba</div>', 'Merhaba'],
  ['EITHER', '<meta charset="utf-8"><title>T</title><div>Merhaba</div>', 'Merhaba'],
])('of a program, %s: %s', (as, text, shown) => {
  expect(seen(text, as)).toBe(shown);
  expect(sent(text, as).code).toEqual([]);
});

/** Words of an element that looks like a mark-up of a program stay. */
test.each([
  ['Kodum: <div id="x"></div><script>gtag("x")</script>', 'Kodum: <div id="x"></div><script>gtag("x")</script>'],
  [
    '<div id="x"></div><script src="https://x.example/w.js"></script>',
    '<div id="x"></div><script src="https://x.example/w.js"></script>',
  ],
  ['Kod: <![CDATA[önemli]]> <b>y</b>', 'Kod: <![CDATA[önemli]]> y'],
  ['<b></b>', '<b></b>'],
  [
    '<noscript><iframe src="https://x.example/ns.html" height="0" width="0" style="display:none"></iframe></noscript>',
    '<noscript><iframe src="https://x.example/ns.html" height="0" width="0" style="display:none"></iframe></noscript>',
  ],
  ['<a>5</a>', '<a>5</a>'],
  ['<video controls></video>', '<video controls></video>'],
  ['<section><name>x</name><value>5</value></section>', '<section><name>x</name><value>5</value></section>'],
  ['<form><field>5</field></form>', '<form><field>5</field></form>'],
  ['Kodum: <head><style>p{}</style></head> ekledim<br>x', 'Kodum: <style>p{}</style> ekledim\nx'],
  ['Sayfada <body> etiketi <b>yok</b>', 'Sayfada <body> etiketi yok'],
  ['Optional<Option> ve Class<Body>', 'Optional<Option> ve Class<Body>'],
])('of a person: %s', (text, shown) => {
  expect(seen(text, 'EITHER')).toBe(shown);
});

test('code without attributes in a paragraph of a text that may be plain is named', () => {
  const { code } = sent(
    '<style>i{}</style><p>x <style>p { color: red }</style> y</p><meta name="a"><p>y</p><!-- z -->',
    'EITHER',
  );
  expect(code).toEqual(['<style>p { color: red }</style>']);
  expect(sent('<style>p{}</style><p>x</p>', 'HTML').code).toEqual([]);
  expect(sent('<html><head><style>p{}</style></head><body>x</body></html>', 'EITHER').code).toEqual([]);
});
