import { marked } from 'marked';
import { expect, test } from 'vitest';
import { languages } from '../../src/domain/model/project.js';
import { md, table } from '../../src/pipeline/report/markup.js';
import { pageOf } from '../../src/pipeline/report/page.js';
import { textDrafts } from '../../src/pipeline/report/text-drafts.js';
import { textsOf } from '../../src/pipeline/report/texts/texts.js';
import { withoutGaps } from '../../src/pipeline/report/ticket-volumes.js';
import { headOf, pageWith } from '../support/page.js';
import { parsedPage, strangersIn } from '../support/parsed-page.js';

const hostile = '<script>alert(1)</script> **x** [y](javascript:alert(1)) | `z`';

/** Every text of a dictionary by its path; functions are called with foreign text. */
function* leaves(value: unknown, path: string): Generator<[string, unknown]> {
  if (typeof value === 'function') yield [path, (value as (...args: unknown[]) => unknown)(...Array(value.length).fill(hostile))];
  else if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) !== Object.getPrototypeOf(md`x`))
    for (const [name, each] of Object.entries(value)) yield* leaves(each, `${path}.${name}`);
  else yield [path, value];
}

test('each text exists and is translated in each language, and shows inserted values as text', () => {
  const same: string[] = [];
  const english = new Map(leaves(textsOf('EN'), ''));
  for (const language of languages) {
    const found = new Map(leaves(textsOf(language), ''));
    expect([...found.keys()]).toEqual([...english.keys()]);
    const all = [...found].map(([path, text]) => md`${path}: ${text}`);
    const page = parsedPage(
      pageWith(
        'Test',
        md`${table(
          ['text'],
          all.map(text => [text]),
        )}`,
      ),
    );
    expect(strangersIn(page, () => false)).toEqual([]);
    if (language === 'TR')
      for (const [path, text] of found) if (String(md`${text}`.text) === md`${english.get(path)}`.text) same.push(path);
  }
  // Names of products and fields are the same in both, and so is what consists of values alone.
  // Stored sentences have a test of their own.
  expect(
    same.filter(path => path !== '.say' && !/[cC]olumns\.|messengers$|names\.3$|todoIssues$|runbook\.issue$/.test(path)),
  ).toEqual([]);
});

test('a page begins with its facts and a summary; its head, title, labels of charts and cells are escaped', () => {
  const text = {
    title: hostile,
    head: headOf('TR', hostile),
    summary: md`${hostile}`,
    charts: [
      { kind: 'BARS' as const, title: hostile, parts: [hostile, 'b'], rows: [{ label: hostile, values: [1, 2] }] },
      { kind: 'COLUMNS' as const, title: hostile, parts: ['a'], rows: [{ label: hostile, values: [3] }] },
    ],
    body: md`## ${hostile}\n\n## ${hostile}\n\n## B\n\n- [ ] ${hostile}\n- [ ] two\n\n${table(
      ['a', 'n'],
      [
        ['x', 1],
        ['y', 20],
      ],
    )}`,
    isSigned: true,
  };
  const html = pageOf(text, textsOf('TR'));
  const page = parsedPage(html);
  expect(strangersIn(page, () => false)).toEqual([]);
  expect(html).toContain('<html lang="tr">');
  expect(page.text).toMatch(/Proje.*Kaynak hesap.*Çalışma alanı.*Ortam.*Çalıştırma.*2026-01-02 03:04 UTC.*Özet.*İmzalar/);
  const of = (name: string) => page.elements.filter(each => each.name === name);
  expect(of('input').map(({ attributes }) => [...attributes.keys()])).toEqual([['type'], ['type']]);
  expect(of('label').length).toBe(2);
  expect(of('svg').length).toBe(2);
  expect(of('td').filter(({ attributes }) => attributes.get('align') === 'right').length).toBe(2);
  const ids = of('h2').flatMap(({ attributes }) => attributes.get('id') ?? []);
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(html).toContain(`href="#${id}"`);
});

test('another run or date alone does not change a document', () => {
  const digest = (run: string, project: string) => {
    const head = { ...headOf('EN', project), run, date: new Date(run.length) };
    const about = { kind: 'RUNBOOK' as const, name: 'x', title: 'x' };
    return textDrafts(about, { title: 'x', head, summary: md`s`, body: md`b` }, textsOf('EN'))[0]!.contentSha256;
  };
  expect(digest('one', 'p')).toBe(digest('another', 'p'));
  expect(digest('one', 'p')).not.toBe(digest('one', 'q'));
});

test('an address of a mail is linked as a whole or not at all', () => {
  const linked = (text: string) =>
    [...marked.parse(md`${text}`.source, { async: false }).matchAll(/href="mailto:([^"]*)"/g)].map(([, address]) => address);
  expect(linked('write to ilker@ege.example, please')).toEqual(['ilker@ege.example']);
  for (const text of [
    'i\u0307lker@ege.example',
    'ali\u0307@ege.example',
    "o'brien@ege.example",
    'a&b@ege.example',
    '_x@ege.example',
    'ş.y@ege.example',
  ])
    expect(linked(text), text).toEqual([]);
});

test('months without a ticket are months too', () => {
  expect(
    withoutGaps([
      { month: '2025-11', count: 2 },
      { month: '2026-02', count: 1 },
    ]),
  ).toEqual([
    { month: '2025-11', count: 2 },
    { month: '2025-12', count: 0 },
    { month: '2026-01', count: 0 },
    { month: '2026-02', count: 1 },
  ]);
  expect(withoutGaps([])).toEqual([]);
});
