import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived }) {
    expect(arrived.messages(701701)).toEqual(['bir', 'iki', 'üç']);
    expect(arrived.messages(701702)).toEqual(['önce', 'sonra', 'en son']);
  },
} satisfies Expectation;
