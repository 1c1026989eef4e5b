import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { freshDatabase } from '../support/database.js';
import { TestProcess, until } from '../support/processes.js';
import { Partner } from '../support/server.js';

/** As `npm start` runs it: with the heap that it has there. */
const startOptions = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }).scripts.start.match(
  /--\S+/g,
)!;
const megabyte = 1024 * 1024;
const residentOf = (pid: number) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024;

// Memory is read from /proc.
test.skipIf(process.platform !== 'linux')(
  'floods of one tenant end nothing, another tenant is answered meanwhile, and the memory comes back',
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'neighbours-'));
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    const database = await freshDatabase();
    const { PATH, HOME } = process.env;
    const key = 'a-bootstrap-key-of-the-tests';
    const server = new TestProcess(process.execPath, [...startOptions, resolve('dist/src/main.js'), 'serve'], {
      PATH,
      HOME,
      PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: database.serverUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'),
      BOOTSTRAP_API_KEY: key,
    });
    await server.says('server ready');
    const root = new Partner(/"url":"([^"]+)"/.exec(server.output)![1]!, key);
    const attacker = await root.below('AGENCY', 'ADMIN');
    const neighbour = await root.below('AGENCY', 'ADMIN');
    const { project } = await attacker.createProject({ name: 'x' });
    await neighbour.createProject({ name: 'y' });
    const before = residentOf(server.child.pid!);

    const aliases = (count: number, field: string) =>
      `{ ${Array.from({ length: count }, (_, n) => `a${n}:${field}`).join(' ')} }`;
    const floods: [string, () => Promise<unknown>][] = [
      ['70,000 aliases', () => attacker.ask(aliases(70_000, 'x'))],
      [
        '300 aliases of much',
        () => attacker.ask(aliases(300, `project(id: "${project.id}") { documents { id } reconciliation { balanced } }`)),
      ],
      [
        'as much as is allowed',
        () => attacker.ask(aliases(49, 'projects(first: 100) { edges { node { recordCounts { staged } } } }')),
      ],
      [
        'brackets',
        () => attacker.post(`{"query":"{ viewer { name } }","variables":{"x":${'['.repeat(400_000)}${']'.repeat(400_000)}}}`),
      ],
      [
        'a body of many keys',
        () =>
          attacker.post(
            `{"query":"{ viewer { name } }","variables":{${Array.from({ length: 60_000 }, (_, n) => `"k${n}":${n}`).join(',')}}}`,
          ),
      ],
    ];
    const sockets = await Promise.all(Array.from({ length: 10 }, () => connected(attacker)));
    for (const socket of sockets) {
      const payload = { query: `subscription { projectEvents(projectId: "${project.id}", afterSeq: 0) { seq type message } }` };
      for (let n = 0; n < 500; n++) socket.send(JSON.stringify({ type: 'subscribe', id: String(n), payload }));
    }

    let flooding = true;
    const attacks = floods.map(async ([, send]) => {
      let sent = 0;
      for (; flooding; sent++) await Promise.all(Array.from({ length: 4 }, send));
      return sent;
    });
    const statuses: number[] = [];
    for (let n = 0; n < 12; n++) {
      const { status, data } = await neighbour.ask('{ projects(first: 1) { edges { node { name blockedBy { code } } } } }');
      statuses.push(status);
      if (status === 200) expect(data.projects.edges[0].node.name).toBe('y');
      await sleep(50);
    }
    flooding = false;
    const sent = await Promise.all(attacks);
    for (const socket of sockets) socket.close();
    expect(statuses).toEqual(statuses.map(() => 200));
    for (const [index, [what]] of floods.entries()) expect(sent[index], what).toBeGreaterThan(0);
    expect(await (await fetch(`${root.url}/readyz`)).json()).toMatchObject({ status: 'ready' });
    // A heap of 256 MB does not shrink by itself: the same work again must not make it grow.
    const settled = await until('the memory to come back', async () => {
      await neighbour.ask('{ viewer { name } }');
      const resident = residentOf(server.child.pid!);
      return resident < Math.max(2 * before, 400 * megabyte) ? resident : null;
    });
    expect(settled).toBeLessThan(Math.max(2 * before, 400 * megabyte));
    expect(server.child.exitCode).toBeNull();
  },
  300_000,
);

async function connected(partner: Partner): Promise<WebSocket> {
  const socket = new WebSocket(`${partner.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const acknowledged = new Promise(done => socket.once('message', done));
  socket.once('open', () =>
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${partner.key}` } })),
  );
  await acknowledged;
  return socket;
}
