const form = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    const parts = {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    } as const;
    format = new Intl.DateTimeFormat('en-US', { ...parts, timeZone, hourCycle: 'h23' });
    formats.set(timeZone, format);
  }
  return format;
}

/** What a zone's clocks show at an instant, as if it were UTC. */
function wallClock(instant: number, timeZone: string): number {
  const part = Object.fromEntries(
    formatFor(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
}

/**
 * Reads an ISO 8601 date with `Z`, with an offset, or naive; naive ones are in the account's zone.
 * @param timeZone an IANA name
 * @returns null where the text is no date
 */
export function parseZonedDate(text: unknown, timeZone: string): Date | null {
  const match = typeof text === 'string' ? form.exec(text.trim()) : null;
  if (!match) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  const [y, m, d, h, min, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (m < 1 || m > 12 || d < 1 || d > new Date(Date.UTC(y, m, 0)).getUTCDate() || h > 23 || min > 59 || s > 59) return null;
  const naive = Date.UTC(y, m - 1, d, h, min, s, Number(fraction.padEnd(3, '0').slice(0, 3)));
  if (zone === 'Z') return new Date(naive);
  if (zone) {
    const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
    return new Date(naive - (zone.startsWith('-') ? -1 : 1) * minutes * 60_000);
  }
  // Twice, as the first guess may lie on the other side of a change of the clocks.
  const whole = Math.floor(naive / 1000) * 1000;
  const first = whole - (wallClock(whole, timeZone) - whole);
  return new Date(naive - (wallClock(first, timeZone) - first));
}
