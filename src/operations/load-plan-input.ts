import type { LoadOrder, LoadPlan } from '../domain/model/load-plan.js';
import { minutesOf, minWindowMinutes, nextOpening, type WeekDay, windowMinutes } from '../domain/model/load-windows.js';
import type { RunKind } from '../domain/model/run.js';
import { knownTimeZone } from '../domain/text/time-zone.js';
import { InputCheck } from './input-check.js';

export interface LoadPlanInput {
  startAt?: Date | null;
  windows?: readonly { days: readonly WeekDay[]; from: string; to: string; timeZone: string }[] | null;
  maxCallsPerHour?: number | null;
  order?: LoadOrder | null;
  createdFrom?: Date | null;
  createdTo?: Date | null;
}

const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;
const maxWindows = 20;
const callBounds = { min: 100, max: 1_000_000 };
const maxDelayMs = 366 * 86_400_000;

/**
 * How and when a PRODUCTION run works.
 * @returns no plan if the input asks for nothing; `notBefore` is null if it can start now
 * @throws UserErrors INVALID_INPUT
 */
export function loadPlanOf(
  kind: RunKind,
  input: LoadPlanInput,
  now = new Date(),
): { plan: LoadPlan | null; notBefore: Date | null } {
  const given = (['startAt', 'windows', 'maxCallsPerHour', 'order', 'createdFrom', 'createdTo'] as const).filter(
    name => input[name] !== null && input[name] !== undefined,
  );
  const check = new InputCheck();
  if (kind !== 'PRODUCTION') for (const name of given) check.add(name, `Give ${name} for a PRODUCTION run only.`);
  const { startAt = null, maxCallsPerHour = null, createdFrom = null, createdTo = null } = input;
  if (startAt && (startAt <= now || startAt.getTime() - now.getTime() > maxDelayMs))
    check.add('startAt', 'Give a time in the future, at most a year from now.');
  if (maxCallsPerHour !== null && (maxCallsPerHour < callBounds.min || maxCallsPerHour > callBounds.max))
    check.add('maxCallsPerHour', `Give ${callBounds.min} to ${callBounds.max} calls.`);
  if (createdFrom && createdTo && createdFrom >= createdTo) check.add('createdTo', 'Give a time after createdFrom.');
  const windows = windowsOf(check, input.windows ?? []);
  check.done();
  if (given.length === 0) return { plan: null, notBefore: null };
  const plan: LoadPlan = {
    windows,
    maxCallsPerHour,
    order: input.order ?? 'LONGEST_FIRST',
    createdFrom: createdFrom?.toISOString() ?? null,
    createdTo: createdTo?.toISOString() ?? null,
  };
  const opening = nextOpening(windows, startAt ?? now);
  return { plan, notBefore: opening > now ? opening : null };
}

function windowsOf(check: InputCheck, windows: NonNullable<LoadPlanInput['windows']>): LoadPlan['windows'] {
  if (windows.length > maxWindows) check.add('windows', `Give at most ${maxWindows} windows.`);
  return windows.slice(0, maxWindows).map(({ days, from, to, timeZone }, index) => {
    const add = (name: string, message: string) => check.add(['windows', String(index), name], message);
    if (days.length === 0) add('days', 'Give at least one day.');
    const isTime = clockTime.test(from) && (clockTime.test(to) || to === '24:00');
    if (!clockTime.test(from)) add('from', 'Give a time as HH:MM, from 00:00 to 23:59.');
    if (!clockTime.test(to) && to !== '24:00') add('to', 'Give a time as HH:MM, from 00:00 to 24:00.');
    if (isTime && (minutesOf(from) === minutesOf(to) || windowMinutes({ from, to }) < minWindowMinutes))
      add('to', `Give a window of at least ${minWindowMinutes} minutes; a whole day is 00:00 to 24:00.`);
    const zone = zoneOfClock(timeZone);
    if (zone === null) add('timeZone', 'Give an IANA time zone, for example Europe/Istanbul.');
    return { days: [...new Set(days)], from, to, timeZone: zone ?? timeZone };
  });
}

/** A zone whose clock can be read; null for an unknown name. */
function zoneOfClock(name: string): string | null {
  const zone = knownTimeZone(name);
  try {
    return zone && new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
