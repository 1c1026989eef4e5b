import { DateTime, FixedOffsetZone } from 'luxon';
import { zoneOf } from './time-zone.js';
import { trimmed } from './visible-text.js';

/**
 * ISO 8601: a day of a month, week or year, time and offset, and the name of a zone after the offset. A compact day needs a time,
 * because alone it would be a number.
 */
const form =
  /^([+-]\d{6}-\d{2}-\d{2}|\d{4}-\d{2}-\d{2}|\d{4}-W\d{2}-\d|\d{4}-\d{3}|(?:\d{8}|\d{7}|\d{4}W\d{3})(?=T))(?:[T ](\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d{1,30})?)?)?)(?: ?(Z|[+-]\d{2}(?::?\d{2})?)(?:\[[\w/+-]{1,60}\])?)?)?$/;

/** .NET and MySQL write zeros if there is no date. */
const none = /^(?:\+00)?000[01]-\d{2}-\d{2}(?:[T ]|$)|^000[01]\d{4}T/i;

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Whether a text means that there is no date. */
export const isNoDate = (text: unknown): boolean => typeof text === 'string' && none.test(trimmed(text));

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
  const instant = new Date(minutes === null ? instantOf(naive, timeZone) : naive - minutes * minuteMs);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** The day of a date as it is written, at midnight UTC. 24:00 is the start of the next day. */
export function dayOf(text: string): Date | null {
  const parts = isNoDate(text) ? null : partsOf(text);
  const day = parts && parseZonedDate(text, 'UTC') && parseZonedDate(`${parts.day}T00`, 'UTC');
  return day && new Date(day.getTime() + (parts.time.startsWith('24') ? dayMs : 0));
}

/** Whether a date has a time of day other than midnight. */
export function hasTimeOfDay(text: string): boolean {
  const time = partsOf(text)?.time ?? '';
  return /[1-9]/.test(time) && !time.startsWith('24');
}

/** Adds the offset of the account's zone to a date-time without an offset. Any other text stays as it is. */
export function withOffset(text: string, timeZone: string): string {
  const parts = partsOf(text);
  if (!parts || parts.time === '' || parts.offset !== '') return text;
  // A day and a number are not a time.
  if (parts.time.length === 2 && text.includes(' ')) return text;
  // A code, such as `2024123T10`.
  if (!parts.day.includes('-') && (parts.time.length === 2 || parts.day.length === 7)) return text;
  const date = parseZonedDate(text, timeZone);
  const naive = parseZonedDate(text, 'UTC');
  if (!date || !naive) return text;
  const minutes = Math.round((naive.getTime() - date.getTime()) / minuteMs);
  const isCompact = !parts.day.includes('-');
  return `${trimmed(text)}${FixedOffsetZone.instance(minutes).formatOffset(0, isCompact ? 'techie' : 'short')}`;
}

function partsOf(text: string): { day: string; time: string; offset: string } | null {
  const match = form.exec(trimmed(text).toUpperCase().replace('\u2212', '-'));
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
