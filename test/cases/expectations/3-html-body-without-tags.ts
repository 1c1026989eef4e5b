import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived }) {
    expect(arrived.messages(700301).join()).toContain('Fiyat 5 < 10 & ödeme tamam – İşlem');
  },
} satisfies Expectation;
