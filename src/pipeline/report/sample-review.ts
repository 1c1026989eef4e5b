import { firstItems } from '../../domain/model/page.js';
import { pagesOfReviews, reviewList } from '../../store/sample-reviews.js';
import { md, paragraphs, table } from './markup.js';
import { keepText, type Reporting } from './write-documents.js';

const pageSize = 500;
const types = ['TICKET', 'CONTACT', 'ARTICLE'] as const;

/** Each sampled conversation, contact and article: at the source, and as it was read back, side by side. */
export async function writeSampleReview(context: Reporting): Promise<void> {
  const { projectId } = context.work.lease;
  const { review: t, frame, say } = context.texts;
  const sections = [];
  const counts = [];
  for (const type of types) {
    const [page] = await context.work.transaction(tx => pagesOfReviews(tx, reviewList(type), [projectId], firstItems(pageSize)));
    counts.push([t.titles[type], page!.items.length]);
    sections.push(md`## ${t.titles[type]}: ${page!.items.length}`);
    for (const { review } of page!.items) {
      const { sourceId, destinationId, reason, lines } = review;
      sections.push(
        md`### ${sourceId} → ${destinationId}`,
        t.reason(say(reason)),
        table(
          t.columns,
          lines.map(({ field, source, destination }) => [say(field), source ?? '', destination ?? '']),
        ),
        md`- [ ] ${t.checked}`,
      );
    }
  }
  const folder = context.environment.toLowerCase();
  await keepText(
    context,
    { kind: 'SAMPLE_REVIEW', name: `${folder}/sample-review`, title: t.title(frame.environments[context.environment]) },
    { isSigned: true, summary: paragraphs([t.intro, table(t.counts, counts)]), body: paragraphs(sections) },
  );
}
