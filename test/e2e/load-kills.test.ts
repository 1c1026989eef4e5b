import pg from 'pg';
import { expect, test } from 'vitest';
import { listingOf } from '../../src/domain/model/record-types.js';
import { Random } from '../../src/simulators/random.js';
import { workspace } from '../support/destination.js';
import { ended, issuesOf, runView, simulator, smallAccount } from '../support/extraction.js';
import { expectExactlyOnce, readyProject, reconciliation, startProduction } from '../support/load.js';
import { until } from '../support/processes.js';
import { RestartableServer } from '../support/restartable-server.js';

const kills = Number(process.env.LANDFALL_KILLS ?? 2);
const tickets = Number(process.env.LANDFALL_KILL_TICKETS ?? 6);

test(`SIGKILL at ${kills} seeded points of a load, 3 % of answers lost after their effect: one destination record a source record`, async () => {
  const infoset = await simulator(smallAccount(tickets));
  const intercom = await workspace({ searchLagMs: 200, latencyMs: 2 });
  const server = await RestartableServer.start({ LEASE_MS: '2000', REQUEST_TIMEOUT_MS: '1500', SETTLE_MS: '300' });
  const projectId = await readyProject(server.partner, infoset, intercom);
  intercom.server.faults.add({ kind: 'RESET_AFTER', share: 0.03, seed: 7 });
  const before = intercom.writes();
  // The minimum of writes of the load: a kill at each of these points happens during work.
  const work =
    infoset.account.all('contacts').length + infoset.account.all('ticketlogs').length + infoset.account.all('tickets').length;
  const random = new Random(Number(process.env.LANDFALL_SEED ?? 42));
  const points = Array.from({ length: kills }, () => random.integer(3, work - 10)).sort((a, b) => a - b);
  const runId = await startProduction(server.partner, projectId);
  for (const point of points) {
    await until(
      `write ${point}`,
      async () => intercom.writes() - before >= point || (await runView(server.partner, runId)).isTerminal,
      600_000,
    );
    await server.kill();
  }
  const run = await ended(server.partner, runId, 240_000);
  const result = await reconciliation(server.partner, projectId);
  expect(result.differences.edges).toEqual([]);
  expect((await issuesOf(server.partner, projectId)).filter(({ severity }) => severity === 'ERROR')).toEqual([]);
  expect(run.state).toBe('SUCCEEDED');
  expect(result.balanced).toBe(true);
  expectExactlyOnce(intercom, infoset);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
}, 600_000);

interface LostAnswer {
  method: string;
  path: string;
}

