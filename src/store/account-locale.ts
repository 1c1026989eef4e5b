import { recordOf, textOf } from '../domain/model/record-fields.js';
import { detailListings } from '../domain/model/record-types.js';
import { countryOf } from '../domain/text/phone-number.js';
import { knownTimeZone, usualTimeZone } from '../domain/text/time-zone.js';
import { timeZoneOf } from '../sources/shapes.js';
import { connectionOf } from './connections.js';
import { stagedRecords } from './staged-records.js';
import type { Tx } from './transaction.js';

/** Time zone and country of an account: from the options of the connection, else from the account itself. */
export async function accountLocale(tx: Tx, projectId: string): Promise<{ timeZone: string; country: string | null }> {
  const options = (await connectionOf(tx, projectId, 'SOURCE'))?.options ?? {};
  let zone: string | null = null;
  for await (const { raw } of stagedRecords(tx, projectId, detailListings.ACCOUNT)) {
    zone = timeZoneOf(recordOf(raw));
  }
  // An unknown zone has stopped the extraction.
  const timeZone = knownTimeZone(textOf(options.timeZone) || (zone ?? '')) ?? usualTimeZone;
  return { timeZone, country: textOf(options.defaultCountry).toUpperCase() || countryOf(timeZone) };
}
