import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config.js';
import { comparisonsOf } from '../../src/domain/discovery/comparison.js';
import { complexityOf } from '../../src/domain/discovery/complexity.js';
import { estimateOf } from '../../src/domain/discovery/estimate.js';
import { type PriceTable, parsePriceTable, sumOf } from '../../src/domain/discovery/price-table.js';
import { quoteOf } from '../../src/domain/discovery/quote.js';
import { weeksOf } from '../../src/domain/discovery/weeks.js';
import { discovery, facts, readOf } from '../support/discovery-facts.js';

const prices: PriceTable = {
  currency: 'EUR',
  brackets: [
    { upToRecords: 10_000, amount: '1900' },
    { upToRecords: 2_000_000, amount: '4900.10' },
  ],
  complexity: { A: '0.20', B: '500.05', C: '1500', D: '3000' },
};
const sized = (tickets: number) => facts({ discovery: discovery({ TICKET: tickets }) });

describe('weeks', () => {
  test('grow with complexity, with volume, and with the hours of reading and loading', () => {
    const bands = [1_000, 200_000, 2_000_000, 20_000_000].map(tickets => weeksOf(sized(tickets)));
    for (const { min, max } of bands) expect(min).toBeLessThan(max);
    for (const [index, { min, max }] of bands.slice(1).entries()) {
      expect(min).toBeGreaterThanOrEqual(bands[index]!.min);
      expect(max).toBeGreaterThan(bands[index]!.max);
    }
    const slow = facts({ ...sized(200_000), callLimitPerMinute: 60 });
    expect(complexityOf(slow).grade).toBe('C');
    const days = estimateOf(slow).secondsP50 / 86_400;
    expect(weeksOf(slow).min).toBeGreaterThanOrEqual(4 + Math.floor(days / 7));
  });

  test('a small, clear account needs no week for its hours', () => {
    const field = { recordType: 'CONTACT', action: 'MAP', targetPath: 'contact.name', confidence: 1, losses: [] } as const;
    const small = facts({ fields: [{ ...field, losses: [] }] });
    expect(complexityOf(small).grade).toBe('A');
    expect(weeksOf(small)).toEqual({ min: 2, max: 3 });
  });
});

describe('quote', () => {
  test('the bracket and the grade, added exactly; a record more in the bracket costs nothing', () => {
    const small = quoteOf(sized(100), prices);
    expect(small).toMatchObject({ status: 'PRICED', currency: 'EUR' });
    const grade = complexityOf(sized(100)).grade;
    expect(small.amount).toBe(sumOf(['1900', prices.complexity[grade]], 'EUR'));
    expect(small.reason).toContain('about 900 records, 800 of them messages');
    expect(quoteOf(sized(1_000), prices).amount).toBe(small.amount);
    expect(quoteOf(sized(1_112), prices).amount).not.toBe(small.amount);
  });

  test('messages that an extraction has counted replace those that were assumed', () => {
    const read = readOf({ TICKET: 1_112, MESSAGE: 500 });
    expect(quoteOf(facts({ ...sized(1_112), read }), prices).reason).toContain('the account has 1612 records)');
  });

  test('above two million records it is scoped individually, with prices or without, as the volume says', () => {
    const huge = sized(250_000);
    for (const table of [prices, null])
      expect(quoteOf(huge, table)).toMatchObject({
        status: 'SCOPED_INDIVIDUALLY',
        amount: null,
        currency: null,
        reason: expect.stringMatching(/^Scoped individually: the account has about 2250000 records/),
      });
    expect(complexityOf(huge).factors.find(({ name }) => name === 'VOLUME')!.reason).toContain('scoped individually');
    const exactly = facts({ ...sized(0), read: readOf({ TICKET: 1_000_000, MESSAGE: 1_000_000 }) });
    expect(quoteOf(exactly, prices).status).toBe('PRICED');
    const short = { ...prices, brackets: [prices.brackets[0]!] };
    expect(quoteOf(sized(20_000), short).status).toBe('SCOPED_INDIVIDUALLY');
    expect(quoteOf(sized(20), null)).toMatchObject({ status: 'NO_PRICE_TABLE', amount: null });
  });

  test('amounts are texts: no sum of theirs is rounded', () => {
    expect(sumOf(['0.10', '0.2'], 'EUR')).toBe('0.30');
    expect(sumOf(['999999999999.99', '0.01'], 'EUR')).toBe('1000000000000.00');
    expect(sumOf(['0', '0.07'], 'TRY')).toBe('0.07');
    expect(sumOf(['1500', '20'], 'JPY')).toBe('1520');
    expect(sumOf(['1.5', '0.005'], 'KWD')).toBe('1.505');
  });

  test('a wrong table is refused with the path of the error', () => {
    const problem = (change: object) => parsePriceTable(JSON.stringify({ ...prices, ...change }));
    expect(problem({})).toEqual({ table: prices });
    expect(problem({ currency: 'EURO' })).toMatchObject({ problem: expect.stringMatching(/^currency: /) });
    expect(problem({ currency: 'JPY' })).toMatchObject({ problem: expect.stringMatching(/^brackets\.1\.amount: .*0 decimals/) });
    expect(problem({ perRecord: '0.01' })).toMatchObject({ problem: expect.stringContaining('perRecord') });
    for (const amount of [1900, '1,900.00', '-5', '1e3', ''])
      expect(problem({ complexity: { ...prices.complexity, C: amount } })).toMatchObject({
        problem: expect.stringMatching(/^complexity\.C: /),
      });
    expect(problem({ brackets: [...prices.brackets].reverse() })).toMatchObject({
      problem: expect.stringContaining('brackets.1.upToRecords'),
    });
    expect(problem({ brackets: [{ upToRecords: 3_000_000, amount: '1' }] })).toMatchObject({
      problem: expect.stringContaining('individually'),
    });
    expect(parsePriceTable('{')).toEqual({ problem: expect.stringContaining('JSON') });
  });

  test('PRICE_TABLE names a file; a missing one or a wrong one stops the start', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'prices-')), 'prices.json');
    const load = () => loadConfig({}, { PRICE_TABLE: path });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/PRICE_TABLE: The file cannot be read \(ENOENT\)/);
    writeFileSync(path, '{"currency":"EUR"}');
    expect(load).toThrow(/PRICE_TABLE: brackets: /);
    writeFileSync(path, JSON.stringify(prices));
    expect(load().priceTable).toEqual(prices);
  });
});

