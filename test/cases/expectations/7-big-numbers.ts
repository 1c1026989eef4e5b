import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived }) {
    const values = Object.values(arrived.contact(7001).custom_attributes);
    expect(values).toContain('9007199254740993');
    expect(values).toContain('00123');
    expect(Object.values(arrived.conversation(700701).custom_attributes)).toContain('12345678901234567890');
  },
} satisfies Expectation;
