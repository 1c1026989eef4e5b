import { setImmediate as turn } from 'node:timers/promises';
import pg from 'pg';
import { expect, test } from 'vitest';
import { ConnectionShares } from '../../src/tenancy/connection-shares.js';
import { until } from '../support/processes.js';
import { serverOfThisFile } from '../support/server.js';

const limits = { total: 4, perTenant: 3, perRequest: 2, waitMs: 60_000 };

test('a tenant that floods delays only itself: another tenant is first, and a small request does not wait for a large one', async () => {
  const shares = new ConnectionShares(limits);
  const ended: string[] = [];
  const held = { all: 0, most: 0, flood: 0, maxOfFlood: 0 };
  const work = (name: string, tenant: string, request: object) =>
    shares.hold(tenant, request, async () => {
      held.most = Math.max(held.most, ++held.all);
      if (tenant === 'flood') held.maxOfFlood = Math.max(held.maxOfFlood, ++held.flood);
      await turn();
      held.all--;
      if (tenant === 'flood') held.flood--;
      ended.push(name);
    });
  const large = {};
  const flood = Array.from({ length: 1_000 }, () => work('large', 'flood', large));
  const others = [work('small', 'flood', {}), work('neighbour', 'other', {})];
  await Promise.all([...flood, ...others]);
  expect(ended.length).toBe(1_002);
  expect(ended.indexOf('neighbour')).toBeLessThan(5);
  expect(ended.indexOf('small')).toBeLessThan(5);
  expect(held).toMatchObject({ all: 0, most: 4, maxOfFlood: 3 });
});

test('many tenants are served in turn, and all connections come back also after failures', async () => {
  const shares = new ConnectionShares(limits);
  const ended: string[] = [];
  const all = Array.from({ length: 300 }, (_, n) => {
    const tenant = n < 280 ? 'flood' : `tenant ${n}`;
    return shares.hold(tenant, null, async () => {
      await turn();
      ended.push(tenant);
      if (n % 3 === 0) throw new Error('a failure of the work');
    });
  });
  const outcomes = await Promise.allSettled(all);
  expect(outcomes.filter(({ status }) => status === 'rejected').length).toBe(100);
  expect(ended.slice(60).filter(tenant => tenant !== 'flood')).toEqual([]);
  expect(await shares.hold('flood', null, async () => 'free')).toBe('free');
});

test('a long wait ends in a coded failure, and too many waiting requests are refused immediately', async () => {
  const shares = new ConnectionShares({ ...limits, waitMs: 20 });
  let release = () => {};
  const stuck = new Promise<void>(resolve => {
    release = resolve;
  });
  const request = {};
  const holding = [1, 2].map(() => shares.hold('a', request, () => stuck));
  await expect(shares.hold('a', request, async () => {})).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  expect(await shares.hold('a', {}, async () => 'another request')).toBe('another request');
  release();
  await Promise.all(holding);
  expect(await shares.hold('a', request, async () => 'free')).toBe('free');
});

test('hanging statements of one tenant leave connections for another', async () => {
  const { root, database } = await serverOfThisFile({ API_CONNECTIONS: '6', TENANT_CONNECTIONS: '3', REQUEST_CONNECTIONS: '2' });
  const [flooding, quiet] = [await root.below('PARTNER'), await root.below('PARTNER')];
  const project = (await flooding.createProject({ name: 'Flood' })).project.id;
  const own = (await quiet.createProject({ name: 'Quiet' })).project.id;
  const locker = new pg.Client({ connectionString: database.ownerUrl });
  // What is reported of the others stays the same within a transaction.
  const observer = new pg.Client({ connectionString: database.ownerUrl });
  await Promise.all([locker.connect(), observer.connect()]);
  try {
    await locker.query('BEGIN');
    await locker.query('LOCK TABLE landfall.issues');
    const ask = '{ project(id: $id) { issues(first: 1) { edges { node { id } } } } }';
    let answered = 0;
    const flood = Array.from({ length: 40 }, () =>
      flooding.ask(`query ($id: ID!) ${ask}`, { id: project }).then(answer => {
        answered++;
        return answer;
      }),
    );
    await until('statements to hang', async () => {
      const waiting = await observer.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%issues%'`,
      );
      return waiting.rowCount === 3;
    });
    for (let n = 0; n < 20; n++) {
      const { data } = await quiet.ask('query ($id: ID!) { project(id: $id) { name } }', { id: own });
      expect(data.project.name).toBe('Quiet');
    }
    expect(answered).toBe(0);
    await locker.query('COMMIT');
    for (const { data } of await Promise.all(flood)) expect(data.project.issues.edges).toEqual([]);
  } finally {
    await Promise.all([locker.end(), observer.end()]);
  }
});
