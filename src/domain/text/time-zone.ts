import { Info, type Zone } from 'luxon';
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';

/** The zone of an account that does not report one. */
export const usualTimeZone = 'Europe/Istanbul';

/** Names that mean the zone of this machine. */
const localNames = new Set(['default', 'local', 'system']);

/** Windows names in lower case, each with its default IANA zone. */
const ofWindows = new Map(
  WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === '001').map(({ windowsName, iana }) => [
    windowsName.toLowerCase(),
    iana[0] as string,
  ]),
);

/** Largest offset from UTC. */
const maxOffsetHours = 14;

/**
 * Finds a zone by its name in IANA (`Europe/Istanbul`), its name in Windows and .NET (`Turkey Standard Time`), or its offset
 * (`UTC+3`, `+03:00`).
 * @returns a name that `zoneOf` accepts; null for an unknown name
 */
export function knownTimeZone(name: string): string | null {
  const trimmed = name.trim();
  if (trimmed === '' || localNames.has(trimmed.toLowerCase())) return null;
  const offset = /^(?:(?:UTC|GMT)\s*)?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(trimmed);
  const [, sign, hours, minutes = '00'] = offset ?? [];
  if (Number(hours) + Number(minutes) / 60 > maxOffsetHours || Number(minutes) > 59) return null;
  const known = ofWindows.get(trimmed.toLowerCase()) ?? (offset ? `UTC${sign}${hours}:${minutes}` : trimmed);
  const zone = Info.normalizeZone(known);
  return zone.isValid ? known : null;
}

const zones = new Map<string, Zone>();

/** @param name as `knownTimeZone` returns it */
export function zoneOf(name: string): Zone {
  const known = zones.get(name) ?? Info.normalizeZone(name);
  zones.set(name, known);
  return known;
}
