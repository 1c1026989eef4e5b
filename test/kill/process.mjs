// A process that kills itself where it is told to. `node process.mjs worker` or `server`; the rest is told by messages.
import { appendFileSync } from 'node:fs';

/** Where it may die: { stage, results, chosen: { point: [occurrences] }, at }; `at` counts all points. */
let order = null;
/** How often each point was reached since it was armed. */
let counts = {};
let total = 0;

const arm = given => {
  order = given;
  counts = {};
  total = 0;
};

function reach(point) {
  if (!order) return;
  const count = (counts[point] ?? 0) + 1;
  counts[point] = count;
  total++;
  if (total === order.at || order.chosen[point]?.includes(count)) die(order, point, count);
}

function die({ stage, known, results }, point, occurrence) {
  // What only a process reaches that continues after another is learnt here.
  const found = Object.keys(counts).filter(each => !known.includes(each));
  const line = {
    kill: { stage, point, occurrence },
    at: new Date().toISOString(),
    lived: Math.round(performance.now()),
    cpu: process.cpuUsage(),
    found,
  };
  appendFileSync(results, `${JSON.stringify(line)}\n`);
  process.kill(process.pid, 'SIGKILL');
}

/** So many milliseconds after its beginning, a call is mostly on its way: the answer takes 1 ms or longer. */
const delays = [0, 1, 2, 3, 5, 8];

/** The same moment for the same point and occurrence. */
function reachDuring(point) {
  if (!order) return;
  const count = (counts[point] ?? 0) + 1;
  counts[point] = count;
  if (!order.chosen[point]?.includes(count)) return;
  let hash = count;
  for (const char of point) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0;
  const given = order;
  const dieIfStillTold = () => order === given && die(given, point, count);
  setTimeout(dieIfStillTold, delays[hash % delays.length]);
}

/** Whether it stops itself, SIGSTOP, right before it sends a call. */
let freezes = false;

globalThis.__kill = {
  /** The lease was checked, in the tick in which the bytes are sent. */
  checked() {
    if (!freezes) return;
    freezes = false;
    process.kill(process.pid, 'SIGSTOP');
  },
  begun(id, value) {
    reach(`${id} begun`);
    reachDuring(`${id} during`);
    return value;
  },
  over(id, value) {
    reach(`${id} over`);
    return value;
  },
};

const [kind] = process.argv.slice(2);
const load = name => import(new URL(`../../.tmp/kill/bundle/${name}.mjs`, import.meta.url).href);
const [{ loadConfig }, { createLog }, code] = await Promise.all([load('config'), load('log'), load(kind)]);

process.on('disconnect', () => process.exit(1));
process.on('message', async ({ start, armed, report, freeze }) => {
  if (start) {
    const config = loadConfig({ logLevel: 'fatal', allowPrivateHosts: true });
    const log = createLog(config);
    arm(start.starting);
    const { url } = kind === 'worker' ? await code.startWorker(config, log) : await code.startServer(config, log, () => {});
    const reached = counts;
    arm(start.working);
    process.send({ started: true, url, reached });
  }
  if (armed !== undefined) {
    arm(armed);
    process.send({ armed: true });
  }
  if (report) process.send({ counts });
  if (freeze) freezes = true;
});
process.send({ loaded: true });
