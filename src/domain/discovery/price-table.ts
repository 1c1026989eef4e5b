import { z } from 'zod';
import { grades } from './complexity.js';
import { scopedIndividually } from './volume.js';

const amount = z.string().regex(/^\d{1,12}(?:\.\d{1,4})?$/, { error: 'Give a text such as "4900.00".' });
const currencies = new Set(Intl.supportedValuesOf('currency'));
const bracket = z.strictObject({
  upToRecords: z
    .int()
    .min(1)
    .max(scopedIndividually, { error: `Give at most ${scopedIndividually}: above that an account is scoped individually.` }),
  amount,
});

const priceTable = z
  .strictObject({
    /** ISO 4217. */
    currency: z.string().refine(code => currencies.has(code), { error: 'Give a code of ISO 4217, such as "EUR".' }),
    /** The price of an account by its records: of the first bracket that holds them all. There is no fee for a record. */
    brackets: z.array(bracket).min(1).max(100),
    /** What is added by the grade of the complexity. */
    complexity: z.strictObject({ A: amount, B: amount, C: amount, D: amount }),
  })
  .check(({ value: { currency, brackets, complexity }, issues }) => {
    const need = (path: (string | number)[], message: string) => issues.push({ code: 'custom', path, message, input: undefined });
    for (const [index, { upToRecords }] of brackets.entries())
      if (index > 0 && upToRecords <= brackets[index - 1]!.upToRecords)
        need(['brackets', index, 'upToRecords'], 'Give more than in the bracket before.');
    if (!currencies.has(currency)) return;
    const decimals = decimalsOf(currency);
    const isTooFine = (text: string) => (text.split('.')[1] ?? '').length > decimals;
    const message = `Give at most ${decimals} decimals in ${currency}.`;
    for (const [index, each] of brackets.entries()) if (isTooFine(each.amount)) need(['brackets', index, 'amount'], message);
    for (const grade of grades) if (isTooFine(complexity[grade])) need(['complexity', grade], message);
  });

/** Prices of a migration. Amounts are decimal texts. */
export type PriceTable = z.infer<typeof priceTable>;

/** Reads a price table from JSON. @returns the table, or what is wrong with it, by its path */
export function parsePriceTable(text: string): { table: PriceTable } | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'Give a file that contains JSON.' };
  }
  const { success, data, error } = priceTable.safeParse(value);
  if (success) return { table: data };
  const { path, message } = error.issues[0]!;
  return { problem: path.length === 0 ? message : `${path.join('.')}: ${message}` };
}

/** The number of decimals of amounts in a currency. */
export const decimalsOf = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** The sum of amounts as a decimal text, exactly. */
export function sumOf(amounts: readonly string[], currency: string): string {
  const decimals = decimalsOf(currency);
  const units = amounts.reduce((sum, each) => {
    const [whole, fraction = ''] = each.split('.');
    return sum + BigInt(`${whole}${fraction.padEnd(decimals, '0')}`);
  }, 0n);
  const digits = units.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
