// How much of a rate limit a load uses, compared with a loop over the official client: `npm run bench:rate -- [limit] [tickets] [processes]`.
import { IntercomClient } from 'intercom-client';
import { BenchProcesses } from './bench-processes.mjs';
import { prepareLoad } from './prepare-load.mjs';

const [limit = '400', tickets = '250', processes = '1'] = process.argv.slice(2);
const windowMs = 10_000;
const latencyMs = 80;
const callsAtOnce = 24;
const bench = new BenchProcesses();

const control = async (path, method = 'GET', body) => {
  const response = await fetch(`${bench.intercom.control}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  return response.json();
};
const setLimits = limits => control('/settings', 'PATCH', { limits, latencyMs });
const limits = { app: Number(limit), workspace: 1_000_000, windowMs };

/** What was called since then, by window; windows without a call are rows too. */
async function windowsSince(at) {
  const first = Math.floor(at / windowMs);
  const counted = (await control('/windows')).filter(each => each.number >= first);
  const last = counted.at(-1)?.number ?? first;
  return Array.from(
    { length: last - first + 1 },
    (_, n) => counted.find(each => each.number === first + n) ?? { used: 0, refused: 0 },
  );
}

/** From the second window until the last fifth. */
function show(name, windows) {
  const measured = windows.slice(1, Math.max(2, Math.floor(windows.length * 0.8)));
  const used = measured.reduce((sum, each) => sum + each.used, 0);
  const refused = windows.slice(1).reduce((sum, each) => sum + each.refused, 0);
  const share = ((100 * used) / (measured.length * limits.app)).toFixed(1);
  console.log(
    `${name}: ${share} % of the allowed calls in ${measured.length} windows, ${refused} times 429 after the first window`,
  );
  console.log(`  by window: ${windows.map(each => each.used).join(' ')}`);
}

try {
  await bench.start(tickets);
  for (let n = 1; n < Number(processes); n++) await bench.addWorker();
  await control('/settings', 'PATCH', { limits: null });
  const projectId = await prepareLoad(bench, control);
  await setLimits(limits);
  const begun = Date.now();
  const { state, phases, seconds } = await bench.carryOut({ projectId, kind: 'PRODUCTION', environment: 'PRODUCTION' });
  console.log(
    `limit ${limit} in ${windowMs / 1_000} s, latency ${latencyMs} ms, ${tickets} tickets, ${processes} processes, run ${state} in ${seconds.toFixed(0)} s`,
  );
  show('load', await windowsSince(begun));
  const second = time => ((Date.parse(time) - begun) / 1000).toFixed(0);
  for (const { recordType, startedAt, finishedAt, apiCalls } of phases.filter(each => each.apiCalls > 0))
    console.log(`  ${recordType}: ${apiCalls} calls, from second ${second(startedAt)} to ${second(finishedAt)}`);
  const { maxInFlight } = await (await fetch(`${bench.infoset.control}/calls`)).json();
  console.log(`  most calls in flight at the source: ${maxInFlight}`);

  const { conversations } = await control('/state');
  const client = new IntercomClient({ token: bench.intercom.secret, environment: bench.intercom.url });
  const loopBegun = Date.now();
  const until = loopBegun + 6 * windowMs;
  let failed = 0;
  const loop = async n => {
    for (let next = n; Date.now() < until; next += callsAtOnce) {
      await client.conversations
        .reply({
          conversation_id: conversations[next % conversations.length].id,
          body: { message_type: 'note', type: 'admin', admin_id: '7002', body: '<p>A note of the bench.</p>' },
        })
        .catch(() => failed++);
    }
  };
  await Promise.all(Array.from({ length: callsAtOnce }, (_, n) => loop(n)));
  show(
    `intercom-client with its own retries, ${callsAtOnce} calls at once, ${failed} calls failed in the end`,
    await windowsSince(loopBegun),
  );
} finally {
  await bench.stop();
}
