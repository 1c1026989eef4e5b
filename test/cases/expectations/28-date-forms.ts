import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

const times: [text: string, at: string][] = [
  ['kış', '2015-01-15T10:00:00Z'],
  ['yaz', '2015-07-01T10:00:00Z'],
  ['naif', '2026-05-01T10:00:00Z'],
  ['ofset3', '2026-05-01T10:01:00Z'],
  ['ofset4', '2026-05-01T10:02:00Z'],
  ['virgül', '2026-05-01T10:03:00Z'],
  ['yedi', '2026-05-01T10:04:00Z'],
  ['yirmidört', '2026-05-01T00:00:00Z'],
  ['kısa', '2026-05-01T10:05:00Z'],
  ['küçük', '2026-05-01T10:06:00Z'],
];

export default {
  check({ arrived, issues }) {
    const { source, created_at } = arrived.conversation(702801);
    const messages = [
      [source.body, created_at] as const,
      ...arrived.parts(702801).map(part => [part.body!, part.created_at] as const),
    ];
    for (const [text, at] of times) {
      const found = messages.find(([body]) => body.includes(text));
      expect(found?.[1], text).toBe(Date.parse(at) / 1000);
    }
    expect(issues.filter(({ code }) => code.startsWith('DATE_'))).toEqual([]);
  },
} satisfies Expectation;
