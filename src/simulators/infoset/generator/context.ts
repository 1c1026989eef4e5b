import type { Random } from '../../random.js';
import type { InfosetAccount, Item } from '../account.js';

/** Shared by the parts of the generator. */
export interface GeneratorContext {
  account: InfosetAccount;
  random: Random;
  tickets: number;
  now: number;
  ownUrl: () => string;
  /** Formats a time in one of the four date formats of the source. */
  date(at: number): string;
  /** Encodes custom fields in one of the three encodings. */
  customFields(values: Item): unknown;
}

export const dayMs = 86_400_000;