describe('comparison', () => {
  const first = {
    extraction: { apiCalls: 6_000, seconds: 1_200, records: 3_000 },
    load: { apiCalls: 9_000, seconds: 600, records: 4_500 },
  };
  const read = readOf({ TICKET: 1_000, CONTACT: 500, MESSAGE: 1_500 });

  test('empty before a run has ended; then each step with the estimate of the discovery alone', () => {
    expect(comparisonsOf(facts())).toEqual([]);
    const before = estimateOf(facts());
    const after = facts({ firstPass: first, read, emails: 20, measured: first, callLimitPerMinute: 300 });
    const [extraction, load] = comparisonsOf(after);
    expect(extraction).toMatchObject({
      kind: 'EXTRACTION',
      actualCalls: 6_000,
      actualSeconds: 1_200,
      callsPerSecond: 5,
      callsPerRecord: 2,
    });
    expect(load).toMatchObject({
      kind: 'PRODUCTION',
      actualCalls: 9_000,
      actualSeconds: 600,
      callsPerSecond: 15,
      callsPerRecord: 2,
    });
    expect(extraction!.estimatedCalls + load!.estimatedCalls).toBe(before.apiCalls);
    expect(Math.abs(extraction!.estimatedSecondsP50 + load!.estimatedSecondsP50 - before.secondsP50)).toBeLessThanOrEqual(1);
    expect(Math.abs(extraction!.estimatedSecondsP90 + load!.estimatedSecondsP90 - before.secondsP90)).toBeLessThanOrEqual(1);
  });

  test('the measured calls a record take the place of the assumed ones', () => {
    const { discovery: account } = facts({ discovery: discovery({ TICKET: 1_000, CONTACT: 500 }) });
    const after = facts({ discovery: account, firstPass: first, read });
    expect(estimateOf(after).apiCalls).toBe(2 * 3_000 + 2 * 3_000);
    // A run of a few calls, or one that loaded nothing, is not a measurement.
    for (const pass of [
      { apiCalls: 150, seconds: 60, records: 10 },
      { apiCalls: 900, seconds: 60, records: 0 },
    ])
      expect(estimateOf({ ...after, firstPass: { extraction: pass, load: pass } })).toEqual(
        estimateOf(facts({ discovery: account, read })),
      );
  });

  test('without records there is no rate, without time no speed', () => {
    const nothing = { apiCalls: 3, seconds: 0, records: 0 };
    const [only] = comparisonsOf(facts({ firstPass: { extraction: nothing, load: null } }));
    expect(only).toMatchObject({ callsPerRecord: null, callsPerSecond: 0 });
  });
});
