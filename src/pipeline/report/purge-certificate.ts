import type { DocumentHead } from '../../domain/model/document.js';
import { type Purge, purgedThings } from '../../domain/model/purge.js';
import { lines, md, paragraphs, table } from './markup.js';
import { textDrafts } from './text-drafts.js';
import { textsOf } from './texts/texts.js';
import { minuteOf } from './times.js';

/** What was deleted, who asked for it, and what stays. */
export function purgeCertificate({ requestedBy, requestedAt, finishedAt, counts }: Purge, head: DocumentHead) {
  const texts = textsOf(head.language);
  const { purge: t } = texts;
  const rows = purgedThings.map(thing => [t.purged[thing], thing, counts[thing] ?? 0]);
  const text = {
    title: t.title,
    head,
    isSigned: true,
    summary: paragraphs([t.done(requestedBy, minuteOf(requestedAt), minuteOf(finishedAt ?? head.date)), table(t.columns, rows)]),
    body: paragraphs([md`## ${t.stays}`, lines(t.staysList.map(each => md`- ${each}`)), t.shared, t.backups]),
  };
  return textDrafts({ kind: 'PURGE_CERTIFICATE', name: 'purge-certificate', title: t.title }, text, texts);
}
