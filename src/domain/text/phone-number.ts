import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

/**
 * A number in E.164 (`+905320000000`), the form that Intercom accepts; null if it is not a telephone number.
 * @param country of numbers without a country code, by ISO 3166
 */
export function e164(text: string, country: string | null): string | null {
  const home = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  // Direction marks are often copied together with a number.
  const number = parsePhoneNumberFromString(text.replace(/\p{Cf}/gu, '').trim(), {
    ...(home ? { defaultCountry: home } : {}),
    extract: false,
  });
  // E.164 has no extensions.
  return number?.isPossible() && !number.ext ? number.number : null;
}

/** The country of an account's numbers by its time zone; null if it is not known. */
export function countryOf(timeZone: string): string | null {
  return ['europe/istanbul', 'asia/istanbul', 'turkey'].includes(timeZone.toLowerCase()) ? 'TR' : null;
}

/** Whether a code of ISO 3166 is a country whose numbers are known. */
export const isKnownCountry = (code: string) => isSupportedCountry(code.toUpperCase());
