import { DateTime, FixedOffsetZone } from 'luxon';
import { zoneOf } from './time-zone.js';

/** ISO 8601: day, time and offset. A compact day needs a time, because alone it would be a number. */
const form =
  /^(\d{4}-\d{2}-\d{2}|\d{8}(?=T))(?:[T ](\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d{1,30})?)?)?)(?: ?(Z|[+-]\d{2}(?::?\d{2})?))?)?$/;

/** .NET and MySQL write zeros if there is no date. */
const none = /^000[01]-\d{2}-\d{2}(?:[T ]|$)/;

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Whether a text means that there is no date. */
export const isNoDate = (text: unknown): boolean => typeof text === 'string' && none.test(text.trim());

/**
 * Reads an ISO 8601 date with `Z`, with an offset, or without one, which is then in the account's zone. If the hour occurs twice,
 * the first one is meant. If clocks skip the hour, the offset before it applies.
 * @param timeZone as `knownTimeZone` returns it
 * @returns null if the text is not a date
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

/** Adds the offset of the account's zone to a date-time without an offset. Any other text stays as it is. */
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

/** undefined if it is not an offset. */
function minutesOf(offset: string): number | undefined {
  if (offset === 'Z') return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(3).replace(':', ''))];
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** The instant at which clocks in a zone show a time. @param naive that time, as if it were UTC */
function instantOf(naive: number, timeZone: string): number {
  const zone = zoneOf(timeZone);
  const before = zone.offset(naive - dayMs);
  const asBefore = naive - before * minuteMs;
  if (zone.offset(asBefore) === before) return asBefore;
  const after = zone.offset(naive + dayMs);
  const asAfter = naive - after * minuteMs;
  return zone.offset(asAfter) === after ? asAfter : asBefore;
}
