import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseExactly } from '../exact-json.js';
import { InfosetAccount, type Item, type ListingName, listingPaths, type TableName } from './account.js';

/** Host of absolute file URLs in stored accounts. A simulator replaces it by its own. */
const storedHost = 'https://api.infoset.app';

/**
 * Reads an account from files: `account.json`, one JSON Lines file per resource, `files/` and `recordings/`. Its clock is fixed
 * at the newest date in the files, and nothing expires.
 * @param ownUrl beginning of file URLs, known when the server listens
 */
export function storedAccount(directory: string, ownUrl: () => string): InfosetAccount {
  const read = (name: string) => (existsSync(join(directory, name)) ? readFileSync(join(directory, name), 'utf8') : '');
  const texts = new Map<TableName, string[]>();
  for (const table of [...Object.keys(listingPaths), 'emails', 'files', 'recordings'] as TableName[]) {
    texts.set(table, read(`${table}.jsonl`).split('\n').filter(Boolean));
  }
  let newest = new Date(0);
  const account = new InfosetAccount(() => newest, false);
  account.account = parseExactly(read('account.json')) as Item;
  for (const [table, lines] of texts) {
    for (const line of lines) account.put(table, parseExactly(line.replaceAll(storedHost, ownUrl())) as Item);
  }
  for (const table of Object.keys(listingPaths) as ListingName[]) {
    for (const item of account.all(table)) {
      for (const field of ['createdDate', 'updatedDate', 'closedDate', 'startedDate', 'endedDate']) {
        newest = new Date(Math.max(newest.getTime(), account.time(item[field])));
      }
    }
  }
  for (const table of ['files', 'recordings'] as const) {
    for (const { id, callId, path, contentType, size, status } of account.all(table)) {
      const bytes = () => readFileSync(join(directory, path));
      account.blobs[table].set(String(id ?? callId), { contentType, size, status: status ?? 200, bytes });
    }
  }
  return account;
}
