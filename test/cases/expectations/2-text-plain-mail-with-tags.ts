import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived, infoset }) {
    for (const [ticket, mail] of [
      [700201, 20001],
      [700202, 20002],
    ] as const)
      expect(arrived.messages(ticket)[0]).toContain(infoset.account.get('emails', String(mail))!.textBody);
  },
} satisfies Expectation;
