import { beforeAll, expect, test, vi } from 'vitest';
import { accountOf } from '../support/account.js';
import { conversationOf, delta, edit, keyOf } from '../support/delta.js';
import { workspace } from '../support/destination.js';
import { issuesOf, simulator } from '../support/extraction.js';
import { expectBalanced, produce, readyProject } from '../support/load.js';
import { oneOfEach } from '../support/people.js';
import { type Partner, quickTimes, serverOfThisFile } from '../support/server.js';

vi.setConfig({ testTimeout: 600_000 });

let root: Partner;
beforeAll(async () => {
  ({ root } = await serverOfThisFile(quickTimes));
});

/** Records with values in fields, attributes, tags and links. */
function filled() {
  const { companies, contacts, deals, tickets, ...rest } = oneOfEach();
  const [first, second, ...others] = contacts;
  const more = { phone: '+90 532 111 22 33', tags: ['VIP', 'bayi'], customFields: { Bölge: 'Ege', Puan: 'A' } };
  return {
    ...rest,
    companies: [{ ...companies[0], tags: ['VIP', 'bayi'], customFields: { Bölge: 'Ege', Puan: 'A' } }],
    contacts: [{ ...first, ...more }, { ...second, ...more, companyId: 501 }, ...others],
    deals: [{ ...deals[0], customFields: { Bölge: 'Ege', Puan: 'A' } }],
    tickets: tickets.map(each => ({ ...each, tags: ['iade', 'acil'], customFields: { Bölge: 'Ege', Puan: 'A' } })),
  };
}

const emptied = { tags: ['VIP'], customFields: { Puan: 'A' } };

test('fields that the source empties are emptied; values that a person changed or added stay', async () => {
  const infoset = await simulator(accountOf(filled()));
  const { account } = infoset;
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  await expectBalanced(root, projectId, (await produce(root, projectId)).state);
  const held = intercom.workspace;
  const names = (ids: Iterable<string>) => [...ids].map(id => held.tags.get(id)!.name).sort();
  const [person, changed] = [1001, 1002].map(id => held.index.externalId.get(keyOf(id))!);
  const [company] = held.companies.values();
  const [deal] = held.objectInstances.get('Deal')!.values();
  const region = (attributes: object) =>
    Object.entries(attributes).flatMap(([name, value]) => (/bolge/.test(name) && value !== null ? [name] : []));
  for (const each of [person!, company!, deal!, conversationOf(intercom, 2)])
    expect(region(each.custom_attributes)).toHaveLength(1);

  // A person has changed one of the contacts.
  changed!.phone = '+905339998877';
  for (const name of region(changed!.custom_attributes)) changed!.custom_attributes[name] = 'Elle';
  held.tags.set('990001', { id: '990001', name: 'Elle' });
  person!.tags.add('990001');

  for (const id of ['1001', '1002'])
    edit(infoset, 'contacts', account.get('contacts', id)!, { ...emptied, phone: null, companyId: null });
  edit(infoset, 'companies', account.get('companies', '501')!, { ...emptied, website: null, sector: null });
  edit(infoset, 'deals', account.get('deals', '77')!, { customFields: { Puan: 'A' } });
  edit(infoset, 'tickets', account.get('tickets', '2')!, { tags: ['iade'], customFields: { Puan: 'A' } });
  await expectBalanced(root, projectId, (await delta(root, projectId)).state);

  const now = held.index.externalId.get(keyOf(1001))!;
  expect(now.phone ?? null).toBeNull();
  expect(region(now.custom_attributes)).toEqual([]);
  expect(names(now.tags)).toEqual(['Elle', 'VIP']);
  expect([...now.companies]).toEqual([]);
  expect(company!.fields).toMatchObject({ name: 'Ege Yazılım', website: null, industry: null });
  expect(region(company!.custom_attributes)).toEqual([]);
  expect(names(company!.tags)).toEqual(['VIP']);
  expect(region([...held.objectInstances.get('Deal')!.values()][0]!.custom_attributes)).toEqual([]);
  expect(region(conversationOf(intercom, 2).custom_attributes)).toEqual([]);
  expect(names(conversationOf(intercom, 2).tags)).toEqual(['iade']);
  expect(names(conversationOf(intercom, 1).tags)).toEqual(['acil', 'iade']);
  expect(held.index.externalId.get(keyOf(1002))).toMatchObject({ phone: '+905339998877' });
  expect(Object.values(held.index.externalId.get(keyOf(1002))!.custom_attributes)).toContain('Elle');
  expect((await issuesOf(root, projectId)).map(each => each.code)).not.toContain('FIELD_NOT_CLEARED');
});
