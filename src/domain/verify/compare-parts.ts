import type { PartDraft } from '../drafts/drafts.js';
import { isTicketNote, latePart } from '../drafts/late-part.js';
import type { PlannedPart } from '../drafts/planned-part.js';
import type { ConversationView, PartView } from '../ports/destination-records.js';
import { addressesIn } from '../text/html/addresses-in.js';
import { readBody, readText } from '../text/html-text.js';
import { imageDigestOf } from './image-digest.js';
import { surplusParts } from './surplus.js';
import type { FieldCounts, FieldOutcome, Verification } from './verification.js';

/** Compares order, author, time, kind and text of each message. Parts that are no longer returned were proved when they were sent. */
export function compareParts(planned: readonly PlannedPart[], view: ConversationView): Verification {
  const counts: Record<string, FieldCounts> = {};
  const rules: Record<string, string> = {};
  const image = { opening: view.openingBody, parts: view.parts };
  const verification: Verification = { outcomes: counts, differences: [], rules, imageDigest: imageDigestOf(image) };
  const positions = new Map(view.parts.map((part, position) => [part.id, position]));
  const shownFrom = view.parts[0];
  let lastPosition = -1;
  for (const { draft: meant, partId, authorId, isOpening } of planned) {
    const position = positions.get(partId);
    const part: PartView | undefined = isOpening
      ? {
          id: partId,
          type: 'comment',
          authorType: 'user',
          authorId: view.openingAuthorId,
          body: view.openingBody,
          createdAt: view.createdAt,
          attachments: [],
        }
      : position === undefined
        ? undefined
        : view.parts[position];
    // A late part is behind others, and its text contains its time.
    const isLate = part !== undefined && part.createdAt !== meant.createdAt && shows(part, latePart(meant));
    const draft = isLate ? latePart(meant) : meant;
    const isEarlier = part !== undefined && isTicketNote(meant) && part.createdAt < meant.createdAt;
    const count = (field: string, outcome: FieldOutcome, expected: unknown, actual: unknown) => {
      for (const sourceId of draft.messages.length > 0 ? draft.messages : ['']) {
        counts[field] = { ...counts[field], [outcome]: (counts[field]?.[outcome] ?? 0) + 1 };
        if (outcome === 'different')
          verification.differences.push({
            field,
            sourceId,
            expected: String(expected).slice(0, 300),
            actual: actual === null ? null : String(actual).slice(0, 300),
          });
      }
    };
    if (!part) {
      // Only the newest parts are returned: an older one counts as arrived, because its answer contained its id.
      const older = view.partsCut && shownFrom !== undefined && Number(partId) < Number(shownFrom.id);
      count('content', older ? 'equal' : 'different', 'a part', null);
      continue;
    }
    const time = part.createdAt === draft.createdAt ? 'equal' : isLate || isEarlier ? 'lossy' : 'different';
    if (time === 'lossy') rules.createdDate = 'LATE_MESSAGE';
    count('createdDate', time, draft.createdAt, part.createdAt);
    count('author', part.authorId === authorId ? 'equal' : 'different', authorId, part.authorId);
    const kind = part.type === 'note' ? 'note' : 'comment';
    count('type', kind === draft.type ? 'equal' : 'different', draft.type, kind);
    const body = part.body ?? '';
    const [said, read] = [readBody(draft.html, draft.plain), readText(body)];
    const outcome = bodyOutcome(draft, body, said === read);
    if (outcome === 'normalised') rules.content = 'MARKUP';
    if (outcome === 'lossy') rules.content = 'PLAIN_TEXT';
    count('content', outcome, said, read);
    const [sent, kept] = [shownElse(draft), addressesIn(body)];
    const links = webLinks(kept.links);
    const lost = webLinks(sent.links).filter(link => !links.includes(link));
    if (lost.length > 0) count('links', 'different', lost.join(' '), links.join(' '));
    if (kept.images < sent.images) count('images', 'different', sent.images, kept.images);
    if (draft.files.length > 0) {
      const isSized = part.attachments.every(({ byteSize }) => byteSize !== null);
      const list = (files: readonly { name: string; byteSize: number | null }[]) =>
        files
          .map(({ name, byteSize }) => (isSized ? `${name} (${byteSize})` : name))
          .sort()
          .join(', ');
      const [wanted, found] = [list(draft.files), list(part.attachments)];
      count('attachments', wanted === found ? 'equal' : 'different', wanted, found);
    }
    if (isOpening || isLate || isEarlier) continue;
    count('order', position! > lastPosition ? 'equal' : 'different', `behind ${lastPosition}`, position);
    lastPosition = position!;
  }
  for (const part of surplusParts(planned, view)) {
    counts.surplus = { different: (counts.surplus?.different ?? 0) + 1 };
    verification.differences.push({ field: 'surplus', sourceId: '', expected: null, actual: `part ${part.id}` });
  }
  return verification;
}

const shows = ({ body }: PartView, draft: PartDraft) => readText(body ?? '') === readBody(draft.html, draft.plain);

const nothingElse = { links: [], images: 0 };
/** What a part shows besides its words. Plain text contains its addresses. */
const shownElse = ({ html, plain }: PartDraft) => (plain ? nothingElse : addressesIn(html));

/** Links that every destination keeps, in a normal form. */
const webLinks = (links: readonly string[]) =>
  links.flatMap(link => (/^https?:/i.test(link) ? (URL.parse(link)?.href ?? []) : []));

function bodyOutcome({ html, plain, charactersRemoved }: PartDraft, body: string, isSame: boolean): FieldOutcome {
  if (!isSame) return 'different';
  // The options of the connection say that formatting is lost.
  if (plain) return 'lossy';
  return html === body && !charactersRemoved ? 'equal' : 'normalised';
}
