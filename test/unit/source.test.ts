import { expect, test } from 'vitest';
import { parseZonedDate } from '../../src/domain/text/zoned-date.js';
import { inOrder } from '../../src/pipeline/extract/in-order.js';
import { PageProgress } from '../../src/pipeline/extract/page-progress.js';
import { itemTexts } from '../../src/sources/infoset/item-texts.js';
import { infosetV1, withOverrides } from '../../src/sources/infoset/profile.js';
import { toRecord } from '../../src/sources/infoset/records.js';

test('dates with Z, with an offset and without one; the latter in the zone of the account, also at clock changes', () => {
  const iso = (text: unknown, zone = 'Europe/Istanbul') => parseZonedDate(text, zone)?.toISOString() ?? null;
  expect(iso('2026-01-05T10:00:00Z')).toBe('2026-01-05T10:00:00.000Z');
  expect(iso('2026-01-05T10:00:00.123Z')).toBe('2026-01-05T10:00:00.123Z');
  expect(iso('2026-01-05T10:00:00+03:00')).toBe('2026-01-05T07:00:00.000Z');
  expect(iso('2026-01-05T10:00:00-0530')).toBe('2026-01-05T15:30:00.000Z');
  expect(iso('2026-01-05T10:00:00')).toBe('2026-01-05T07:00:00.000Z');
  expect(iso('2015-01-05T10:00:00.5')).toBe('2015-01-05T08:00:00.500Z');
  expect(iso('2026-07-05T10:00', 'Europe/Berlin')).toBe('2026-07-05T08:00:00.000Z');
  expect(iso('2026-05-01')).toBe('2026-04-30T21:00:00.000Z');
  for (const bad of ['', 'soon', '2026-13-01', '2026-02-30', '2026-01-05T25:00:00', null, 5])
    expect(iso(bad), String(bad)).toBeNull();
});

test('the exact text of each item: numbers, escapes, order and spaces as they came', () => {
  const items = [
    '{"id":1.50,"n":12345678901234567890}',
    '{ "b" : "a\\"]}{[,\\\\" , "a":[1,{"c":[]}] }',
    '{"t":"\\u0000 \\ud83d ş"}',
    'null',
    '7',
    '"x,]"',
  ];
  expect(itemTexts(`{"totalItems": 3, "x": {"items": [0]}, "items" : [ ${items.join(' ,\n')} ] , "after": [1]}`)).toEqual(items);
  expect(itemTexts(`[${items.join(',')}]`)).toEqual(items);
  expect(itemTexts('{"items":[]}')).toEqual([]);
  expect(itemTexts('{"message":"no"}')).toEqual([]);
});

test('an odd record is kept, with its problems', () => {
  const record = (item: object, listing = 'contacts') =>
    toRecord(infosetV1, infosetV1.resources[listing]!, 'Europe/Istanbul', JSON.stringify(item), item);
  expect(
    record({
      id: 9001,
      companyId: 5,
      ownerId: '',
      tags: ['VIP', '', null],
      customFields: '{"a":1}',
      updatedDate: '2026-01-05T10:00:00',
    }),
  ).toMatchObject({
    id: '9001',
    references: ['companies:5'],
    tags: ['VIP'],
    updatedAt: new Date('2026-01-05T07:00:00Z'),
    problems: [],
  });
  expect(record({ id: 1, customFields: '{broken', createdDate: 'yesterday' }).problems.map(({ code }) => code)).toEqual([
    'CUSTOM_FIELDS_UNREADABLE',
    'DATE_UNREADABLE',
  ]);
  const nameless = record({ name: 'x' });
  expect(nameless.problems.map(({ code }) => code)).toEqual(['RECORD_WITHOUT_ID']);
  expect(nameless.id).toMatch(/^sha256:/);
  expect(record({ id: 1, tags: ['a\0b', 'half \ud83d'], companyId: 'x\0' })).toMatchObject({
    tags: ['ab', 'half'],
    problems: [
      { code: 'CHARACTERS_REMOVED', about: 'tags' },
      { code: 'CHARACTERS_REMOVED', about: 'companyId' },
    ],
    references: ['companies:x\\u0000'],
  });
  expect(record({ id: 2, ticketId: '7', userId: 1, emailId: 3, toUserId: 4 }, 'ticketlogs')).toMatchObject({
    parentId: '7',
    references: ['users:1', 'emails:3', 'users:4'],
  });
});

test('options change only the named parts of a profile', () => {
  const changed = withOverrides(infosetV1, {
    pageSize: 10,
    resources: { teams: { path: '/v2/teams' } },
    arrayStyle: { Status: 'comma' },
  });
  expect(changed.resources.teams).toEqual({ ...infosetV1.resources.teams, path: '/v2/teams' });
  expect(changed.resources.users).toEqual(infosetV1.resources.users);
  expect([changed.pageSize, changed.arrayStyle.Status, changed.arrayStyle.OwnerIds]).toEqual([10, 'comma', 'comma']);
  expect(infosetV1.pageSize).toBe(100);
});

test('finished pages: all up to one, and some after it', () => {
  const pages = new PageProgress();
  for (const page of [2, 3, 1, 6]) pages.add(page);
  expect(pages.toJSON()).toEqual({ upTo: 3, beyond: [6] });
  const restored = new PageProgress(JSON.parse(JSON.stringify(pages)));
  expect([1, 3, 4, 6, 7].map(page => restored.has(page))).toEqual([true, true, false, true, false]);
  expect(restored.count).toBe(4);
});

test('work in order: started in order, at most as many as allowed, the first failure thrown after the others have ended', async () => {
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  let ended = 0;
  const work = async (n: number) => {
    begun.push(n);
    most = Math.max(most, ++running);
    await new Promise(resolve => setTimeout(resolve, 2));
    running--;
    if (n === 7) throw new Error('seven');
    ended++;
  };
  await inOrder([1, 2, 3, 4, 5, 6], 3, work);
  expect([begun, most, ended]).toEqual([[1, 2, 3, 4, 5, 6], 3, 6]);
  await expect(inOrder([7, 8, 9, 10, 11, 12, 13], 3, work)).rejects.toThrow('seven');
  expect(running).toBe(0);
  expect(begun.length).toBeLessThan(13);
});
