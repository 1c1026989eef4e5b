import { marked } from 'marked';
import { expect, test } from 'vitest';
import { packagePath, packedFilePath } from '../../src/domain/text/package-paths.js';
import { cellText } from '../../src/domain/text/table-cell.js';
import { link, md, table } from '../../src/pipeline/report/markup.js';
import { Random } from '../../src/simulators/random.js';
import { pageWith } from '../support/page.js';
import { parsedPage, strangersIn } from '../support/parsed-page.js';

const pieces = [
  ...'<script>|</script>|<img src=x onerror=alert(1)>|<!--|-->|<![CDATA[|<svg/onload=alert(1)>|&lt;|&amp|&#60;|<br>'.split('|'),
  ...[
    '[',
    ']',
    '(',
    ')',
    '](javascript:alert(1))',
    '![x](http://evil.example/p)',
    '<http://evil.example>',
    '[x]: http://evil.example',
  ],
  ...'http://evil.example/ https://evil.example www.evil.example ftp://evil.example xhttp://evil.example a@evil.example'.split(
    ' ',
  ),
  ...[
    '`',
    '```',
    '~~~',
    '~~',
    '**',
    '*',
    '_',
    '__',
    '# ',
    '## ',
    '- ',
    '+ ',
    '1. ',
    '2) ',
    '> ',
    '---',
    '===',
    '|',
    '\\',
    '\n',
    '\r',
    '\t',
    '    ',
  ],
  ...['__proto__', 'constructor', 'İ', 'ş', 'x', ' ', '🙂', '=', '"', "'", '$', '^', '[^1]', ':', '--', '\u2028', '\u00a0'],
];

test('1,500 foreign texts are shown as text in every place of a document', () => {
  const random = new Random(20);
  for (let round = 0; round < 1_500; round++) {
    const text = Array.from({ length: random.integer(1, 8) }, () => random.pick(pieces)).join('');
    const places = [
      md`${text}`,
      md`# ${text}`,
      md`- ${text}`,
      md`- [ ] ${text}`,
      md`1. **Step.** Read:\n   - [ ] ${text}`,
      table(['name', text], [[text, 'x']]),
    ];
    for (const place of places) {
      // Tools that show Markdown can allow markup and turn mail addresses into links.
      const elsewhere = parsedPage(marked.parse(place.source, { async: false }));
      expect(
        strangersIn(elsewhere, href => href.startsWith('mailto:')),
        JSON.stringify([text, place.source]),
      ).toEqual([]);
      const parsed = parsedPage(pageWith('Test', place));
      expect(
        strangersIn(parsed, () => false),
        JSON.stringify([text, place.source]),
      ).toEqual([]);
      expect(parsed.text, JSON.stringify([text, place.source])).toContain(text.replace(/\s+/g, ' ').trim());
    }
  }
});

test('characters that no document can show are replaced, and Markdown is not escaped', () => {
  expect(md`${'a\0b\x1b[31m\ud800'}`.source).toBe('a\ufffdb\ufffd\\[31m\ufffd');
  expect(md`${{ a: [1] }} ${['x', null, 'y']} ${null}`.source).toBe('\\{"a":\\[1\\]\\} x, y ');
  expect(() => `${md`x`}`).toThrow('md');
  expect(link('javascript:alert(1)').source).toBe('javascript:alert(1)');
  expect(link('https://help.example/a|b>').source).toBe('<https://help.example/a%7Cb%3E>');
});

test('no cell begins with a formula, also after blanks and in full width; numbers and telephone numbers stay', () => {
  for (const start of [
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\r',
    '\n',
    '\uff1d',
    '\uff0b',
    '\uff0d',
    '\uff20',
    ' =',
    '\u00a0=',
    '\u200b=',
    '\ufeff@',
  ])
    for (const rest of ['1+1', 'cmd|x', 'A1', ''])
      if (`${start}${rest}` !== '-' && start.trim() !== '') expect(cellText(start + rest)).toBe(`'${start}${rest}`);
  expect(['-2-3', '+90-5', '+1;2'].map(cellText)).toEqual(["'-2-3", "'+90-5", "'+1;2"]);
  expect(['-5', '-1.5', '-1e300', '+90 (532) 1', 'a=b'].map(cellText)).toEqual(['-5', '-1.5', '-1e300', '+90 (532) 1', 'a=b']);
});

test('paths in the package: no id or name leads out of it, two ids never share a path, and every file system accepts them', () => {
  const ids = [
    '../../etc/passwd',
    '..',
    '.',
    '/',
    'C:\\con',
    'a/b',
    'a:b',
    'a b',
    '\u0123',
    '\u00012',
    '3',
    'ş'.repeat(255),
    `${'ş'.repeat(254)}x`,
    'x'.repeat(255),
    'a',
    'a-b',
  ];
  const names = ['../../x', 'b-c.pdf', 'c.pdf', 'CON', '.htaccess', '子'.repeat(300), 'a\0b\n.txt', 'x.'];
  const recordings = ids.map(id => packagePath(id, 'audio/constructor'));
  const files = ids.flatMap(id => names.map(name => packedFilePath(id, name)));
  expect(new Set(recordings).size).toBe(ids.length);
  expect(new Set(files).size).toBe(ids.length * names.length);
  for (const path of [...recordings, ...files]) {
    expect(path).toMatch(/^(recordings|files)\/[\p{L}\p{N}._%-]+$/u);
    expect(path).not.toMatch(/\/\.|\.$/);
    expect(Buffer.byteLength(path)).toBeLessThan(240);
  }
  expect(packagePath('640', 'audio/x-wav')).toBe('recordings/640.wav');
  expect(packedFilePath('6', 'fatura.pdf')).toBe('files/6-fatura.pdf');
});
