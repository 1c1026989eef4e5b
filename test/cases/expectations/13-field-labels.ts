import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

/** How people find the attribute of a label again. */
const recognised: [value: number, name: RegExp][] = [
  [0, /fiyat/],
  [1, /adres.*sehir/],
  [2, /a_b/],
  [3, /gorod/],
  [4, /lmdyn/],
  [5, /chengshi/],
  [6, /fire/],
  [7, /email/],
  [8, /name/],
  [9, /id/],
  [10, /sehir/],
  [11, /sehir/],
  [12, /sehir/],
  [13, /l{50}/],
  [14, /proto/],
  [15, /constructor/],
  [16, /tostring/],
  [17, /neugesch/],
  [18, /with_newline/],
  [19, /company_name/],
];

export default {
  check({ arrived, issues }) {
    const of = (attributes: Record<string, unknown>, value: string) => {
      const found = Object.entries(attributes).filter(([, each]) => each === value);
      expect(found, value).toHaveLength(1);
      return found[0]![0];
    };
    const person = arrived.contact(13001);
    const { custom_attributes } = arrived.conversation(701301);
    for (const [value, name] of recognised) {
      expect(of(person.custom_attributes, `değer-${value}`)).toMatch(name);
      expect(of(custom_attributes, `tdeğer-${value}`)).toMatch(name);
    }
    expect(person).toMatchObject({ name: 'Etiketli Kişi', email: 'kisi13001@musteri.example' });
    expect(issues.filter(({ severity }) => severity === 'ERROR')).toEqual([]);
  },
} satisfies Expectation;
