import { createHash } from 'node:crypto';
import type { DocumentDraft } from '../../domain/model/document.js';
import { headRows } from './head.js';
import { lines, type Markdown, md, paragraphs } from './markup.js';
import { pageOf, type Text } from './page.js';
import { pageStyle } from './page-style.js';
import type { Texts } from './texts/texts.js';

export type { Text };

/** A text as Markdown and as an HTML page. @param about its name has no extension */
export function textDrafts(
  about: Pick<DocumentDraft, 'kind' | 'name' | 'title'>,
  text: Text,
  texts: Texts,
): (DocumentDraft & { contentSha256: string })[] {
  const markdown = markdownOf(text, texts).source;
  const contentSha256 = digestOf(text);
  return [
    { ...about, name: `${about.name}.md`, mediaType: 'text/markdown; charset=utf-8', bytes: once(markdown), contentSha256 },
    {
      ...about,
      name: `${about.name}.html`,
      mediaType: 'text/html; charset=utf-8',
      bytes: once(pageOf(text, texts)),
      contentSha256,
    },
  ];
}

function markdownOf({ title, head, summary, body }: Text, texts: Texts): Markdown {
  const opening = lines(headRows(head, texts).map(([name, value]) => md`- ${name}: ${value}`));
  return md`${paragraphs([md`# ${title}`, opening, md`## ${texts.frame.summary}`, summary, body])}\n`;
}

/** What it says apart from its run and date. */
function digestOf({ title, head, summary, charts, body, isSigned }: Text): string {
  const { run: _run, date: _date, ...about } = head;
  const said = [title, about, summary.source, charts ?? [], body.source, isSigned ?? false, pageStyle];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
