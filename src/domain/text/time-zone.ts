import { Info, type Zone } from 'luxon';
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';

/** The zone of an account that names none. */
export const usualTimeZone = 'Europe/Istanbul';

/** Names that mean the zone of whatever machine this is. */
const here = new Set(['default', 'local', 'system']);

/** Names of Windows in lower case, each with the zone that it has in no country in particular. */
const ofWindows = new Map(
  WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === '001').map(({ windowsName, iana }) => [
    windowsName.toLowerCase(),
    iana[0] as string,
  ]),
);

/** No clocks are further from those of Greenwich. */
const furthestHours = 14;

/**
 * The zone that a name means: of IANA (`Europe/Istanbul`), of Windows and .NET (`Turkey Standard Time`), or an offset
 * (`UTC+3`, `+03:00`).
 * @returns a name that `zoneOf` knows; null where it means none
 */
export function knownTimeZone(name: string): string | null {
  const asked = name.trim();
  if (asked === '' || here.has(asked.toLowerCase())) return null;
  const offset = /^(?:(?:UTC|GMT)\s*)?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(asked);
  const [, sign, hours, minutes = '00'] = offset ?? [];
  if (Number(hours) + Number(minutes) / 60 > furthestHours || Number(minutes) > 59) return null;
  const known = ofWindows.get(asked.toLowerCase()) ?? (offset ? `UTC${sign}${hours}:${minutes}` : asked);
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
