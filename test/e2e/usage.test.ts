import { expect, test } from 'vitest';
import { monthsBetween, noUsage } from '../../src/domain/model/usage.js';
import { BufferedUsage } from '../../src/store/buffered-usage.js';
import { createDataSource } from '../../src/store/data-source.js';
import { connectedProject, ended, simulator, smallAccount, startRun } from '../support/extraction.js';
import { until } from '../support/processes.js';
import { Partner, serverOfThisFile } from '../support/server.js';

const thisMonth = () => new Date().toISOString().slice(0, 7);
const usageOf = async (partner: Partner, id: string, from = thisMonth(), to = thisMonth()) => {
  const query =
    'query ($id: ID!, $from: String!, $to: String!) { node(id: $id) { ... on Organization { usage(from: $from, to: $to) { month requests calls recordsRead recordsLoaded bytesStored } } } }';
  return partner.ask(query, { id, from, to });
};

test('an extraction is counted for its own organization: calls as the account has seen them, records and bytes', async () => {
  const { root, database } = await serverOfThisFile();
  const partner = await root.below('AGENCY');
  const other = await root.below('AGENCY');
  const infoset = await simulator(smallAccount(8));
  const projectId = await connectedProject(partner, infoset);
  const { run } = await startRun(partner, { projectId, kind: 'EXTRACTION' });
  const { listings } = await ended(partner, run.id);
  const sum = (isCounted: (listing: string) => boolean) =>
    listings.filter(({ listing }) => isCounted(listing)).reduce((all, { staged }) => all + staged, 0);
  const isFile = (listing: string) => /files|recordings/i.test(listing);
  const calls = Object.values(infoset.server.calls).reduce((all, count) => all + count, 0);
  const counted = await until('the counts', async () => {
    const [month] = (await usageOf(partner, partner.organizationId)).data.node.usage;
    return month.calls >= calls && month.bytesStored > 0 && month;
  });
  expect(counted).toMatchObject({ month: thisMonth(), recordsRead: sum(listing => !isFile(listing)), recordsLoaded: 0 });
  // Files are on the same host, and count as calls too.
  expect(counted.calls).toBe(calls);
  expect(counted.requests).toBeGreaterThan(3);
  // Organizations above see it, others do not, and only an ADMIN.
  expect((await usageOf(root, partner.organizationId)).data.node.usage).toHaveLength(1);
  expect((await usageOf(other, partner.organizationId)).data.node).toBeNull();
  const { secret } = await partner.createApiKey({ organizationId: partner.organizationId, name: 'v', role: 'OPERATOR' });
  const refused = await usageOf(new Partner(root.url, secret), partner.organizationId);
  expect(refused).toMatchObject({ data: { node: { usage: null } }, errors: [{ extensions: { code: 'ROLE_NOT_PERMITTED' } }] });
  expect((await usageOf(partner, partner.organizationId, '2026-02', '2026-01')).errors).toMatchObject([
    { extensions: { code: 'INVALID_INPUT' } },
  ]);
  expect((await usageOf(partner, other.organizationId)).data.node).toBeNull();

  // Two processes count at the same time, and an unavailable database loses nothing.
  const uuid = other.organizationId.replace('org_', '');
  const pool = createDataSource(database.serverUrl, { poolSize: 4 });
  await pool.initialize();
  const warnings: string[] = [];
  const log = { debug: () => {}, info: () => {}, warn: (_: object, text: string) => warnings.push(text), error: () => {} };
  const meters = [1, 2].map(() => new BufferedUsage(pool, log, 3_600_000));
  for (let n = 0; n < 50; n++) {
    for (const meter of meters) meter.add(uuid, { calls: 2, bytesStored: 5_000_000_000 });
    await Promise.all(meters.map(meter => meter.save()));
  }
  await pool.destroy();
  meters[0]!.add(uuid, { recordsLoaded: 7 });
  await meters[0]!.save();
  expect(warnings).toHaveLength(1);
  await pool.initialize();
  await Promise.all(meters.map(meter => meter.close()));
  await pool.destroy();
  const [stored] = (await usageOf(root, other.organizationId)).data.node.usage;
  expect(stored).toMatchObject({ calls: 200, bytesStored: 500_000_000_000, recordsLoaded: 7 });
});

test('months continue over the end of a year, and an invalid range is refused', () => {
  expect(monthsBetween('2025-11', '2026-02', 36)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  expect(monthsBetween('2026-01', '2026-01', 36)).toEqual(['2026-01']);
  expect(monthsBetween('2024-01', '2026-12', 36)).toHaveLength(36);
  for (const [from, to] of [
    ['2024-01', '2027-01'],
    ['2026-02', '2026-01'],
    ['2026-13', '2026-13'],
    ['2026-1', '2026-2'],
    ['x', ''],
  ] as const)
    expect(monthsBetween(from, to, 36), `${from} ${to}`).toBeNull();
  expect(Object.values(noUsage())).toEqual([0, 0, 0, 0, 0]);
});
