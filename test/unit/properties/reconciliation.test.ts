import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RecordType } from '../../../src/domain/model/record-type.js';
import { type ReconciliationFacts, reconcile, reconciledTypes } from '../../../src/domain/verify/reconcile.js';

/** What can become of a record without anything being lost: it is there and equal, or somebody knows why not. */
const accounted = [
  'verified',
  'skipped',
  'unusable id',
  'failed, waived',
  'different, waived',
  'last change failed, waived',
] as const;
/** What makes the result unbalanced. */
const open = [
  'not read back',
  'different',
  'outdated',
  'failed',
  'lost',
  'not staged',
  'outside of the slices',
  'last change failed',
] as const;
type Outcome = (typeof accounted)[number] | (typeof open)[number];
const isOpen = (outcome: Outcome) => (open as readonly Outcome[]).includes(outcome);

/** Types whose records fail on their own. Parts of tickets fail with them, and have a property of their own. */
const types = reconciledTypes.filter(({ arrival, partOf }) => arrival === 'LOADED' && !partOf);
const sliced: readonly RecordType[] = ['TICKET'];

interface Type {
  recordType: RecordType;
  listing: string;
  outcomes: Outcome[];
  /** Whether the source reports a number. */
  counted: boolean;
}

/** Mostly nothing is lost, or one record of one type. */
const outcomesOf = (recordType: RecordType): fc.Arbitrary<Outcome[]> => {
  const possible = open.filter(each => each !== 'outside of the slices' || sliced.includes(recordType));
  const good = fc.array(fc.constantFrom<Outcome[]>(...accounted), { maxLength: 5 });
  const bad = fc.array(fc.constantFrom<Outcome[]>(...possible), { maxLength: 2 });
  return fc.oneof({ weight: 8, arbitrary: good }, { weight: 1, arbitrary: fc.tuple(good, bad).map(both => both.flat()) });
};
const accounts: fc.Arbitrary<Type[]> = fc.tuple(
  ...types.map(({ recordType, listing }) =>
    fc.record({
      recordType: fc.constant(recordType),
      listing: fc.constant(listing),
      outcomes: outcomesOf(recordType),
      counted: fc.boolean(),
    }),
  ),
);

const nothing = { staged: 0, loaded: 0, verified: 0, skipped: 0, failed: 0 };

/** The counts of these records, as the statements of the store define them. */
function factsOf(account: readonly Type[], more: Partial<ReconciliationFacts> = {}): ReconciliationFacts {
  const byType = new Map(account.map(each => [each.recordType, each.outcomes]));
  const number = (type: RecordType, ...wanted: Outcome[]) =>
    (byType.get(type) ?? []).filter(each => wanted.includes(each)).length;
  const typeOf = (listing: string) => account.find(each => each.listing === listing);
  return {
    isBegun: true,
    tags: { staged: 0, skipped: 0 },
    source: listing => {
      const type = typeOf(listing);
      return type && !type.counted ? null : (type?.outcomes.length ?? 0);
    },
    staged: listing => {
      const outcomes = typeOf(listing)?.outcomes ?? [];
      const staged = outcomes.filter(each => each !== 'not staged');
      return { staged: staged.length, skipped: staged.filter(each => each === 'unusable id').length };
    },
    loaded: type => {
      const verified = number(type, 'verified', 'different', 'different, waived', 'outdated');
      const failedUnread = number(type, 'last change failed', 'last change failed, waived');
      return { loaded: verified + failedUnread + number(type, 'not read back'), verified, failedUnread };
    },
    failed: type => number(type, 'failed', 'failed, waived'),
    problems: type => ({
      skipped: number(type, 'skipped'),
      allFailed: number(type, 'failed', 'failed, waived', 'last change failed', 'last change failed, waived'),
      failed: number(type, 'failed', 'last change failed'),
      different: number(type, 'different'),
      outdated: number(type, 'outdated'),
    }),
    outside: type => number(type, 'outside of the slices'),
    files: nothing,
    recordings: nothing,
    ...more,
  };
}

