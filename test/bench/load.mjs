// Load beside a bare got loop that sends as many replies: `npm run bench:load -- [tickets]`. Only ratios of one run mean something.
import got from 'got';
import { BenchProcesses } from './bench-processes.mjs';

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
  const { project } = await bench.mutate('createProject', { name: 'bench' }, 'project { id }');
  const projectId = project.id;
  await bench.mutate(
    'setConnection',
    { projectId, side: 'SOURCE', baseUrl: bench.infoset.url, secret: bench.infoset.secret },
    'connection { status }',
  );
  await bench.carryOut({ projectId, kind: 'EXTRACTION' });
  const options = { placeholderTeammateEmail: 'migration@ege.example' };
  await bench.mutate(
    'setConnection',
    { projectId, side: 'DESTINATION', baseUrl: bench.intercom.url, secret: bench.intercom.secret, options },
    'connection { status }',
  );
  const { mapping } = await bench.mutate('proposeMapping', { projectId }, 'mapping { id hash }');
  await bench.mutate('confirmMapping', { mappingVersionId: mapping.id, expectedHash: mapping.hash }, 'mapping { id }');
  // By hand, as only people can: the type that deals become.
  const { project: mapped } = await bench.ask(
    `{ project(id: "${projectId}") { mapping { fields(recordType: DEAL, first: 100) { edges { node { targetPath attributeType } } } } } }`,
  );
  const formats = { decimal: 'decimal', date: 'date', boolean: 'boolean', options: 'list' };
  const attributes = Object.fromEntries(
    mapped.mapping.fields.edges.flatMap(({ node }) => {
      const name = /^deal\.custom_attributes\.(.+)$/.exec(node.targetPath ?? '')?.[1];
      return name ? [[name, formats[node.attributeType] ?? 'text']] : [];
    }),
  );
  await control('/objectTypes', 'PUT', [{ name: 'Deal', attributes, contactReference: 'deal' }]);
  const { project: found } = await bench.ask(
    `{ project(id: "${projectId}") { agents(first: 100) { edges { node { id status } } } } }`,
  );
  for (const { node } of found.agents.edges) {
    if (node.status === 'UNMATCHED')
      await bench.mutate('resolveAgent', { agentId: node.id, usePlaceholder: true }, 'agent { id }');
  }
  await bench.carryOut({ projectId, kind: 'PROVISIONING', environment: 'PRODUCTION' });
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
  // A bench of a load that is not whole measures nothing.
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
