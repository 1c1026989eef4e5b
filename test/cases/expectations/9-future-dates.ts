import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived, issues }) {
    const [first, answer, future] = arrived.messages(700901);
    expect([first, answer]).toEqual(['bugün yazdım', 'cevap']);
    expect(future).toContain('gelecekten mesaj');
    expect(future).toContain('2031-01-01T00:00:00Z');
    expect(arrived.messages(700902).join()).toMatch(/2096-03-17T05:32:00Z[\s\S]*gelecek talep/);
    const now = Date.now() / 1000;
    for (const ticket of [700901, 700902]) {
      const { created_at } = arrived.conversation(ticket);
      for (const at of [created_at, ...arrived.parts(ticket).map(part => part.created_at)]) expect(at).toBeLessThanOrEqual(now);
    }
    expect(arrived.conversation(700902).custom_attributes.infoset_created_at).toBe(Date.parse('2096-03-17T05:32:00Z') / 1000);
    const reported = issues.filter(({ code }) => code === 'DATE_OUT_OF_RANGE').map(({ sourceId }) => sourceId);
    expect(reported.sort()).toEqual(['90002', '90004']);
  },
} satisfies Expectation;
