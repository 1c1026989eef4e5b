import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived }) {
    expect(arrived.messages(704601)).toEqual(["HTML'de &lt; yazmak için &amp;lt; kullanın; AT&T &copy 2026"]);
  },
} satisfies Expectation;
