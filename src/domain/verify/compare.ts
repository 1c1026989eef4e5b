import type { CompanyDraft, ContactDraft, ConversationDraft, DealDraft, FieldValue, PartDraft } from '../drafts/drafts.js';
import { isTicketNote, latePart } from '../drafts/late-part.js';
import type { PlannedPart } from '../drafts/planned-part.js';
import { foreignTable, ownEntry } from '../model/own-entry.js';
import type { CompanyView, ContactView, ConversationView, ObjectView, PartView } from '../ports/destination-records.js';
import { addressesIn } from '../text/html/addresses-in.js';
import { readBody, readText } from '../text/html-text.js';
import { foldedTag } from '../text/tag-name.js';
import { digestOfValue } from './human-edits.js';
import { type ActualValue, noteRead } from './read-values.js';
import { surplusParts } from './surplus.js';
import type { FieldCounts, FieldOutcome, ReadValue, Verification } from './verification.js';

/** What a draft refers to, as the workspace knows it. */
export interface Resolved {
  /** By the name of the destination's field: ids. */
  [field: string]: FieldValue | string[] | null;
}

/** What stands for the value of a field that the mapping does not name. */
export const notMapped = 'a value that the mapping does not name';

type Actual = Record<string, ActualValue>;

/** Compares each field that a mapping sent somewhere with what is there. */
function compareFields(
  { fields, attributes, losses }: Pick<CompanyDraft, 'fields' | 'attributes' | 'losses'>,
  expected: Actual,
  actual: Actual,
  actualAttributes: Record<string, FieldValue>,
): Verification {
  const read = foreignTable<ReadValue>();
  const verification: Verification = { outcomes: foreignTable(), differences: [], read };
  const judge = (field: string, target: string, wanted: Actual[string], found: Actual[string], same = normalised) => {
    noteRead(read, field, target, wanted, found);
    const lossy = losses.some(loss => loss.field === field && loss.lossy);
    const cleaned = losses.some(loss => loss.field === field && !loss.lossy);
    const judged = outcomeOf(wanted ?? null, found ?? null, lossy, same);
    const outcome = judged === 'equal' && cleaned ? 'normalised' : judged;
    verification.outcomes[field] = { [outcome]: 1 };
    if (outcome === 'different') verification.differences.push({ field, expected: shown(wanted), actual: shown(found) });
  };
  for (const [path, target] of Object.entries(fields)) {
    const attribute = /^attributes\.(.+)$/s.exec(target)?.[1];
    if (attribute) judge(path, target, ownEntry(attributes, attribute), ownEntry(actualAttributes, attribute));
    else if (Object.hasOwn(expected, target))
      judge(path, target, expected[target], actual[target], target === 'phone' ? digits : normalised);
  }
  // What Landfall adds of its own, where no field of the source stands behind it.
  const named = new Set(Object.values(fields));
  for (const [name, value] of Object.entries(attributes))
    if (!named.has(`attributes.${name}`)) judge(name, `attributes.${name}`, value, ownEntry(actualAttributes, name));
  for (const { field, code } of losses) {
    if (code !== 'NOT_MAPPED') continue;
    verification.outcomes[field] = { different: 1 };
    verification.differences.push({ field, expected: notMapped, actual: null });
  }
  return verification;
}

function outcomeOf(wanted: Actual[string], found: Actual[string], lossy: boolean, as: typeof normalised): FieldOutcome {
  if (Array.isArray(wanted)) {
    const there = new Set(Array.isArray(found) ? found : []);
    // What people have added beside it is theirs.
    return wanted.every(each => there.has(each)) ? (lossy ? 'lossy' : 'equal') : 'different';
  }
  if (wanted === found) return lossy ? 'lossy' : 'equal';
  const same = wanted !== null && found !== null && as(wanted) === as(found);
  return same ? (lossy ? 'lossy' : 'normalised') : 'different';
}

/** Case of addresses and white space at the ends make no difference. */
const normalised = (value: unknown) => String(value).trim().normalize('NFC').toLowerCase();

/** However a number is written when it is read. */
const digits = (value: unknown) => String(value).replace(/\D/g, '');

const shown = (value: Actual[string]) => (value === null || value === undefined ? null : String(value).slice(0, 300));

export function compareCompany(draft: CompanyDraft, tags: readonly string[], view: CompanyView): Verification {
  const expected = {
    company_id: draft.key,
    name: draft.name,
    website: draft.website,
    industry: draft.industry,
    size: draft.size,
    remote_created_at: draft.remoteCreatedAt,
    tags: tags.map(foldedTag),
  };
  const actual = {
    company_id: view.key,
    name: view.name,
    website: view.website,
    industry: view.industry,
    size: view.size,
    remote_created_at: view.remoteCreatedAt,
    tags: view.tags.map(foldedTag),
  };
  return compareFields(draft, expected, actual, view.attributes);
}

export function compareContact(
  draft: ContactDraft,
  refs: { key: string | null; ownerId: string | null; companies: string[]; tags: string[] },
  view: ContactView,
): Verification {
  const expected = {
    external_id: refs.key,
    name: draft.name,
    email: draft.email,
    phone: draft.phone,
    signed_up_at: draft.signedUpAt,
    owner_id: refs.ownerId,
    companies: refs.companies,
    tags: refs.tags,
  };
  const actual = {
    external_id: view.externalId,
    name: view.name,
    email: view.email,
    phone: view.phone,
    signed_up_at: view.signedUpAt,
    owner_id: view.ownerId,
    companies: view.companies,
    tags: view.tags,
  };
  return compareFields(draft, expected, actual, view.attributes);
}

/**
 * @param isLinked whether its contact refers to it
 * @param former id of a contact that it was taken from at the source, and that refers to it still
 */
