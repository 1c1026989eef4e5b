import { countryOf } from '../domain/phone-number.js';
import { type Fields, textOf } from '../domain/record-fields.js';
import { connectionOf } from './connections.js';
import { stagedRecords } from './staged-records.js';
import type { Tx } from './transaction.js';

/** How the account writes its times and telephone numbers: as the connection's options say, else as the account itself does. */
export async function accountLocale(tx: Tx, projectId: string): Promise<{ timeZone: string; country: string | null }> {
  const options = (await connectionOf(tx, projectId, 'SOURCE'))?.options ?? {};
  let zone: string | null = null;
  for await (const { raw } of stagedRecords(tx, projectId, 'account')) {
    zone = textOf((JSON.parse(raw) as Fields).timeZone) || null;
  }
  const timeZone = textOf(options.timeZone) || zone;
  return { timeZone: timeZone ?? 'Europe/Istanbul', country: textOf(options.defaultCountry) || countryOf(timeZone) };
}
