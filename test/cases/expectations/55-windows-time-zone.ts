import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

// The zone is used. In a skipped hour the offset from before applies: 3:30 is half an hour after 2:59.
const times: [text: string, at: string][] = [
  ['önce', '2015-03-29T00:59:59Z'],
  ['sonra', '2015-03-29T01:00:00Z'],
  ['atlanan', '2015-03-29T01:30:00Z'],
  ['kasım', '2015-11-08T00:30:00Z'],
  ['2017', '2017-01-15T09:00:00Z'],
];

export default {
  check({ arrived }) {
    const { source, created_at } = arrived.conversation(704501);
    const messages = [
      [source.body, created_at] as const,
      ...arrived.parts(704501).map(part => [part.body!, part.created_at] as const),
    ];
    expect(arrived.messages(704501)).toEqual(times.map(([text]) => text));
    for (const [text, at] of times) expect(messages.find(([body]) => body.includes(text))?.[1], text).toBe(Date.parse(at) / 1000);
  },
} satisfies Expectation;
