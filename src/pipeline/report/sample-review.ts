import { pagesOfReviews } from '../../store/sample-reviews.js';
import { md, paragraphs, table } from './markup.js';
import { keepText, type Reporting } from './write-documents.js';

const pageSize = 500;
const titles = { TICKET: 'Conversations', CONTACT: 'Contacts', ARTICLE: 'Articles' } as const;

/** Each sampled conversation, contact and article: at the source, and as it was read back, side by side. */
export async function writeSampleReview(context: Reporting): Promise<void> {
  const { projectId } = context.work.lease;
  const sections = [];
  for (const type of ['TICKET', 'CONTACT', 'ARTICLE'] as const) {
    const [page] = await context.work.transaction(tx => pagesOfReviews(tx, [projectId], type, pageSize, 0));
    sections.push(md`## ${titles[type]}: ${page!.items.length}`);
    for (const { sourceId, destinationId, reason, lines } of page!.items) {
      sections.push(
        md`### ${sourceId} → ${destinationId}`,
        md`In the sample because: ${reason}`,
        table(
          ['field', 'Infoset', 'Intercom'],
          lines.map(({ field, source, destination }) => [field, source ?? '', destination ?? '']),
        ),
      );
    }
  }
  const folder = context.environment.toLowerCase();
  await keepText(
    context,
    { kind: 'SAMPLE_REVIEW', name: `${folder}/sample-review`, title: `Review of the sample, ${folder}` },
    paragraphs([
      'Compare both sides. Then call signOff for this run, or correct the mapping and start another SANDBOX run.',
      ...sections,
    ]),
  );
}
