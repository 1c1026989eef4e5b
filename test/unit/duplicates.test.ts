import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Criterion, companyCriteria, contactCriteria } from '../../src/domain/duplicates/criteria.js';
import type { DuplicateGroup } from '../../src/domain/duplicates/duplicate-group.js';
import { findGroups } from '../../src/domain/duplicates/find-groups.js';
import { foldedCompany, foldedPerson } from '../../src/domain/duplicates/folded-words.js';
import { ownDomain } from '../../src/domain/duplicates/own-domain.js';
import { proposedTargets } from '../../src/domain/mapping/contact-address.js';
import { type Fields, recordOf, textOf } from '../../src/domain/model/record-fields.js';

const contacts = contactCriteria(proposedTargets, 'TR');

async function groupsOf(type: 'CONTACT' | 'COMPANY', records: readonly Fields[], criteria: readonly Criterion[]) {
  const groups: DuplicateGroup[] = [];
  const pages = async function* () {
    for (let from = 0; from < records.length; from += 3)
      yield records.slice(from, from + 3).map(record => ({ sourceId: textOf(record.id), record }));
  };
  for await (const group of findGroups(type, criteria, pages)) groups.push(group);
  return groups;
}
const found = async (records: Fields[]) =>
  (await groupsOf('CONTACT', records, contacts)).map(({ reason, sourceIds }) => [reason, ...sourceIds]);

describe('contacts', () => {
  const person = (id: number, fullName: string, more: Fields = {}): Fields => ({ id, fullName, ...more });

  test('contacts with one address are merged; addresses that differ in i and ı only look alike', async () => {
    expect(
      await found([
        person(1, 'A', { email: 'Isik@ege.example' }),
        person(2, 'B', { email: ' isik@ege.example\u200b' }),
        person(3, 'C', { email: 'ışık@ege.example' }),
        person(4, 'D', { email: 'işık@ege.example' }),
        person(10, 'E', { email: 'no address' }),
        person(9, 'F', { email: 'no address' }),
      ]),
    ).toEqual([
      ['SAME_ADDRESS', '1', '2'],
      ['SIMILAR_ADDRESS', '3', '4'],
    ]);
  });

  test('a name and a number, a company or a domain; a name alone says nothing', async () => {
    const pairs: [string, Fields, Fields][] = [
      ['SAME_NAME_AND_PHONE', { phone: '0532 111 22 33' }, { phone: '+90 (532) 111-22-33' }],
      ['SAME_NAME_AND_COMPANY', { companyId: 501 }, { companyId: '501' }],
      ['SAME_NAME_AND_DOMAIN', { email: 'a.y@ege.example' }, { email: 'ayse@EGE.example' }],
    ];
    for (const [reason, one, other] of pairs)
      expect(await found([person(1, 'AYŞE IŞIK', one), person(2, 'Işık Ayse', other), person(3, 'Ayşe Işık')])).toEqual([
        [reason, '1', '2'],
      ]);
    expect(await found([person(1, 'Ayşe', { email: 'a@gmail.com' }), person(2, 'Ayşe', { email: 'b@gmail.com' })])).toEqual([]);
    expect(await found([person(1, '?', { companyId: 5 }), person(2, '!', { companyId: 5 })])).toEqual([]);
  });

  test('a group is listed once, and not if the load merges all of it', async () => {
    const same = { phone: '+905321112233', companyId: 5 };
    expect(
      await found([person(1, 'Ali', { ...same, email: 'a@b.example' }), person(2, 'Ali', { ...same, email: 'A@b.example' })]),
    ).toEqual([['SAME_ADDRESS', '1', '2']]);
    expect(await found([person(1, 'Ali', same), person(2, 'Ali', same)])).toEqual([['SAME_NAME_AND_PHONE', '1', '2']]);
  });

  test('a large group names its first hundred; ten thousand alike take no more than one look at each', async () => {
    let looks = 0;
    const counted = contacts.map(each => ({
      ...each,
      key: (record: Fields) => {
        looks++;
        return each.key(record);
      },
    }));
    const records = Array.from({ length: 10_000 }, (_, n) => person(n + 1, 'Ziyaretçi', { phone: '+905321112233' }));
    const groups = await groupsOf('CONTACT', records, counted);
    expect(groups).toMatchObject([{ size: 10_000, reason: 'SAME_NAME_AND_PHONE' }]);
    expect(groups[0]!.sourceIds).toEqual(Array.from({ length: 100 }, (_, n) => String(n + 1)));
    expect(looks).toBe(contacts.length * records.length);
  });
});

