import type { DocumentHead } from '../../src/domain/model/document.js';
import type { Language } from '../../src/domain/model/project.js';
import { type Markdown, md } from '../../src/pipeline/report/markup.js';
import { pageOf } from '../../src/pipeline/report/page.js';
import { textsOf } from '../../src/pipeline/report/texts/texts.js';

export const headOf = (language: Language = 'EN', text = 'Project'): DocumentHead => ({
  language,
  project: text,
  sourceAccount: text,
  workspace: text,
  environment: 'PRODUCTION',
  mappingHash: text,
  run: text,
  date: new Date(Date.UTC(2026, 0, 2, 3, 4)),
});

/** The page of a document with this body. */
export const pageWith = (title: string, body: Markdown): string =>
  pageOf({ title, head: headOf(), summary: md`x`, body }, textsOf('EN'));
