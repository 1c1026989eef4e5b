import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived, issues }) {
    const people = [...arrived.intercom.workspace.contacts.values()].filter(each => !each.external_id!.endsWith('placeholder'));
    const of = (...ids: number[]) => {
      const found = people.filter(each => ids.some(id => each.external_id!.endsWith(`:${id}`)));
      expect(found, String(ids)).toHaveLength(1);
      return found[0]!;
    };
    expect(people).toHaveLength(8);
    const pairs: [number, number, string, string][] = [
      [10001, 10002, 'A2', 'max.muster@example.example'],
      [10003, 10004, 'B2', 'bosluk@example.example'],
      [10005, 10006, 'C2', 'sifir@example.example'],
      [10007, 10008, 'D1 İlk', 'İSMAİL@EXAMPLE.EXAMPLE'.toLowerCase()],
    ];
    for (const [a, b, name, email] of pairs) {
      const one = of(a, b);
      expect(one).toMatchObject({ name, email });
      expect(one.notes.map(note => note.body).join(), name).toContain('same e-mail address');
    }
    expect(of(10007, 10008).phone).toBe('+905321110011');
    expect(
      of(10007, 10008)
        .notes.map(note => note.body)
        .join(),
    ).toContain('D2 İkinci');
    expect(of(10009, 10010).email).toBe('müşteri@example.example'.normalize('NFC'));
    expect(of(10011).email).toBe('kisi@müşteri.example');
    expect(Object.values(of(10012).custom_attributes)).toContain('Ad Soyad <ad@example.example>');
    expect(of(10013).email).toBe("o'brien+test@example.example");
    const authors = arrived.conversation(701001).parts.filter(part => part.part_type !== 'note');
    expect(arrived.messages(701001)).toEqual(['D1 yazdı', 'D2 yazdı']);
    for (const { author } of authors.filter(part => part.body !== null)) expect(author.id).toBe(of(10007, 10008).id);
    expect(issues.filter(({ severity }) => severity === 'ERROR')).toEqual([]);
  },
} satisfies Expectation;
