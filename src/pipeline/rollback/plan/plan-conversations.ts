import type { Author, ConversationDraft } from '../../../domain/drafts/drafts.js';
import type { ConversationView } from '../../../domain/ports/destination-records.js';
import { conversationDigest } from '../../../domain/rollback/digest.js';
import { type PlannedObject, places } from '../../../domain/rollback/plan.js';
import type { Reason } from '../../../domain/rollback/reasons.js';
import { type ConversationExpected, isTouched } from '../../../domain/rollback/touched.js';
import { type LastDestination, lastDestinationsOf } from '../../../store/crosswalk.js';
import { partsOf } from '../../../store/loaded-objects.js';
import { type Candidate, type Planning, planEach, rowOf, uncheckable } from './planning.js';

interface Needed {
  parts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Rolled back ones too: a conversation that an earlier rollback could not delete still refers to them. */
  contacts: ReadonlyMap<string, LastDestination>;
  companies: ReadonlyMap<string, LastDestination>;
}

/** Plans conversations: they are deleted, except those that people have changed since. */
export async function planConversations(context: Planning): Promise<void> {
  for (const type of ['TICKET', 'CALL'] as const)
    await planEach(
      context,
      'CONVERSATION',
      type,
      batch => needed(context, batch),
      (candidate, found) => planOne(context, candidate, found),
    );
}

async function needed({ work, scope }: Planning, batch: readonly Candidate[]): Promise<Needed> {
  const drafts = batch.flatMap(({ sent }) => (sent ? [JSON.parse(sent.body) as ConversationDraft] : []));
  return work.transaction(async tx => ({
    parts: await partsOf(
      tx,
      scope,
      batch.map(({ destinationId }) => destinationId),
    ),
    contacts: await lastDestinationsOf(tx, scope, 'CONTACT', 'CONTACT', [...new Set(drafts.flatMap(contactsIn))]),
    companies: await lastDestinationsOf(
      tx,
      scope,
      'COMPANY',
      'COMPANY',
      drafts.flatMap(({ company }) => company ?? []),
    ),
  }));
}

const partsIn = ({ opening, parts }: ConversationDraft) => (opening.part ? [opening.part, ...parts] : parts);

const contactsIn = (draft: ConversationDraft): string[] => [
  ...(draft.contact === null ? [] : [draft.contact]),
  ...partsIn(draft).flatMap(({ author }) => (author.kind === 'CONTACT' ? [author.id] : [])),
];

async function planOne(context: Planning, candidate: Candidate, found: Needed): Promise<PlannedObject> {
  const { destinationId, sent } = candidate;
  const about = { destinationType: 'CONVERSATION' as const, place: places.conversations };
  const view = await context.destination.conversation(destinationId);
  if (!view) return rowOf(candidate, { ...about, action: 'DELETE', reason: 'GONE' });
  const label = view.title ?? '';
  const touched: Reason | null =
    uncheckable(sent) ??
    (isTouched(JSON.parse(sent!.body), expectedOf(context, JSON.parse(sent!.body), view, found), view, sent!) ? 'TOUCHED' : null);
  if (touched === null)
    return rowOf(candidate, { ...about, action: 'DELETE', reason: 'CREATED', label, digest: conversationDigest(view) });
  keep(context, view);
  return rowOf(candidate, { ...about, action: 'KEEP', reason: touched, label });
}

/** It stays, and so do its contacts, its company and its tags. */
function keep({ kept }: Planning, { contactIds, openingAuthorId, companyId, tags }: ConversationView): void {
  for (const id of [...contactIds, openingAuthorId]) kept.contacts.add(id);
  if (companyId) kept.companies.set(companyId, 'OF_A_KEPT_CONVERSATION');
  for (const tag of tags) kept.tags.add(tag);
}

function expectedOf(context: Planning, draft: ConversationDraft, view: ConversationView, found: Needed): ConversationExpected {
  const { refs } = context;
  const contactId = draft.contact === null ? refs.placeholderContact : found.contacts.get(draft.contact)?.id;
  const authorOf = (author: Author) => {
    if (author.kind === 'CONTACT') return found.contacts.get(author.id)?.id ?? null;
    if (author.kind === 'PLACEHOLDER_CONTACT') return refs.placeholderContact;
    return author.kind === 'AGENT' ? refs.teammateOf(author.id) : refs.placeholderTeammate;
  };
  const planned = partsIn(draft).map(({ author, createdAt }) => ({ authorId: authorOf(author), createdAt }));
  const [assignee] = draft.assigneeAgents;
  const company = found.companies.get(draft.company ?? '');
  // With the company its link is gone.
  const hasCompany = company && !(company.isRolledBack && view.companyId === null);
  return {
    refs: {
      contactId: contactId ?? '',
      companyId: hasCompany ? company.id : null,
      adminAssigneeId: assignee === undefined ? null : refs.teammateOf(assignee),
      teamAssigneeId: draft.team === null ? null : refs.teamId(draft.team),
      tags: draft.tags.flatMap(tag => refs.tagId(tag) ?? []),
    },
    parts: found.parts.get(view.id) ?? new Set(),
    planned,
    people: new Set([contactId, ...planned.map(({ authorId }) => authorId)].filter(each => typeof each === 'string')),
  };
}
