import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived }) {
    expect(arrived.messages(700401).join()).toContain('Asıl mesaj burada: sipariş 4711');
    expect(arrived.messages(700402).join()).toContain('İkinci asıl mesaj: sipariş 4712');
  },
} satisfies Expectation;
