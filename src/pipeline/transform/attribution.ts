import { escapeText } from 'entities';
import type { Author } from '../../domain/drafts/drafts.js';
import { type Fields, textOf } from '../../domain/model/record-fields.js';
import { storableText } from '../../domain/text/html-text.js';
import type { Lookups } from '../../store/lookups.js';

/** Who wrote something: who is credited with it, and how he is named in the text where the credit does not say it. */
export interface Attribution {
  author: Author;
  named: string | null;
}

export interface People {
  lookups: Pick<Lookups, 'users' | 'contacts'>;
  /** Whether an agent has a teammate of his own; else the placeholder is credited. */
  hasTeammate(agentId: string): boolean;
}

export const bot: Attribution = { author: { kind: 'PLACEHOLDER_TEAMMATE' }, named: 'Bot:' };

/** @param id '' for nobody knows which */
export function agentAttribution(id: string, { lookups, hasTeammate }: People): Attribution {
  const agent = lookups.users.get(id);
  if (!agent) return { author: { kind: 'PLACEHOLDER_TEAMMATE' }, named: `${`Agent ${id}`.trim()}:` };
  return { author: { kind: 'AGENT', id }, named: hasTeammate(id) ? null : `${agent.name} (agent):` };
}

/** @param id '' for none: then nobody is named */
export function contactAttribution(id: string, { lookups }: People): Attribution {
  if (lookups.contacts.has(id)) return { author: { kind: 'CONTACT', id }, named: null };
  return { author: { kind: 'PLACEHOLDER_CONTACT' }, named: id ? namedContact(id) : null };
}

const namedContact = (id: string) => `Contact ${id}:`;

export function attributionOf(record: Fields, ticketContact: string, people: People): Attribution {
  const user = textOf(record.userId);
  const contact = textOf(record.contactId);
  if (record.isBot === true) return bot;
  if (record.isAgent === true || (user !== '' && contact === '')) return agentAttribution(user, people);
  return contactAttribution(contact || ticketContact, people);
}

/** A contact can't write a note: a teammate does, and the contact is named. */
export function asNote({ author, named }: Attribution): Attribution {
  if (author.kind !== 'CONTACT' && author.kind !== 'PLACEHOLDER_CONTACT') return { author, named };
  const own = author.kind === 'CONTACT' ? namedContact(author.id) : 'Contact:';
  return { author: { kind: 'PLACEHOLDER_TEAMMATE' }, named: named ?? own };
}

/** The first line of a message. */
export const headingLine = (...words: (string | null)[]) => {
  const text = words.filter(Boolean).join(' ');
  return text === '' ? '' : `<p><i>${escapeText(storableText(text))}</i></p>`;
};
