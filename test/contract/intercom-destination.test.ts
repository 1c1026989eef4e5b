import { expect, onTestFinished, test } from 'vitest';
import { openIntercom } from '../../src/destinations/intercom/connector.js';
import { Secret } from '../../src/domain/model/secret.js';
import { createHttp } from '../../src/http/http-client.js';
import { Budget } from '../../src/rate/budget.js';
import { MemoryStore } from '../../src/rate/memory-store.js';
import { SharedLedger } from '../../src/rate/shared-ledger.js';
import { startIntercomSimulator } from '../../src/simulators/intercom/intercom-simulator.js';

async function destination() {
  const intercom = await startIntercomSimulator({ limits: null });
  onTestFinished(() => intercom.close());
  const speaks = openIntercom(
    {
      http: createHttp({ requestTimeoutMs: 5_000, allowPrivateHosts: true }),
      budget: new Budget(new SharedLedger(new MemoryStore(), { windowMs: 10_000, reserve: 0 }), {
        digest: key => key,
        maxWaitMs: Number.POSITIVE_INFINITY,
      }),
      baseUrl: intercom.url,
      secret: new Secret(intercom.settings.token),
      signal: new AbortController().signal,
    },
    {},
  );
  return { intercom, speaks };
}

test.each([
  ['described', false],
  ['recorded', true],
])('lists are read whole, however they are paged, as the API is %s', async (_, asRecorded) => {
  const { intercom, speaks } = await destination();
  intercom.settings.asRecorded = asRecorded;
  const { id } = await speaks.createContact({ externalId: 'infoset:71:1', attributes: {} });
  const companies: string[] = [];
  for (let each = 0; each < 60; each++) {
    const company = await speaks.upsertCompany(`infoset:71:${each}`, { name: `Company ${each}`, attributes: {} });
    await speaks.attachCompany(id, company.id);
    companies.push(company.id);
  }
  const admin = intercom.workspace.admins[0]!.id;
  const notes = Array.from({ length: 60 }, (_, each) => `<p>note ${each}</p>`);
  for (const note of notes) await speaks.addNote('contact', id, note, admin);
  for (let each = 0; each < 12; each++) await speaks.tagContact(id, await speaks.createTag(`tag ${each}`));
  expect(await speaks.companyByKey('infoset:71:7')).toMatchObject({ id: companies[7], name: 'Company 7' });
  const contact = (await speaks.contact(id))!;
  expect(contact.companies.sort()).toEqual(companies.sort());
  expect(contact.tags).toHaveLength(12);
  expect((await speaks.notes('contact', id)).sort()).toEqual(notes.sort());
});

test('a server that ignores page numbers is not read endlessly', async () => {
  const { intercom, speaks } = await destination();
  const { id } = await speaks.createContact({ externalId: 'infoset:71:1', attributes: {} });
  const admin = intercom.workspace.admins[0]!.id;
  for (let each = 0; each < 50; each++) await speaks.addNote('contact', id, `<p>note ${each}</p>`, admin);
  // The requested number, the same ones on every page.
  const { notes } = intercom.workspace.contacts.get(id)!;
  notes.slice = (() => [...notes]) as typeof notes.slice;
  expect(await speaks.notes('contact', id)).toHaveLength(50);
});
