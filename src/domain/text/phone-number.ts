import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

/**
 * A number in E.164 (`+905320000000`), which Intercom takes; null where it is none.
 * @param country of numbers without a country code, as ISO 3166 names it
 */
export function e164(text: string, country: string | null): string | null {
  const home = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  // Marks of direction come along when a number is copied.
  const number = parsePhoneNumberFromString(text.replace(/\p{Cf}/gu, '').trim(), {
    ...(home ? { defaultCountry: home } : {}),
    extract: false,
  });
  // An extension has no place in E.164.
  return number?.isPossible() && !number.ext ? number.number : null;
}

/** The country of an account's numbers, by its time zone; null where that does not tell. */
export function countryOf(timeZone: string): string | null {
  return ['europe/istanbul', 'asia/istanbul', 'turkey'].includes(timeZone.toLowerCase()) ? 'TR' : null;
}

/** Whether a country is one of those whose numbers are known, by its code of ISO 3166. */
export const isKnownCountry = (code: string) => isSupportedCountry(code.toUpperCase());
