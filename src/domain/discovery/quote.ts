import { complexityOf } from './complexity.js';
import type { DiscoveryFacts } from './facts.js';
import { type PriceTable, sumOf } from './price-table.js';
import { scopedIndividually, volumeOf } from './volume.js';

export const quoteStatuses = ['PRICED', 'SCOPED_INDIVIDUALLY', 'NO_PRICE_TABLE'] as const;

/** The price of a migration. */
export interface Quote {
  status: (typeof quoteStatuses)[number];
  /** A decimal text, such as `4900.00`; null without a price. */
  amount: string | null;
  /** ISO 4217; null without a price. */
  currency: string | null;
  /** How the amount is made up, or why there is none. */
  reason: string;
}

/** The price of the bracket that holds all records, and what the grade of the complexity adds. A record has no fee. */
export function quoteOf(facts: DiscoveryFacts, table: PriceTable | null): Quote {
  const { counted, assumed } = volumeOf(facts);
  const records = counted + assumed;
  const size =
    assumed === 0 ? `${records} records` : `about ${records} records, ${assumed} of them messages that an extraction counts`;
  const none = { amount: null, currency: null };
  const bracket = table?.brackets.find(({ upToRecords }) => records <= upToRecords);
  if (records > scopedIndividually || (table && !bracket))
    return { ...none, status: 'SCOPED_INDIVIDUALLY', reason: `Scoped individually: the account has ${size}.` };
  if (!table || !bracket)
    return { ...none, status: 'NO_PRICE_TABLE', reason: 'This installation has no price table. PRICE_TABLE names its file.' };
  const { currency } = table;
  const { grade } = complexityOf(facts);
  const [base, added] = [bracket.amount, table.complexity[grade]];
  const shown = (amount: string) => sumOf([amount], currency);
  return {
    status: 'PRICED',
    amount: sumOf([base, added], currency),
    currency,
    reason: `${shown(base)} for up to ${bracket.upToRecords} records (the account has ${size}), and ${shown(added)} for complexity ${grade}.`,
  };
}
