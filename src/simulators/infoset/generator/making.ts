import type { Random } from '../../random.js';
import type { InfosetAccount, Item } from '../account.js';

/** What the parts of the generator share. */
export interface Making {
  account: InfosetAccount;
  random: Random;
  tickets: number;
  now: number;
  ownUrl: () => string;
  /** An instant in one of the four forms in which the source writes dates. */
  date(at: number): string;
  /** Custom fields in one of the three encodings. */
  customFields(values: Item): unknown;
}

export const dayMs = 86_400_000;