export function compareDeal(draft: DealDraft, view: ObjectView, isLinked: boolean, former: string | null): Verification {
  const expected = {
    external_created_at: draft.externalCreatedAt,
    external_updated_at: draft.externalUpdatedAt,
    contact: draft.contact === null ? null : draft.contact,
  };
  const actual = {
    external_created_at: view.externalCreatedAt,
    external_updated_at: view.externalUpdatedAt,
    contact: isLinked ? draft.contact : null,
  };
  const verification = compareFields(draft, expected, actual, view.attributes);
  const read = verification.read!.contact;
  // A link is there or not: to another contact it is another link.
  if (read && draft.contact !== null)
    Object.assign(read, isLinked ? { present: [draft.contact], lacking: [] } : { present: [], lacking: [draft.contact] });
  if (former === null) return verification;
  verification.outcomes.contactId = { different: 1 };
  verification.differences.push({
    field: 'contactId',
    expected: draft.contact,
    actual: `contact ${former} of the workspace still refers to it`,
  });
  return verification;
}

export interface ConversationRefs {
  contactId: string;
  companyId: string | null;
  adminAssigneeId: string | null;
  teamAssigneeId: string | null;
  tags: string[];
}

export function compareConversation(draft: ConversationDraft, refs: ConversationRefs, view: ConversationView): Verification {
  const created = draft.attributes.infoset_created_at ?? null;
  const expected = {
    title: draft.title,
    // Where its first message is of another time, the attribute keeps when it was made.
    created_at: view.createdAt === draft.opening.createdAt ? created : draft.opening.createdAt,
    contacts: [refs.contactId],
    company_id: refs.companyId,
    admin_assignee_id: refs.adminAssigneeId,
    team_assignee_id: refs.teamAssigneeId,
    tags: refs.tags,
  };
  const actual = {
    title: view.title,
    created_at: view.createdAt === draft.opening.createdAt ? (view.attributes.infoset_created_at ?? null) : view.createdAt,
    contacts: view.contactIds,
    company_id: view.companyId,
    admin_assignee_id: view.adminAssigneeId,
    team_assignee_id: view.teamAssigneeId,
    tags: view.tags,
  };
  const verification = compareFields(draft, expected, actual, view.attributes);
  const state = view.state === draft.state;
  verification.outcomes.state = { [state ? 'equal' : 'different']: 1 };
  if (!state) verification.differences.push({ field: 'state', expected: draft.state, actual: view.state });
  // Nobody can change when it was made; and how that is read hangs on its first message.
  delete verification.read!.created_at;
  verification.read!.state = { fields: ['state'], digest: digestOfValue(view.state) };
  return verification;
}

/** Order, author, time, kind and text of each message; parts that are shown no more were proved when they were sent. */
export function compareParts(planned: readonly PlannedPart[], view: ConversationView): Verification {
  const counts: Record<string, FieldCounts> = {};
  const verification: Verification = { outcomes: counts, differences: [] };
  const places = new Map(view.parts.map((part, place) => [part.id, place]));
  const shownFrom = view.parts[0];
  let lastPlace = -1;
  for (const { draft: meant, partId, authorId, isOpening } of planned) {
    const place = places.get(partId);
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
      : place === undefined
        ? undefined
        : view.parts[place];
    // One that came late stands behind others, and says so.
    const isLate = part !== undefined && part.createdAt !== meant.createdAt && stands(part, latePart(meant));
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
      // Only the newest are shown: an older one counts by the answer that brought its id.
      const older = view.partsCut && shownFrom !== undefined && Number(partId) < Number(shownFrom.id);
      count('content', older ? 'equal' : 'different', 'a part', null);
      continue;
    }
    const time = part.createdAt === draft.createdAt ? 'equal' : isLate || isEarlier ? 'lossy' : 'different';
    count('createdDate', time, draft.createdAt, part.createdAt);
    count('author', part.authorId === authorId ? 'equal' : 'different', authorId, part.authorId);
    const kind = part.type === 'note' ? 'note' : 'comment';
    count('type', kind === draft.type ? 'equal' : 'different', draft.type, kind);
    const body = part.body ?? '';
    const [said, read] = [readBody(draft.html, draft.plain), readText(body)];
    count('content', bodyOutcome(draft, body, said === read), said, read);
    const [sent, kept] = [shownBeside(draft), addressesIn(body)];
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
    count('order', place! > lastPlace ? 'equal' : 'different', `behind ${lastPlace}`, place);
    lastPlace = place!;
  }
  for (const part of surplusParts(planned, view)) {
    counts.surplus = { different: (counts.surplus?.different ?? 0) + 1 };
    verification.differences.push({ field: 'surplus', sourceId: '', expected: null, actual: `part ${part.id}` });
  }
  return verification;
}

const stands = ({ body }: PartView, draft: PartDraft) => readText(body ?? '') === readBody(draft.html, draft.plain);

const nothingBeside = { links: [], images: 0 };
/** What a part shows besides its words: plain text tells its addresses. */
const shownBeside = ({ html, plain }: PartDraft) => (plain ? nothingBeside : addressesIn(html));

/** Links that every destination keeps, however it writes them. */
const webLinks = (links: readonly string[]) =>
  links.flatMap(link => (/^https?:/i.test(link) ? (URL.parse(link)?.href ?? []) : []));

function bodyOutcome({ html, plain, charactersRemoved }: PartDraft, body: string, isSame: boolean): FieldOutcome {
  if (!isSame) return 'different';
  // Its formatting is gone, as the options of the connection say.
  if (plain) return 'lossy';
  return html === body && !charactersRemoved ? 'equal' : 'normalised';
}
