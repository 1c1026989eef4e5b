import { escapeText } from 'entities';
import type { Author } from '../../domain/drafts/drafts.js';
import type { MessageShape } from '../../domain/model/source-shapes.js';
import { storableText } from '../../domain/text/html-text.js';
import type { Lookups } from '../../store/lookups.js';

/** The author of a text, and the name in the text if the author field cannot show it. */
export interface Attribution {
  author: Author;
  named: string | null;
}

export interface People {
  lookups: Pick<Lookups, 'users' | 'contacts'>;
  /** Whether an agent has a teammate. Otherwise the author is the placeholder. */
  hasTeammate(agentId: string): boolean;
}

export const bot: Attribution = { author: { kind: 'PLACEHOLDER_TEAMMATE' }, named: 'Bot:' };

/** @param id '' if it is unknown */
export function agentAttribution(id: string, { lookups, hasTeammate }: People): Attribution {
  const agent = lookups.users.get(id);
  if (!agent) return { author: { kind: 'PLACEHOLDER_TEAMMATE' }, named: `${`Agent ${id}`.trim()}:` };
  return { author: { kind: 'AGENT', id }, named: hasTeammate(id) ? null : `${agent.name} (agent):` };
}

/** @param id '' for none: then no name is shown */
export function contactAttribution(id: string, { lookups }: People): Attribution {
  if (lookups.contacts.has(id)) return { author: { kind: 'CONTACT', id }, named: null };
  return { author: { kind: 'PLACEHOLDER_CONTACT' }, named: id ? namedContact(id) : null };
}

const namedContact = (id: string) => `Contact ${id}:`;

export function attributionOf(message: MessageShape, ticketContact: string, people: People): Attribution {
  const { userId, contactId } = message;
  if (message.isBot) return bot;
  if (message.isAgent || (userId !== '' && contactId === '')) return agentAttribution(userId, people);
  return contactAttribution(contactId || ticketContact, people);
}

/** Contacts cannot write notes. The author is a teammate, and the text names the contact. */
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
