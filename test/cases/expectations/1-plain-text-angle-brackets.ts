import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived, infoset }) {
    for (const { id } of infoset.account.all('tickets')) {
      const typed = infoset.account.logs(String(id)).map(({ content }) => content as string);
      expect(arrived.messages(id)).toEqual(typed);
    }
  },
} satisfies Expectation;
