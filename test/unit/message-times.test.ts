import { expect, test } from 'vitest';
import type { NewIssue } from '../../src/domain/model/issue.js';
import { MessageTimes, type Moment, reportMoment, statedTimeLine } from '../../src/pipeline/transform/message-times.js';

const stagedAt = Date.UTC(2026, 10, 28, 12);
const iso = (time: number) => new Date(time).toISOString();
const timesOf = (record: Record<string, unknown>, logs: (number | string)[] = [], calls: number[] = []) =>
  new MessageTimes(
    {
      record,
      stagedAt,
      logs: logs.map((date, n) => ({
        sourceId: String(n),
        stagedAt,
        record: { createdDate: typeof date === 'string' ? date : iso(date) },
      })),
      calls: new Map(calls.map(date => [String(date), { sourceId: 'c', stagedAt, record: { startedDate: iso(date) } }])),
    },
    'UTC',
  );

test('a possible time is kept, in seconds for the destination and in milliseconds for the order', () => {
  const times = timesOf({ createdDate: iso(1_000_000) });
  expect(times.of(stagedAt, iso(1_234_567))).toEqual({ at: 1_234, order: 1_234_567, stated: 1_234_567, original: null });
  expect(times.of(stagedAt, iso(0))).toEqual({ at: 0, order: 0, stated: 0, original: null });
  expect(times.of(stagedAt, iso(stagedAt))).toMatchObject({ order: stagedAt, original: null });
  expect(times.of(stagedAt, 'no date', iso(5_000), iso(6_000))).toMatchObject({ at: 5 });
});

test('a time in the future becomes the time of reading, and is said if it differs by more than five minutes', () => {
  const times = timesOf({ createdDate: iso(1_000_000) });
  const late = stagedAt + 300_001;
  expect(times.of(stagedAt, iso(late))).toEqual({ at: stagedAt / 1_000, order: stagedAt, stated: late, original: iso(late) });
  expect(times.of(stagedAt, iso(stagedAt + 300_000))).toMatchObject({
    order: stagedAt,
    stated: stagedAt + 300_000,
    original: null,
  });
});

test('a time before 1970 becomes the first possible time of the ticket, its messages and its calls', () => {
  const early = '1969-12-31T23:59:59.000Z';
  const first = (times: MessageTimes) => times.of(stagedAt, early);
  expect(first(timesOf({ createdDate: iso(9_000) }))).toEqual({ at: 9, order: 9_000, stated: -1_000, original: early });
  expect(first(timesOf({ createdDate: iso(9_000) }, [7_000, 8_000]))).toMatchObject({ at: 7 });
  expect(first(timesOf({ createdDate: iso(9_000), updatedDate: iso(3_000) }, [7_000], [5_000]))).toMatchObject({ at: 3 });
  expect(first(timesOf({ createdDate: iso(9_000) }, [7_000], [5_000]))).toMatchObject({ at: 5 });
  // Impossible times do not count; without any, it is the time of reading.
  expect(first(timesOf({ createdDate: iso(stagedAt + 1) }, [early, stagedAt + 1]))).toMatchObject({ order: stagedAt });
  expect(first(timesOf({ createdDate: iso(stagedAt) }))).toMatchObject({ order: stagedAt });
  expect(first(timesOf({ createdDate: iso(0) }, [7_000]))).toMatchObject({ order: 0 });
});

test('a message without a date has that of its ticket, or the first possible one', () => {
  expect(timesOf({ createdDate: iso(9_000) }, [7_000]).of(stagedAt)).toEqual({
    at: 9,
    order: 9_000,
    stated: 9_000,
    original: null,
  });
  expect(timesOf({ createdDate: 'no date' }, [7_000]).of(stagedAt, null)).toMatchObject({ at: 7, original: null });
  expect(timesOf({ createdDate: iso(stagedAt + 1) }, [7_000]).of(stagedAt, '')).toMatchObject({ at: 7, original: null });
  expect(timesOf({}).of(stagedAt, undefined)).toMatchObject({ order: stagedAt, original: null });
});

test('only a time that was changed is said and reported', () => {
  const issues: unknown[] = [];
  const report = (issue: Partial<NewIssue>) => issues.push(issue);
  const moment: Moment = { at: 86_400, order: 0, stated: -1, original: '1969-12-31' };
  reportMoment({ ...moment, original: null }, 'MESSAGE', '7', report);
  reportMoment(moment, 'CALL', '8', report);
  expect(statedTimeLine(moment)).toBe('[dated 1969-12-31 at the source]');
  expect(statedTimeLine({ ...moment, original: null })).toBeNull();
  expect(issues).toEqual([
    {
      code: 'DATE_OUT_OF_RANGE',
      severity: 'WARNING',
      recordType: 'CALL',
      sourceId: '8',
      about: 'createdDate',
      message:
        'Intercom does not accept a message dated 1969-12-31. It is dated 1970-01-02T00:00:00.000Z; its text contains its own date.',
      hint: expect.stringContaining('Correct the date at the source'),
    },
  ]);
});

test('a message whose date cannot be read is dated as its ticket, and says its own date without a second issue', () => {
  const times = timesOf({ createdDate: iso(1_000_000) });
  const moment = times.of(stagedAt, '02.05.2026 10:00');
  expect(moment).toMatchObject({ at: 1_000, original: '02.05.2026 10:00' });
  expect(statedTimeLine(moment)).toBe('[dated 02.05.2026 10:00 at the source]');
  const reported: unknown[] = [];
  reportMoment(moment, 'MESSAGE', '1', issue => reported.push(issue));
  expect(reported).toEqual([]);
  for (const none of [null, '', '0001-01-01T00:00:00'])
    expect(times.of(stagedAt, none)).toMatchObject({ at: 1_000, original: null });
  expect(times.of(stagedAt, 'dün', iso(5_000))).toMatchObject({ at: 5, original: null });
});
