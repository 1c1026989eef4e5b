import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

const seconds = (text: string) => Date.parse(text) / 1000;

export default {
  check({ arrived, issues }) {
    const undated = arrived.contact(8001);
    expect(undated).toMatchObject({ name: 'Kişi 8001', email: 'kisi8001@musteri.example', signed_up_at: null });
    expect(undated.companies.size).toBe(1);
    expect(Object.values(undated.custom_attributes)).toContain(seconds('1955-03-12T00:00:00Z'));
    expect(Object.values(arrived.contact(8002).custom_attributes).filter(value => typeof value === 'number')).toEqual([
      seconds('2026-01-05T08:00:00Z'),
    ]);
    // Before 1970: reported, and kept whole beside the contact.
    expect(arrived.contact(8003).signed_up_at).toBeNull();
    expect(
      arrived
        .contact(8003)
        .notes.map(note => note.body)
        .join(),
    ).toContain('1969-07-20T20:17:00Z');
    expect(arrived.company(8501).fields).toEqual({ name: 'Firma 8501' });
    expect(arrived.messages(700801)).toEqual(['tarihsiz kişi']);
    expect(arrived.messages(700802)).toEqual(['tarihsiz talep']);
    expect(arrived.conversation(700802)).toMatchObject({ created_at: seconds('2026-05-01T10:00:00Z'), state: 'closed' });
    expect(arrived.conversation(700802).custom_attributes).not.toHaveProperty('infoset_created_at');
    const dates = [...arrived.intercom.workspace.contacts.values(), ...arrived.intercom.workspace.conversations.values()]
      .flatMap(each => Object.values(each.custom_attributes))
      .filter(value => typeof value === 'number');
    for (const each of dates) expect(new Date(Number(each) * 1000).getUTCFullYear()).not.toBe(1901);
    expect(issues.filter(({ code }) => code === 'DATE_UNREADABLE')).toEqual([]);
  },
} satisfies Expectation;
