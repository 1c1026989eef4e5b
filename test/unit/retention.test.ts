import { expect, test } from 'vitest';
import { retentionWarning, retentionWords } from '../../src/domain/discovery/retention.js';
import { discovery, facts } from '../support/discovery-facts.js';

const dayMs = 86_400_000;
const now = new Date('2026-06-01T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * dayMs);

/** An account of so many tickets, whose first chat is deleted in so many days. */
const expiring = (days: number, { windowDays = 90, tickets = 1_000, atRisk = 12 as number | null } = {}) => {
  const content = discovery({ TICKET: tickets });
  content.retention = { ...content.retention, windowDays, deadline: inDays(days).toISOString(), atRisk };
  return facts({ discovery: content });
};
const severityAt = (...given: Parameters<typeof expiring>) => retentionWarning(expiring(...given), now, null)?.severity ?? null;

test('a deadline in two weeks is near, one that an extraction misses is an error', () => {
  expect([60, 14.1, 14, 3, 0].map(days => severityAt(days))).toEqual([null, null, 'WARNING', 'WARNING', 'ERROR']);
  // A week of reading at 600 calls a minute.
  expect(severityAt(20, { tickets: 3_000_000 })).toBe('ERROR');
  expect(severityAt(20, { atRisk: 0 })).toBeNull();
  expect(retentionWarning(facts(), now, null)).toBeNull();
});

test('a source that keeps chats for a week is not near its deadline all the time', () => {
  expect([6, 3.5].map(days => severityAt(days, { windowDays: 7 }))).toEqual([null, 'WARNING']);
});

test('extracted chats are safe: later chats are kept for the whole retention time', () => {
  const after = (readDaysAgo: number, days = 0) => retentionWarning(expiring(days), now, inDays(-readDaysAgo));
  expect(after(0)).toBeNull();
  expect(after(75)).toBeNull();
  expect(after(80)).toMatchObject({ severity: 'WARNING', daysRemaining: 10, atRisk: null, deadline: inDays(10) });
  // A delta is enough, so the time of a whole extraction does not count.
  expect(after(90)?.severity).toBe('WARNING');
  expect(retentionWords(after(80)!, inDays(-80))).toEqual({
    message: expect.stringMatching(/chats since 2026-03-13, which were not extracted: the first on 2026-06-11, in 10 days\./),
    hint: expect.stringContaining('DELTA'),
  });
});

test('the message names the figures and the remedy', () => {
  const soon = retentionWarning(expiring(1.5), now, null)!;
  expect(retentionWords(soon, null).message).toBe(
    'The source deletes chats of 12 tickets: the first on 2026-06-03, in 1 day. An extraction takes up to 1 hour.',
  );
  const late = retentionWarning(expiring(-2), now, null)!;
  expect(late).toMatchObject({ severity: 'ERROR', daysRemaining: 0 });
  expect(retentionWords(late, null).message).toMatch(/in 0 days\. .* so it would end after that\.$/);
});
