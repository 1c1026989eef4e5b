import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MessageRules, messageParts } from '../../../src/pipeline/transform/message-parts.js';
import { MessageTimes } from '../../../src/pipeline/transform/message-times.js';
import type { TicketRecord } from '../../../src/pipeline/transform/ticket-record.js';

const stagedAt = Date.UTC(2026, 10, 28);

interface Message {
  id: string;
  /** Milliseconds since 1970; negative and future times occur. */
  at: number;
}

const rules = {
  lookups: { users: new Map(), contacts: new Map([['1', {}]]), sourceHosts: [] },
  messageMapping: new Map(),
  callMapping: new Map(),
  historyAs: 'PARTS',
  hasTeammate: () => true,
  yieldToEventLoop: async () => {},
} as unknown as MessageRules;

async function orderOf(messages: readonly Message[], createdAt: number): Promise<string[]> {
  const ticket = {
    sourceId: '1',
    record: { contactId: '1', channelType: 'chat', createdDate: new Date(createdAt).toISOString() },
    stagedAt,
    logs: messages.map(({ id, at }) => ({
      sourceId: id,
      stagedAt,
      record: { type: 'chat', content: `message ${id}`, contactId: '1', createdDate: new Date(at).toISOString() },
    })),
    emails: new Map(),
    calls: new Map(),
    files: new Map(),
    recordings: new Map(),
    breaches: [],
    mergedFrom: [],
  } as unknown as TicketRecord;
  const parts = await messageParts(ticket, new MessageTimes(ticket, 'UTC'), rules, () => {});
  return parts.flatMap(({ messages: ids }) => ids);
}

/** The order as the documents state it: by time with milliseconds, then by id as a number. Impossible times keep their order. */
function expectedOrder(messages: readonly Message[], createdAt: number): string[] {
  const first = Math.min(...[createdAt, ...messages.map(({ at }) => at)].filter(at => at >= 0 && at <= stagedAt));
  const placed = (at: number) => (at < 0 ? first : Math.min(at, stagedAt));
  const sign = (n: number | bigint) => (n < 0 ? -1 : n > 0 ? 1 : 0);
  return [...messages]
    .sort((a, b) => sign(placed(a.at) - placed(b.at)) || sign(a.at - b.at) || sign(BigInt(a.id) - BigInt(b.id)))
    .map(({ id }) => id);
}

const base = Date.UTC(2026, 5, 1);
/** Many messages share a time, or a second. */
const times = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 3 }).map(ms => base + ms) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 5_000 }).map(ms => base + ms) },
  { weight: 1, arbitrary: fc.constantFrom(-1, -86_400_000, -1, 0, stagedAt, stagedAt + 1, stagedAt + 86_400_000) },
);
/** Numbers of any length: their order as text is another one. */
const ids = fc.oneof(fc.integer({ min: 1, max: 120 }).map(String), fc.bigInt(1n, 10n ** 20n).map(String));
const threads = fc.uniqueArray(fc.record({ id: ids, at: times }), { selector: ({ id }) => id, minLength: 1, maxLength: 12 });

test('messages are in the order of their times, then of their ids, in any order of the records', async () => {
  await fc.assert(
    fc.asyncProperty(
      threads.chain(thread => fc.tuple(fc.constant(thread), fc.shuffledSubarray(thread, { minLength: thread.length }))),
      async ([thread, shuffled]) => {
        const expected = expectedOrder(thread, base);
        expect(await orderOf(thread, base)).toEqual(expected);
        expect(await orderOf(shuffled, base)).toEqual(expected);
      },
    ),
    { numRuns: 400 },
  );
});
