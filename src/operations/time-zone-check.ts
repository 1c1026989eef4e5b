import { knownTimeZone, usualTimeZone } from '../domain/text/time-zone.js';
import type { InputCheck } from './input-check.js';

/** @returns the name without surrounding white space; null if none is given */
export function checkTimeZone(check: InputCheck, given: string | null | undefined): string | null {
  const name = check.optionalText('timeZone', given);
  if (name !== null && knownTimeZone(name) === null)
    check.add('timeZone', `Give an IANA time zone, for example ${usualTimeZone}.`);
  return name;
}