test('names in several scripts: case and accents of Latin and Greek do not count, marks of other scripts do', () => {
  for (const [one, other] of [
    ['İBRAHİM ÇAĞLAR', 'ibrahim çağlar'],
    ['IĞDIR ISIL', 'ığdır ışıl'],
    ['José Ñúñez', 'nunez, JOSE'],
    ['ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ', 'Μαρία Παπαδοπούλου'],
    ['Семён Горбачёв', 'ГОРБАЧЕВ СЕМЕН'],
    ['محمد\u200e علي', 'علي محمد'],
    ['ﾀﾅｶ', 'タナカ'],
    ['Nguyễn Văn An', 'NGUYEN VAN AN'],
  ])
    expect(foldedPerson(one!), one).toBe(foldedPerson(other!));
  for (const [one, other] of [
    ['कमल', 'कमला'],
    ['Чайка', 'Чаика'],
    ['ハハ', 'パパ'],
    ['Ali', 'Ala'],
  ])
    expect(foldedPerson(one!), one).not.toBe(foldedPerson(other!));
  expect(foldedPerson('12 34 !')).toBe('');
});

test('companies: legal forms and the domain of a website, not of a portal', async () => {
  for (const same of ['Ege Yazılım A.Ş.', 'EGE YAZILIM AŞ', 'Ege Yazilim San. ve Tic. Ltd. Şti.'])
    expect(foldedCompany(same)).toBe('ege yazilim');
  expect(foldedCompany('A.Ş.')).toBe('as');
  for (const [address, domain] of [
    ['https://www.Ege.example/iletisim?x=a@b', 'ege.example'],
    ['ege.example', 'ege.example'],
    ['info@ege.example', 'ege.example'],
    ['https://facebook.com/ege', null],
    ['a@gmail.com', null],
    ['http://10.0.0.1', null],
    ['yok', null],
    ['', null],
  ])
    expect(ownDomain(address!), address!).toBe(domain);
  const groups = await groupsOf(
    'COMPANY',
    [
      { id: 1, name: 'Ege A.Ş.', website: 'https://ege.example' },
      { id: 2, name: 'EGE', email: 'info@ege-other.example' },
      { id: 3, name: 'Başka', email: 'info@ege.example' },
    ],
    companyCriteria,
  );
  expect(groups.map(({ outcome, reason, sourceIds }) => [outcome, reason, ...sourceIds])).toEqual([
    ['LOOKS_ALIKE', 'SAME_NAME', '1', '2'],
    ['LOOKS_ALIKE', 'SAME_DOMAIN', '1', '3'],
  ]);
});

/** Accounts that other people have made. */
const cases = process.env.LANDFALL_CASES_DIR;
const account = process.env.LANDFALL_ACCOUNT_DIR;
const folders = [...(account ? [account] : []), ...(cases ? readdirSync(cases).map(name => join(cases, name)) : [])].filter(
  folder => existsSync(join(folder, 'contacts.jsonl')),
);
const tableOf = (folder: string, name: string) =>
  existsSync(join(folder, `${name}.jsonl`))
    ? readFileSync(join(folder, `${name}.jsonl`), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map(recordOf)
    : [];

describe.skipIf(folders.length === 0)('stored accounts', () => {
  test.each(folders)('%s: every pair that shares a key is in one group, and no other', async folder => {
    for (const [type, table, criteria] of [
      ['CONTACT', 'contacts', contacts],
      ['COMPANY', 'companies', companyCriteria],
    ] as const) {
      const records = tableOf(folder, table);
      const groups = await groupsOf(type, records, criteria);
      for (const { reason, key } of criteria) {
        const alone = await groupsOf(
          type,
          records,
          criteria.filter(each => each.reason === reason),
        );
        const groupsWith = (id: string) => alone.flatMap(({ sourceIds }, index) => (sourceIds.includes(id) ? [index] : []));
        const keyed = records.map(record => ({ key: key(record), groups: groupsWith(textOf(record.id)) }));
        for (const [index, one] of keyed.entries()) {
          expect(one.groups.length).toBeLessThan(2);
          for (const other of keyed.slice(index + 1)) {
            const isTogether = one.groups.length > 0 && one.groups[0] === other.groups[0];
            if (isTogether !== (one.key !== null && one.key === other.key)) expect.fail(`${reason}: ${one.key} and ${other.key}`);
          }
        }
      }
      for (const { size, sourceIds } of groups) expect(size).toBe(new Set(sourceIds).size);
    }
  });

  test.runIf(account)('the account of real texts: its traps are found', async () => {
    const { traps } = JSON.parse(readFileSync(join(account!, 'expected.json'), 'utf8'));
    const people = await groupsOf('CONTACT', tableOf(account!, 'contacts'), contacts);
    const merged = people.filter(({ outcome }) => outcome === 'WILL_MERGE').map(({ sourceIds }) => sourceIds.map(Number));
    expect(merged).toEqual(traps.contactsSharingEmail);
    const named = (await groupsOf('COMPANY', tableOf(account!, 'companies'), companyCriteria)).filter(
      ({ reason }) => reason === 'SAME_NAME',
    );
    expect(named.map(({ sourceIds }) => sourceIds.map(Number))).toContainEqual(traps.companyDuplicateName);
  });
});