test('the reconciliation is balanced exactly if nothing was lost, for each type and as a whole', () => {
  fc.assert(
    fc.property(accounts, account => {
      const { balanced, rows } = reconcile(factsOf(account));
      const isLost = ({ outcomes, counted }: Type) =>
        // Without a number of the source, a record that was not staged cannot be noticed.
        outcomes.some(each => isOpen(each) && (each !== 'not staged' || counted));
      for (const type of account) {
        const row = rows.find(({ recordType }) => recordType === type.recordType)!;
        expect([type.recordType, row.balanced]).toEqual([type.recordType, !isLost(type)]);
        const { staged, loaded, skipped, failed, outside } = row;
        const lost = type.outcomes.filter(each => each === 'lost').length;
        expect(staged).toBe(loaded + skipped + failed + outside + lost);
      }
      expect(balanced).toBe(!account.some(isLost));
    }),
    { numRuns: 3_000 },
  );
});

test('before a sample is chosen nothing is balanced', () => {
  fc.assert(
    fc.property(accounts, account => {
      expect(reconcile(factsOf(account, { isBegun: false })).balanced).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test('messages and files of a failed ticket count as failed, and are accounted for once the ticket is waived', () => {
  const count = fc.integer({ min: 0, max: 4 });
  const cases = fc.record({
    loaded: count,
    failed: count,
    waived: fc.boolean(),
    lost: fc.constantFrom(0, 0, 0, 1),
    files: count,
  });
  fc.assert(
    fc.property(cases, ({ loaded, failed, waived, lost, files }) => {
      const [tickets, messages] = ['TICKET', 'MESSAGE'].map(type => reconciledTypes.find(each => each.recordType === type)!);
      // One message and some files for each ticket; `lost` messages of loaded tickets are missing.
      const ticket: Type = {
        recordType: 'TICKET',
        listing: tickets!.listing,
        counted: true,
        outcomes: [
          ...Array.from({ length: loaded + lost }, () => 'verified' as const),
          ...Array.from({ length: failed }, () => (waived ? ('failed, waived' as const) : ('failed' as const))),
        ],
      };
      const facts = factsOf([ticket]);
      const all = loaded + lost + failed;
      const { rows, balanced } = reconcile({
        ...facts,
        staged: listing => (listing === messages!.listing ? { staged: all, skipped: 0 } : facts.staged(listing)),
        loaded: type => (type === 'MESSAGE' ? { loaded, verified: loaded, failedUnread: 0 } : facts.loaded(type)),
        failed: type => (type === 'MESSAGE' ? failed : facts.failed(type)),
        files: { staged: files * failed, loaded: 0, verified: 0, skipped: 0, failed: 0 },
        source: listing => (listing === messages!.listing ? all : listing === 'files' ? files * failed : facts.source(listing)),
      });
      const row = (type: RecordType) => rows.find(({ recordType }) => recordType === type)!;
      expect(balanced).toBe(lost === 0 && (failed === 0 || waived));
      expect(row('MESSAGE')).toMatchObject({ staged: all, loaded, failed });
      expect(row('ATTACHMENT').failed).toBe(files * failed);
    }),
    { numRuns: 1_000 },
  );
});

test('files and recordings: each is loaded and read back, unavailable, or known to have failed', () => {
  const count = fc.integer({ min: 0, max: 3 });
  const mostlyNone = fc.constantFrom(0, 0, 0, 0, 1, 2);
  const cases = fc.record({
    type: fc.constantFrom('files' as const, 'recordings' as const),
    verified: count,
    skipped: count,
    unread: mostlyNone,
    failed: mostlyNone,
    lost: mostlyNone,
  });
  fc.assert(
    fc.property(cases, ({ type, verified, skipped, unread, failed, lost }) => {
      const staged = verified + skipped + unread + failed + lost;
      const facts = factsOf([], { [type]: { staged, loaded: verified + unread, verified, skipped, failed } });
      const { balanced, rows } = reconcile({ ...facts, source: listing => (listing === type ? staged : 0) });
      expect(balanced).toBe(unread + failed + lost === 0);
      expect(rows.filter(row => !row.balanced)).toHaveLength(balanced ? 0 : 1);
    }),
    { numRuns: 1_000 },
  );
});
