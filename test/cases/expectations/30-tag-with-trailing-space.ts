import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived }) {
    expect(arrived.tags(arrived.conversation(703001))).toEqual(['VIP']);
    expect(arrived.tags(arrived.conversation(703002))).toEqual(['VIP']);
    expect(arrived.tags(arrived.conversation(703003))).toEqual(['yalnız başta']);
    expect(arrived.intercom.workspace.tags.size).toBe(2);
  },
} satisfies Expectation;
