import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived, infoset, issues }) {
    const tickets = infoset.account.all('tickets').map(each => Number(each.id));
    expect(arrived.intercom.workspace.conversations.size).toBe(tickets.length);
    const texts = ['zincir 1', 'zincir 2', 'zincir 3', 'daire a', 'daire b', 'kendine', 'yok'];
    /** Notes that lead elsewhere: each names another ticket and links its conversation. */
    const named = (ticket: number) =>
      arrived
        .messages(ticket)
        .slice(1)
        .map(note => {
          const other = Number(/Infoset #(\d+)/.exec(note)![1]);
          expect(note, `${ticket}`).toMatch(new RegExp(`/${arrived.conversation(other).id}$`));
          return other;
        })
        .sort();
    for (const [place, ticket] of tickets.entries()) expect(arrived.messages(ticket)[0]).toBe(texts[place]);
    expect(Object.fromEntries(tickets.slice(0, 5).map(ticket => [ticket, named(ticket)]))).toEqual({
      702201: [702202],
      702202: [702201, 702203],
      702203: [702202],
      702204: [702205, 702205],
      702205: [702204, 702204],
    });
    // There is no other conversation.
    expect(arrived.messages(702206)).toEqual(['kendine']);
    expect(arrived.messages(702207)).toEqual(['yok']);
    expect(Object.values(arrived.conversation(702207).custom_attributes)).toContain('999999999');
    const gone = issues.filter(({ code, sourceId }) => code === 'DANGLING_REFERENCE' && sourceId === '702207');
    expect(gone.map(({ message }) => message).join()).toContain('999999999');
  },
} satisfies Expectation;
