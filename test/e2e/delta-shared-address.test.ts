import { beforeAll, expect, test, vi } from 'vitest';
import { accountOf, contact } from '../support/account.js';
import { delta, edit } from '../support/delta.js';
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

const address = 'ortak@musteri.example';

test('contacts that share an address stay one contact and keep edits by people, for any record that is written', async () => {
  const account = oneOfEach();
  account.contacts = [
    contact(1001, { companyId: 501, email: address, updatedDate: '2026-02-01T08:00:00Z' }),
    contact(1002, { email: address }),
    contact(1003),
  ];
  const infoset = await simulator(accountOf(account));
  const intercom = await workspace();
  const projectId = await readyProject(root, infoset, intercom);
  await expectBalanced(root, projectId, (await produce(root, projectId)).state);
  const shared = () => [...intercom.workspace.contacts.values()].filter(each => each.email === address && !each.archived);
  const [one] = shared();
  expect(shared()).toHaveLength(1);
  one!.name = 'Elle düzeltildi';

  // The other one changes last and is written.
  edit(infoset, 'contacts', infoset.account.get('contacts', '1002')!, { phone: '+905551112233' });
  await expectBalanced(root, projectId, (await delta(root, projectId)).state);
  expect(shared()).toMatchObject([{ id: one!.id, name: 'Elle düzeltildi', phone: '+905551112233' }]);
  const edits = (await issuesOf(root, projectId)).filter(({ code }) => code === 'HUMAN_EDIT');
  expect(edits).toMatchObject([{ recordType: 'CONTACT', sourceId: '1002', message: expect.stringContaining('fullName') }]);

  // It is deleted at the source: the first one is written again.
  infoset.account.remove('contacts', '1002');
  const again = await delta(root, projectId);
  await expectBalanced(root, projectId, again.state);
  expect(shared()).toMatchObject([{ id: one!.id, name: 'Elle düzeltildi' }]);
  expect((await issuesOf(root, projectId)).map(({ code, severity }) => [code, severity])).not.toContainEqual([
    expect.anything(),
    'ERROR',
  ]);
});
