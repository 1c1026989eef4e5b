// What faults cost: `npm run bench:faults -- [tickets]`. One load without faults, and one for each kind of fault on 5 % of the calls.
// All settings are the defaults: an absence counts 40 s after the write was sent.
import { BenchProcesses } from './bench-processes.mjs';
import { prepareLoad } from './prepare-load.mjs';

const [tickets = '40'] = process.argv.slice(2);
const share = 0.05;
/** Each on 5 % of the calls; several share it. */
const kinds = {
  'no faults': [],
  'reset after the effect': ['RESET_AFTER'],
  '502 after the effect': ['SERVER_ERROR'],
  'reset before the effect': ['RESET_BEFORE'],
  'half before, half after': ['RESET_BEFORE', 'RESET_AFTER'],
};

let whole = null;
for (const [name, faults] of Object.entries(kinds)) {
  const bench = new BenchProcesses();
  const control = async (path, method = 'GET', body) => {
    const response = await fetch(`${bench.intercom.control}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    return response.json();
  };
  try {
    await bench.start(tickets);
    await control('/settings', 'PATCH', { limits: null, latencyMs: 80 });
    const projectId = await prepareLoad(bench, control);
    for (const [n, kind] of faults.entries())
      await control('/faults', 'POST', { kind, share: share / faults.length, seed: n + 1 });
    const { state, seconds } = await bench.carryOut({ projectId, kind: 'PRODUCTION', environment: 'PRODUCTION' });
    whole ??= seconds;
    const done = Object.values((await control('/calls')).faults).reduce((sum, count) => sum + count, 0);
    console.log(
      `${name}: ${state}, ${done} faults, ${(seconds / whole).toFixed(1)} times the time without faults (${seconds.toFixed(0)} s)`,
    );
  } finally {
    await bench.stop();
  }
}