/** As many of them as there are kills, chosen by the seed. */
function sampleOf(kinds: LostAnswer[], random: Random): LostAnswer[] {
  return kinds
    .map(kind => ({ kind, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, kills)
    .map(({ kind }) => kind);
}

test('killed right after writes whose answers were lost: what was created is CREATED, what was adopted is ADOPTED with its pre-image', async () => {
  const infoset = await simulator(smallAccount(tickets));
  const intercom = await workspace();
  const server = await RestartableServer.start({ LEASE_MS: '2000', REQUEST_TIMEOUT_MS: '1500', SETTLE_MS: '600' });
  const projectId = await readyProject(server.partner, infoset, intercom);
  const call = async (path: string, body: object) => {
    const response = await fetch(`${intercom.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${intercom.settings.token}`, accept: 'application/json', 'intercom-version': '2.16' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as { id: string };
  };
  const [a, b, c] = infoset.account.all('contacts').filter(each => each.email) as { id: number; email: string }[];
  const company = infoset.account.all('companies')[0]!;
  const deal = infoset.account.all('deals')[0]!;
  const before = {
    keyed: await call('/contacts', { role: 'user', email: a!.email, external_id: 'crm-1', name: 'Keyed' }),
    keyless: await call('/contacts', { role: 'user', email: b!.email, name: 'Keyless' }),
    archived: await call('/contacts', { role: 'user', email: c!.email, name: 'Archived' }),
    company: await call('/companies', { company_id: `infoset:71:${company.id}`, name: 'Their company' }),
    deal: await call('/custom_object_instances/Deal', {
      external_id: `infoset:71:${deal.id}`,
      custom_attributes: { name: 'Their deal' },
    }),
  };
  await call(`/contacts/${before.archived.id}/archive`, {});
  const creations = [
    '/companies',
    '/contacts',
    '/custom_object_instances/Deal',
    '/help_center/collections',
    '/articles',
    '/conversations',
  ].map(path => ({ method: 'POST', path }));
  const adoptions = [
    { method: 'PUT', path: `/contacts/${before.keyed.id}` },
    { method: 'PUT', path: `/contacts/${before.keyless.id}` },
    { method: 'POST', path: `/contacts/${before.archived.id}/unarchive` },
    { method: 'PUT', path: `/contacts/${before.archived.id}` },
  ];
  const random = new Random(Number(process.env.LANDFALL_SEED ?? 42));
  const lost = [...sampleOf(creations, random), ...sampleOf(adoptions, random)];
  const { faults } = intercom.server;
  for (const each of lost) faults.add({ kind: 'RESET_AFTER', ...each, times: 1 });
  const runId = await startProduction(server.partner, projectId);
  for (let count = 1; count <= lost.length; count++) {
    await until(`lost answer ${count}`, () => (faults.done.RESET_AFTER ?? 0) >= count, 600_000);
    await server.kill();
  }
  expect((await ended(server.partner, runId, 240_000)).state).toBe('SUCCEEDED');
  expectExactlyOnce(intercom, infoset);
  const adopted: Partial<Record<string, unknown[]>> = {
    COMPANY: [company.id],
    CONTACT: [a!.id, b!.id, c!.id],
    DEAL: [deal.id],
  };
  for (const sourceType of ['COMPANY', 'CONTACT', 'DEAL', 'CATEGORY', 'ARTICLE', 'TICKET'] as const) {
    const created = infoset.account.all(listingOf(sourceType) as 'deals').filter(({ id }) => !adopted[sourceType]?.includes(id));
    const lookups = created.map(({ id }) => ({ sourceType, sourceId: String(id) }));
    const { data } = await server.partner.ask(
      'query ($projectId: ID!, $lookups: [CrosswalkLookup!]!) { crosswalk(projectId: $projectId, lookups: $lookups) { entries { destinationType origin } } }',
      { projectId, lookups },
    );
    const origins = data.crosswalk.flatMap((match: { entries: { origin: string }[] }) =>
      match.entries.map(({ origin }) => origin),
    );
    expect(origins.length, sourceType).toBeGreaterThanOrEqual(lookups.length);
    expect(new Set(origins), sourceType).toEqual(new Set(['CREATED']));
  }
  const client = new pg.Client({ connectionString: server.ownerUrl });
  await client.connect();
  const { rows } = await client.query(
    'SELECT destination_id AS id, origin, pre_image FROM landfall.crosswalk WHERE destination_id = ANY($1)',
    [Object.values(before).map(({ id }) => id)],
  );
  await client.end();
  const known = Object.fromEntries(rows.map(({ id, ...rest }) => [id, rest]));
  expect(known[before.keyed.id]).toMatchObject({
    origin: 'ADOPTED',
    pre_image: { name: 'Keyed', externalId: 'crm-1', archived: false },
  });
  expect(known[before.keyless.id]).toMatchObject({
    origin: 'ADOPTED',
    pre_image: { name: 'Keyless', externalId: null, archived: false },
  });
  expect(known[before.archived.id]).toMatchObject({ origin: 'ADOPTED', pre_image: { name: 'Archived', archived: true } });
  expect(known[before.company.id]).toMatchObject({ origin: 'ADOPTED', pre_image: { name: 'Their company' } });
  expect(known[before.deal.id]).toMatchObject({ origin: 'ADOPTED', pre_image: { attributes: { name: 'Their deal' } } });
  expect(await server.stop()).toEqual({ code: 0, signal: null });
}, 600_000);
