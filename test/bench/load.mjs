// Load compared with a bare got loop that sends as many replies: `npm run bench:load -- [tickets]`. Only ratios of one run mean something.
import got from 'got';
import { BenchProcesses } from './bench-processes.mjs';
import { prepareLoad } from './prepare-load.mjs';

const tickets = process.argv[2] ?? '2000';
const callsAtOnce = 24;
const bench = new BenchProcesses();

const control = async (path, method = 'GET', body) => {
  const response = await fetch(`${bench.intercom.control}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  return response.json();
};
const isWrite = name => !name.startsWith('GET ') && !name.endsWith('/search');
const writes = async () => {
  const { calls } = await control('/calls');
  return Object.entries(calls).reduce((sum, [name, count]) => sum + (isWrite(name) ? count : 0), 0);
};

try {
  await bench.start(tickets);
  await control('/settings', 'PATCH', { limits: null });
  const projectId = await prepareLoad(bench, control);
  const before = await writes();
  const { state, blockedBy, seconds } = await bench.carryOut({ projectId, kind: 'PRODUCTION', environment: 'PRODUCTION' });
  const sent = (await writes()) - before;
  const memory = bench.memory();
  const { project: done } = await bench.ask(
    `{ project(id: "${projectId}") { reconciliation { balanced rows { recordType source staged loaded verified skipped failed balanced } differences(first: 5) { edges { node { recordType sourceId field expected actual } } } } } }`,
  );
  console.log(
    `tickets ${tickets}, run ${state} ${blockedBy.map(each => each.message)}, balanced ${done.reconciliation.balanced}`,
  );
  // A bench of an incomplete load measures nothing.
  for (const row of done.reconciliation.rows) if (!row.balanced) console.log(JSON.stringify(row));
  for (const { node } of done.reconciliation.differences.edges) console.log(JSON.stringify(node));
  console.log(`load: ${sent} writes in ${seconds.toFixed(1)} s = ${(sent / seconds).toFixed(0)} writes/s`);

  // The same simulator, the same client library, nothing of ours.
  const client = got.extend({
    prefixUrl: bench.intercom.url,
    retry: { limit: 0 },
    headers: { authorization: `Bearer ${bench.intercom.secret}`, accept: 'application/json', 'intercom-version': '2.16' },
    responseType: 'json',
  });
  const state0 = await control('/state');
  const conversations = state0.conversations.map(each => each.id);
  const bare = Math.min(sent, 5_000);
  const begun = performance.now();
  let next = 0;
  const loop = async () => {
    while (next < bare) {
      const id = conversations[next++ % conversations.length];
      const json = {
        message_type: 'note',
        type: 'admin',
        admin_id: '7002',
        body: '<p>A note of the bench.</p>',
        created_at: 1_700_000_000,
        skip_notifications: true,
      };
      await client.post(`conversations/${id}/reply`, { json });
    }
  };
  await Promise.all(Array.from({ length: callsAtOnce }, loop));
  const bareSeconds = (performance.now() - begun) / 1000;
  console.log(
    `bare got loop: ${bare} replies in ${bareSeconds.toFixed(1)} s = ${(bare / bareSeconds).toFixed(0)} writes/s; ratio ${(sent / seconds / (bare / bareSeconds)).toFixed(2)}`,
  );
  console.log(`server memory, most resident: ${memory.toFixed(0)} MB`);
} finally {
  await bench.stop();
}
