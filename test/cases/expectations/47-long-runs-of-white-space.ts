import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived, infoset }) {
    expect(arrived.messages(704701)).toEqual(['normal']);
    const [log] = infoset.account.logs('704702');
    expect(arrived.messages(704702)).toEqual([String(log!.content).replace(/ +/g, ' ').trim()]);
  },
} satisfies Expectation;
