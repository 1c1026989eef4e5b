import { expect, test } from 'vitest';
import { contactAfter, noContacts, stallOf } from '../../src/domain/model/stall.js';
import { CallFailure } from '../../src/domain/ports/call-failure.js';

const at = Date.parse('2026-11-28T08:00:00Z');
const seconds = (n: number) => at + n * 1_000;
const leaseUntil = new Date(seconds(600));
const stall = (contacts: typeof noContacts, now: number, lease: Date | null = leaseUntil) =>
  stallOf({ leaseUntil: lease, renewedAt: new Date(at), contacts }, now);

test('45 seconds of failures without an answer are a stall with the failure, and an answer ends it', () => {
  const timeout = new CallFailure('TIMEOUT', 'It did not answer within 30 s.');
  let destination = contactAfter(noContacts.destination, null, seconds(0), seconds(1));
  destination = contactAfter(destination, timeout, seconds(2), seconds(32));
  destination = contactAfter(destination, timeout, seconds(33), seconds(50));
  expect(destination).toMatchObject({ answeredAt: '2026-11-28T08:00:01.000Z', failingSince: '2026-11-28T08:00:02.000Z' });
  expect(stall({ ...noContacts, destination }, seconds(46))).toBeNull();
  const found = stall({ ...noContacts, destination }, seconds(60));
  expect(found).toMatchObject({ cause: 'DESTINATION_SILENT', since: new Date(seconds(2)) });
  expect(found!.message).toContain('did not answer within 30 s');
  expect(stall({ ...noContacts, source: destination }, seconds(60))).toMatchObject({ cause: 'SOURCE_SILENT' });
  const again = contactAfter(destination, null, seconds(60), seconds(61));
  expect(stall({ ...noContacts, destination: again }, seconds(200))).toBeNull();
});

test('a refusal and a 429 are answers', () => {
  for (const kind of ['RATE_LIMITED', 'REJECTED', 'NOT_FOUND', 'UNAUTHORIZED'] as const) {
    const heard = contactAfter(noContacts.source, new CallFailure(kind, 'no'), seconds(0), seconds(1));
    expect(heard).toMatchObject({ answeredAt: '2026-11-28T08:00:01.000Z', failingSince: null });
  }
});

test('a worker that does not renew its lease is a stall, even if both sides answer', () => {
  expect(stall(noContacts, seconds(601))).toMatchObject({ cause: 'WORKER_SILENT', since: new Date(at) });
  expect(stall(noContacts, seconds(1), null)).toMatchObject({ cause: 'WORKER_SILENT' });
  expect(stall(noContacts, seconds(599))).toBeNull();
});
