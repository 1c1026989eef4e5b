import { expect, test } from 'vitest';
import { placeOf } from '../../src/domain/model/load-plan.js';
import { areOpen, type LoadWindow, nextOpening, weekDays } from '../../src/domain/model/load-windows.js';
import { RunSchedule } from '../../src/jobs/run-schedule.js';
import { type LoadPlanInput, loadPlanOf } from '../../src/operations/load-plan-input.js';

const at = (time: string) => new Date(time);
const nights: LoadWindow = { days: [...weekDays], from: '22:00', to: '06:00', timeZone: 'Europe/Istanbul' };
const open = (windows: LoadWindow[], time: string) => areOpen(windows, at(time));
const opening = (windows: LoadWindow[], time: string) => nextOpening(windows, at(time)).toISOString();

test('a night begins on its day and ends on the next', () => {
  // Istanbul is three hours ahead of UTC.
  expect(open([nights], '2026-11-25T18:59:59Z')).toBe(false);
  expect(open([nights], '2026-11-25T19:00:00Z')).toBe(true);
  expect(open([nights], '2026-11-26T02:59:59Z')).toBe(true);
  expect(open([nights], '2026-11-26T03:00:00Z')).toBe(false);
  expect(opening([nights], '2026-11-26T03:00:30Z')).toBe('2026-11-26T19:00:00.000Z');
  const friday: LoadWindow = { ...nights, days: ['FRIDAY'] };
  expect(opening([friday], '2026-11-28T03:00:00Z')).toBe('2026-12-04T19:00:00.000Z');
  expect(open([friday], '2026-11-28T02:00:00Z')).toBe(true);
  expect(opening([], '2026-11-28T02:00:00Z')).toBe('2026-11-28T02:00:00.000Z');
  const weekend: LoadWindow = { ...nights, days: ['SATURDAY', 'SUNDAY'], from: '00:00', to: '24:00' };
  expect(opening([friday, weekend], '2026-11-25T12:00:00Z')).toBe('2026-11-27T19:00:00.000Z');
});

test('clock changes: a skipped window opens a week later, a repeated one is longer', () => {
  // In Berlin, 02:00 to 03:00 does not exist on 29 March 2026, and exists twice on 25 October 2026.
  const berlin: LoadWindow = { days: ['SUNDAY'], from: '02:00', to: '03:00', timeZone: 'Europe/Berlin' };
  expect(opening([berlin], '2026-03-28T12:00:00Z')).toBe('2026-04-05T00:00:00.000Z');
  for (const time of ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']) expect(open([berlin], time), time).toBe(true);
  expect(open([berlin], '2026-10-25T02:00:00Z')).toBe(false);
  const night: LoadWindow = { ...nights, days: ['SATURDAY'], timeZone: 'Europe/Berlin' };
  expect(open([night], '2026-03-29T03:59:00Z')).toBe(true);
  expect(open([night], '2026-03-29T04:00:00Z')).toBe(false);
});

const now = at('2026-11-25T12:00:00Z');
const problems = (input: LoadPlanInput, kind: 'PRODUCTION' | 'DELTA' = 'PRODUCTION'): unknown => {
  try {
    loadPlanOf(kind, input, now);
    return [];
  } catch (error) {
    const { errors } = error as { errors: { code: string; options: { path: string[] } }[] };
    return errors.map(each => `${each.code} ${each.options.path.join('.')}`);
  }
};

test('each wrong input is named', () => {
  expect(problems({ maxCallsPerHour: 5, startAt: at('2026-11-25T11:00:00Z') })).toEqual([
    'INVALID_INPUT input.startAt',
    'INVALID_INPUT input.maxCallsPerHour',
  ]);
  expect(problems({ createdFrom: now, createdTo: now })).toEqual(['INVALID_INPUT input.createdTo']);
  expect(problems({ order: 'LONGEST_FIRST' }, 'DELTA')).toEqual(['INVALID_INPUT input.order']);
  const window = (change: object) => problems({ windows: [{ ...nights, ...change }] });
  expect(window({ days: [] })).toEqual(['INVALID_INPUT input.windows.0.days']);
  expect(window({ from: '24:00' })).toEqual(['INVALID_INPUT input.windows.0.from']);
  expect(window({ to: '6' })).toEqual(['INVALID_INPUT input.windows.0.to']);
  for (const to of ['22:00', '22:30']) expect(window({ to })).toEqual(['INVALID_INPUT input.windows.0.to']);
  expect(window({ timeZone: 'Mars/Olympus' })).toEqual(['INVALID_INPUT input.windows.0.timeZone']);
  expect(problems({ windows: Array.from({ length: 21 }, () => nights) })).toEqual(['INVALID_INPUT input.windows']);
});

test('a run without options has no plan; outside of its window it waits for the next opening', () => {
  expect(loadPlanOf('PRODUCTION', {}, now)).toEqual({ plan: null, notBefore: null });
  expect(loadPlanOf('PRODUCTION', { maxCallsPerHour: 500 }, now)).toMatchObject({
    plan: { maxCallsPerHour: 500 },
    notBefore: null,
  });
  expect(loadPlanOf('PRODUCTION', { windows: [nights] }, now).notBefore).toEqual(at('2026-11-25T19:00:00Z'));
  const startAt = at('2026-12-01T10:00:00Z');
  expect(loadPlanOf('PRODUCTION', { windows: [nights], startAt }, now).notBefore).toEqual(at('2026-12-01T19:00:00Z'));
  expect(loadPlanOf('PRODUCTION', { startAt }, now).notBefore).toEqual(startAt);
});

test('a schedule stops a run when its window closes, and when the calls of the hour are spent', () => {
  const plan = { windows: [], maxCallsPerHour: 3, order: 'LONGEST_FIRST' as const, createdFrom: null, createdTo: null };
  let clock = now.getTime();
  let stops = 0;
  const scheduled = (more: object, spent: { hour: Date; calls: number } | null) =>
    new RunSchedule(
      { ...plan, ...more },
      spent,
      () => stops++,
      () => clock,
    );
  const spent = scheduled({}, { hour: now, calls: 2 });
  expect(spent.wait).toBeNull();
  spent.onCall();
  spent.onCall();
  expect(spent.wait).toEqual({ until: at('2026-11-25T13:00:00Z'), reason: 'CALL_BUDGET' });
  expect([stops, spent.budget]).toEqual([1, { hour: now, calls: 4 }]);
  // The next hour has a new budget.
  const fresh = scheduled({}, { hour: at('2026-11-25T11:00:00Z'), calls: 3 });
  fresh.onCall();
  clock += 3_600_000;
  for (let call = 0; call < 2; call++) fresh.onCall();
  expect([fresh.wait, fresh.budget.calls]).toEqual([null, 2]);
  fresh.end();
  const closed = scheduled({ windows: [nights] }, null);
  expect([closed.wait, stops]).toEqual([{ until: at('2026-11-25T19:00:00Z'), reason: 'SCHEDULE' }, 2]);
});

test('open tickets come first, then the newer months', () => {
  const place = (createdAt: string | null, isOpen = false) =>
    placeOf('OPEN_AND_RECENT_FIRST', { createdAt: createdAt === null ? null : at(createdAt), isOpen });
  const places = [place('2020-01-01', true), place('2026-02-01'), place('2026-01-31'), place('2025-12-31'), place(null)];
  expect(places).toEqual(places.toSorted((a, b) => b - a));
  expect(new Set(places).size).toBe(places.length);
  expect(place('2026-02-01')).toBe(place('2026-02-28'));
  expect(placeOf('LONGEST_FIRST', { createdAt: now, isOpen: true })).toBe(0);
});
