import { expect, test } from 'vitest';
import type { RecordType } from '../../src/domain/model/record-type.js';
import { listingOf } from '../../src/domain/model/record-types.js';
import { type ReconciliationFacts, reconcile } from '../../src/domain/verify/reconcile.js';

const none = { failed: 0, allFailed: 0, different: 0, outdated: 0, skipped: 0 };

/** Ten tickets: some loaded, some outside of the slices. */
function facts({
  loaded,
  outside,
  staged = 10,
  files = 0,
}: {
  loaded: number;
  outside: number;
  staged?: number;
  files?: number;
}) {
  const isTicket = (type: RecordType) => type === 'TICKET';
  return {
    isBegun: true,
    tags: { staged: 0, skipped: 0 },
    source: (listing: string) => (listing === listingOf('TICKET') ? 10 : 0),
    staged: (listing: string) => ({ staged: listing === listingOf('TICKET') ? staged : 0, skipped: 0 }),
    loaded: (type: RecordType) =>
      isTicket(type) ? { loaded, verified: loaded, failedUnread: 0 } : { loaded: 0, verified: 0, failedUnread: 0 },
    failed: () => 0,
    problems: () => none,
    outside: (type: RecordType) => (isTicket(type) ? outside : 0),
    files: { staged: files, loaded: 0, verified: 0, skipped: 0, failed: files },
    recordings: { staged: 0, loaded: 0, verified: 0, skipped: 0, failed: 0 },
  } as unknown as ReconciliationFacts;
}

test('a slice is complete when all of it is loaded, and the project is not balanced before the last one', () => {
  expect(reconcile(facts({ loaded: 4, outside: 6 }))).toMatchObject({ settled: true, balanced: false });
  expect(reconcile(facts({ loaded: 10, outside: 0 }))).toMatchObject({ settled: false, balanced: true });
});

test('a slice is not complete if a ticket in it is missing, one was not read, or a file could not be read', () => {
  expect(reconcile(facts({ loaded: 3, outside: 6 })).settled).toBe(false);
  expect(reconcile(facts({ loaded: 3, outside: 6, staged: 9 })).settled).toBe(false);
  expect(reconcile(facts({ loaded: 4, outside: 6, files: 1 })).settled).toBe(false);
});
