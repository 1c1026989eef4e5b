import { expect } from 'vitest';
import type { IntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';
import type { Article, Company, Contact, Conversation, Part } from '../../src/simulators/intercom/workspace.js';
import { isMessage } from './load.js';
import { seenText } from './seen-text.js';

/** What arrived in a workspace, read without the product. */
export class Arrived {
  constructor(readonly intercom: IntercomSimulator) {}

  conversation(ticketId: number | string): Conversation {
    const found = [...this.intercom.workspace.conversations.values()].find(
      each => String(each.custom_attributes.infoset_ticket_id) === String(ticketId),
    );
    expect(found, `the conversation of ticket ${ticketId}`).toBeDefined();
    return found!;
  }

  contact(id: number | string): Contact {
    const found = [...this.intercom.workspace.contacts.values()].find(each => each.external_id?.endsWith(`:${id}`));
    expect(found, `the contact ${id}`).toBeDefined();
    return found!;
  }

  company(id: number | string): Company {
    const found = [...this.intercom.workspace.companies.values()].find(each => each.company_id.endsWith(`:${id}`));
    expect(found, `the company ${id}`).toBeDefined();
    return found!;
  }

  /** Names of the tags of an object. */
  tags({ tags }: { tags: Set<string> }): string[] {
    return [...tags].map(id => this.intercom.workspace.tags.get(id)!.name);
  }

  parts(ticketId: number | string): Part[] {
    return this.conversation(ticketId).parts.filter(isMessage);
  }

  /** HTML of its messages, in order, without the neutral line that opens it. */
  bodies(ticketId: number | string): string[] {
    const { source } = this.conversation(ticketId);
    const opening = source.body === `<p>Infoset #${ticketId}</p>` ? [] : [source.body];
    return [...opening, ...this.parts(ticketId).map(part => part.body!)];
  }

  /** The messages of a ticket as people see them, a line a line. */
  messages(ticketId: number | string): string[] {
    return this.bodies(ticketId).map(body => seenText(body).text);
  }

  article(title: string): Article {
    const found = [...this.intercom.workspace.articles.values()].find(each =>
      Object.values(each.content).some(content => content.title === title),
    );
    expect(found, `the article ${title}`).toBeDefined();
    return found!;
  }

  /** The text of an article in a language as it is kept. */
  articleHtml(title: string, locale = 'tr'): string {
    return this.article(title).content[locale]!.body;
  }
}
