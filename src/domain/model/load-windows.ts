export const weekDays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;
export type WeekDay = (typeof weekDays)[number];

/** A time of the week. If `to` is not later than `from`, it ends on the next day. */
export interface LoadWindow {
  /** The days on which it begins. */
  days: WeekDay[];
  /** HH:MM by the clock of the zone; `to` may be 24:00. */
  from: string;
  to: string;
  timeZone: string;
}

const minute = 60_000;
/** No window is shorter, so a step never passes over one. */
export const minWindowMinutes = 60;
const step = (minWindowMinutes / 2) * minute;
/** A window that a change of the clocks removes opens again a week later. */
const horizon = 15 * 24 * 60 * minute;
const dayMinutes = 24 * 60;

export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The length as the clock shows it. */
export function windowMinutes({ from, to }: Pick<LoadWindow, 'from' | 'to'>): number {
  const length = minutesOf(to) - minutesOf(from);
  return length > 0 ? length : length + dayMinutes;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The day and minute that a clock of the zone shows. */
function clockAt(timeZone: string, at: number): { day: number; minutes: number } {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  clocks.set(timeZone, clock);
  const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    day: weekDays.indexOf(parts.get('weekday')!.toUpperCase() as WeekDay),
    minutes: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  };
}

/** Whether a clock in the zone shows a time of the window. Changes of the clocks shorten or lengthen it, as they do a night. */
function isOpenAt(window: LoadWindow, at: number): boolean {
  const { day, minutes } = clockAt(window.timeZone, at);
  const begins = (on: number) => window.days.includes(weekDays[(on + 7) % 7]!);
  const from = minutesOf(window.from);
  const end = from + windowMinutes(window);
  return (begins(day) && minutes >= from && minutes < end) || (begins(day - 1) && minutes + dayMinutes < end);
}

/** Whether one of the windows is open; without windows always. */
export const areOpen = (windows: readonly LoadWindow[], at: Date): boolean =>
  windows.length === 0 || windows.some(window => isOpenAt(window, at.getTime()));

/** When one of the windows is open, at this time or later. */
export function nextOpening(windows: readonly LoadWindow[], from: Date): Date {
  if (areOpen(windows, from)) return from;
  const start = Math.floor(from.getTime() / minute) * minute;
  const isOpen = (at: number) => areOpen(windows, new Date(at));
  for (let at = start + step; at <= start + horizon; at += step) {
    if (!isOpen(at)) continue;
    let opening = at;
    while (opening - minute > start && isOpen(opening - minute)) opening -= minute;
    return new Date(opening);
  }
  throw new Error('A window of the week does not open within two weeks.');
}
