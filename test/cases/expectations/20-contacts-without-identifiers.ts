import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived }) {
    const contacts = [...arrived.intercom.workspace.contacts.values()];
    const keyed = (id: number) => contacts.filter(each => each.external_id?.split(':').at(-1) === String(id));
    const [one, two] = [20001, 20002].map(keyed);
    expect([one!.length, two!.length]).toEqual([1, 1]);
    expect(one![0]!.id).not.toBe(two![0]!.id);
    for (const { name, email, phone } of [...one!, ...two!]) expect([name, email, phone].filter(Boolean)).toEqual([]);
    for (const [ticket, contact, text] of [
      [702001, one![0]!.id, 'kimliksiz bir'],
      [702002, two![0]!.id, 'kimliksiz iki'],
    ] as const) {
      expect([...arrived.conversation(ticket).contacts]).toEqual([contact]);
      expect(arrived.conversation(ticket).source.author.id).toBe(contact);
      expect(arrived.messages(ticket)).toEqual([text]);
    }
    // A ticket without a contact belongs to none of them.
    const [nobody, ...others] = [...arrived.conversation(702003).contacts];
    expect(others).toEqual([]);
    expect([one![0]!.id, two![0]!.id]).not.toContain(nobody);
    expect(arrived.messages(702003)).toEqual(['kişisiz talep']);
    expect(contacts).toHaveLength(3);
  },
} satisfies Expectation;
