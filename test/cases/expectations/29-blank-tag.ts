import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived }) {
    expect(arrived.messages(702901)).toEqual(['boş etiketli']);
    expect(arrived.tags(arrived.conversation(702901))).toEqual(['gerçek']);
    expect([...arrived.intercom.workspace.tags.values()].map(({ name }) => name)).toEqual(['gerçek']);
  },
} satisfies Expectation;
