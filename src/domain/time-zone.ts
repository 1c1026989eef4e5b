import { Info, type Zone } from 'luxon';
import { findIana } from 'windows-iana';

/** The zone of an account that names none. */
export const usualTimeZone = 'Europe/Istanbul';

/** Names that mean the zone of whatever machine this is. */
const here = new Set(['default', 'local', 'system']);

/**
 * The zone that a name means: of IANA (`Europe/Istanbul`), of Windows and .NET (`Turkey Standard Time`), or an offset
 * (`UTC+3`, `+03:00`).
 * @returns a name that `zoneOf` knows; null where it means none
 */
export function knownTimeZone(name: string): string | null {
  const asked = name.trim();
  if (asked === '' || here.has(asked.toLowerCase())) return null;
  const [fromWindows] = findIana(asked.replace(/\b[a-z]/g, letter => letter.toUpperCase()) as never) as string[];
  const offset = /^(?:(?:UTC|GMT)\s*)?([+-]\d{1,2}(?::?\d{2})?)$/i.exec(asked)?.[1];
  const known = fromWindows ?? (offset ? `UTC${offset.replace(/(\d\d):?(\d\d)$/, '$1:$2')}` : asked);
  const zone = Info.normalizeZone(known);
  return zone.isValid ? known : null;
}

const zones = new Map<string, Zone>();

/** @param name as `knownTimeZone` gives it */
export function zoneOf(name: string): Zone {
  const known = zones.get(name) ?? Info.normalizeZone(name);
  zones.set(name, known);
  return known;
}
