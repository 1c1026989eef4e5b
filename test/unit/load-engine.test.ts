import { expect, test } from 'vitest';
import { CallFailure } from '../../src/domain/ports/call-failure.js';
import { EarlierWrites } from '../../src/pipeline/load/engine/earlier-writes.js';
import type { Loading } from '../../src/pipeline/load/engine/loading.js';
import { unlessGone, writeAgain, writeOnce } from '../../src/pipeline/load/engine/write-once.js';
import { GroupCommit } from '../../src/store/group-commit.js';

const intent = { recordType: 'CONTACT' as const, sourceId: '1', step: 'create' };
const lost = () => new CallFailure('RESET', 'The connection broke.');
const refused = () => new CallFailure('REJECTED', 'It is refused.');

/** A load with a short settle time. It notes its waits and does not make them. */
function loading(earlier = new EarlierWrites([], 0), settleMs = 0) {
  const waits: number[] = [];
  const context = { settleMs, earlier, slots: { park: async (ms: number) => void waits.push(ms) } } as unknown as Loading;
  return { context, waits };
}

test('a write with an answer is sent once, and nothing is searched for', async () => {
  const { context } = loading();
  let sent = 0;
  const find = async () => expect.fail('Nothing is searched for.');
  expect(await writeOnce(context, intent, async () => ++sent, find)).toBe(1);
  expect(sent).toBe(1);
});

test('a lost answer: an effect that is found is not written again, an absence is', async () => {
  const { context } = loading();
  let sent = 0;
  const write = async () => {
    sent++;
    throw lost();
  };
  expect(await writeOnce(context, intent, write, async () => 'found')).toBe('found');
  expect(sent).toBe(1);
  const second = async () => (++sent === 3 ? 'written' : Promise.reject(lost()));
  expect(await writeOnce(context, intent, second, async () => undefined)).toBe('written');
  expect(sent).toBe(3);
});

test('after a lost answer it waits without its slot until an absence counts', async () => {
  const { context, waits } = loading(undefined, 5);
  let sent = 0;
  const write = async () => (++sent === 2 ? 'written' : Promise.reject(lost()));
  expect(await writeOnce(context, intent, write, async () => undefined)).toBe('written');
  expect(waits.length).toBeGreaterThan(0);
});

test('a refusal is thrown immediately, and lost answers after eight attempts', async () => {
  const { context } = loading();
  const attempts = async (failure: () => Error, repeat: typeof writeAgain | 'once') => {
    let sent = 0;
    const write = async () => {
      sent++;
      throw failure();
    };
    const work = repeat === 'once' ? writeOnce(context, intent, write, async () => undefined) : repeat(context, write);
    await expect(work).rejects.toBeInstanceOf(Error);
    return sent;
  };
  expect(await attempts(refused, 'once')).toBe(1);
  expect(await attempts(lost, 'once')).toBe(8);
  expect(await attempts(() => new TypeError('a bug'), 'once')).toBe(1);
  expect(await attempts(refused, writeAgain)).toBe(1);
  expect(await attempts(lost, writeAgain)).toBe(8);
  expect(await attempts(() => new TypeError('a bug'), writeAgain)).toBe(1);
});

test('a write that can be repeated waits longer each time, at most the settle time', async () => {
  const { context, waits } = loading(undefined, 2_000);
  let sent = 0;
  expect(await writeAgain(context, async () => (++sent === 6 ? sent : Promise.reject(lost())))).toBe(6);
  expect(waits).toEqual([400, 800, 1_600, 2_000, 2_000]);
});

test('a write of an earlier worker is searched for before it is sent, once', async () => {
  const earlier = new EarlierWrites([intent], 0);
  const { context } = loading(earlier);
  let [sent, searched] = [0, 0];
  const find = async () => {
    searched++;
    return 'of the earlier worker';
  };
  const write = async () => `sent ${++sent}`;
  expect(await writeOnce(context, { ...intent, sourceId: '2' }, write, find)).toBe('sent 1');
  expect(await writeOnce(context, intent, write, find)).toBe('of the earlier worker');
  expect(await writeOnce(context, intent, write, find)).toBe('sent 2');
  expect(searched).toBe(1);
  const again = loading(new EarlierWrites([intent], 0)).context;
  expect(await writeOnce(again, intent, write, async () => undefined)).toBe('sent 3');
});

test('earlier writes: their record waits until the settle time is over, others do not', () => {
  const earlier = new EarlierWrites([intent], performance.now() + 10_000);
  expect(earlier.has(intent)).toBe(true);
  expect(earlier.has({ ...intent, step: 'other' })).toBe(false);
  expect(earlier.msLeft(intent)).toBeGreaterThan(9_000);
  expect(earlier.msLeft()).toBeGreaterThan(9_000);
  expect(earlier.msLeft({ ...intent, sourceId: '2' })).toBe(0);
  // It stays so when its outcome is known: another write of the record can be open.
  expect([earlier.delete(intent), earlier.delete(intent), earlier.has(intent)]).toEqual([true, false, false]);
  expect(earlier.msLeft(intent)).toBeGreaterThan(9_000);
  expect(new EarlierWrites([], performance.now() + 10_000).msLeft()).toBe(0);
  expect(new EarlierWrites([intent], performance.now() - 10_000).msLeft(intent)).toBe(0);
});

test('an object that a person deleted is created, other failures are thrown', async () => {
  const gone = new CallFailure('NOT_FOUND', 'It is gone.');
  const failing = (error: Error) => async (id: string | null) => (id === null ? 'created' : Promise.reject(error));
  expect(await unlessGone('1', async id => id)).toBe('1');
  expect(await unlessGone('1', failing(gone))).toBe('created');
  expect(await unlessGone(null, async id => id)).toBe(null);
  await expect(unlessGone('1', failing(refused()))).rejects.toThrow('refused');
  await expect(unlessGone('1', failing(new TypeError('a bug')))).rejects.toThrow('a bug');
  let attempts = 0;
  const neverThere = () => Promise.reject(attempts++ === 0 ? gone : new TypeError('a second attempt'));
  await expect(unlessGone(null, neverThere)).rejects.toBe(gone);
});

test('entries that come during a commit are committed together, and each learns its own result', async () => {
  const commits: string[][] = [];
  const first = Promise.withResolvers<void>();
  const bad = new Error('refused');
  const group = new GroupCommit<string>(async entries => {
    commits.push(entries);
    if (commits.length === 1) await first.promise;
    if (entries.includes('all fail')) throw new Error('the database is away');
    return entries.includes('bad') ? new Map([['bad', bad]]) : undefined;
  });
  const settled = (entry: string) =>
    group.add(entry).then(
      () => 'committed',
      (error: Error) => error.message,
    );
  const begun = settled('first');
  const rest = ['a', 'bad', 'b'].map(settled);
  expect(commits).toEqual([['first']]);
  first.resolve();
  expect(await Promise.all([begun, ...rest])).toEqual(['committed', 'committed', 'refused', 'committed']);
  expect(commits).toEqual([['first'], ['a', 'bad', 'b']]);
  expect(await Promise.all([settled('all fail'), settled('later')])).toEqual(['the database is away', 'committed']);
  expect(await settled('last')).toBe('committed');
  expect(commits.slice(2)).toEqual([['all fail'], ['later'], ['last']]);
});
