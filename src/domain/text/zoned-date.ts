import { DateTime, FixedOffsetZone } from 'luxon';
import { zoneOf } from './time-zone.js';

/** ISO 8601: day, time and offset; the compact day only with a time, for alone it is a number. */
const form =
  /^(\d{4}-\d{2}-\d{2}|\d{8}(?=T))(?:[T ](\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d{1,30})?)?)?)(?: ?(Z|[+-]\d{2}(?::?\d{2})?))?)?$/;

/** Zeros where a date should be: what .NET and MySQL write for none. */
const none = /^000[01]-\d{2}-\d{2}(?:[T ]|$)/;

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Whether a text is how a source writes that it has no date. */
export const isNoDate = (text: unknown): boolean => typeof text === 'string' && none.test(text.trim());

/**
 * Reads an ISO 8601 date with `Z`, with an offset, or naive; naive ones are in the account's zone. Of an hour that comes twice
 * it is the first one; in an hour that is left out the clock continues as before.
 * @param timeZone as `knownTimeZone` gives it
 * @returns null where the text is no date
 */
export function parseZonedDate(text: unknown, timeZone: string): Date | null {
  const parts = typeof text === 'string' && !isNoDate(text) ? partsOf(text) : null;
  if (!parts) return null;
  const { day, time, offset } = parts;
  const isLeapSecond = /^\d\d:?\d\d:?60/.test(time);
  const clock = isLeapSecond ? time.replace(/60/, '59') : time;
  const read = DateTime.fromISO(time === '' ? day : `${day}T${clock}`, { zone: 'utc' });
  if (!read.isValid) return null;
  const naive = read.toMillis() + (isLeapSecond ? 1000 : 0);
  const minutes = offset === '' ? null : minutesOf(offset);
  if (minutes === undefined) return null;
  return new Date(minutes === null ? instantOf(naive, timeZone) : naive - minutes * minuteMs);
}

/** A date-time without an offset gets that of the account's zone, for a place where nobody knows the zone; else as it is. */
export function withOffset(text: string, timeZone: string): string {
  if (!/^\d{4}-\d{2}-\d{2}T/i.test(text) || partsOf(text)?.offset !== '') return text;
  const date = parseZonedDate(text, timeZone);
  const naive = parseZonedDate(text, 'UTC');
  if (!date || !naive) return text;
  const minutes = Math.round((naive.getTime() - date.getTime()) / minuteMs);
  return `${text.trim()}${FixedOffsetZone.instance(minutes).formatOffset(0, 'short')}`;
}

function partsOf(text: string): { day: string; time: string; offset: string } | null {
  const match = form.exec(text.trim().toUpperCase().replace('\u2212', '-'));
  if (!match) return null;
  const [, day = '', time = '', offset = ''] = match;
  return { day, time, offset };
}

/** undefined where it is none. */
function minutesOf(offset: string): number | undefined {
  if (offset === 'Z') return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(3).replace(':', ''))];
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** The instant at which the clocks of a zone show a time; it is given as if it were UTC. */
function instantOf(naive: number, timeZone: string): number {
  const zone = zoneOf(timeZone);
  const before = zone.offset(naive - dayMs);
  const asBefore = naive - before * minuteMs;
  if (zone.offset(asBefore) === before) return asBefore;
  const after = zone.offset(naive + dayMs);
  const asAfter = naive - after * minuteMs;
  return zone.offset(asAfter) === after ? asAfter : asBefore;
}
