import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived }) {
    expect(arrived.messages(700601).join()).toContain('Görünen metin');
    expect(arrived.bodies(700601).join()).not.toContain('GIZLI-BASLIK');
  },
} satisfies Expectation;
