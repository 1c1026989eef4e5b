import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { Random } from '../../src/simulators/random.js';
import { instrument } from '../kill/instrument.mjs';
import { KilledRuns } from '../kill/killed-runs.js';
import { type Choice, KillLedger } from '../kill/ledger.js';
import { type Compared, killRound, stages } from '../kill/round.js';
import { accountOf, contact, log, ticket } from '../support/account.js';
import { workspace } from '../support/destination.js';
import { atEndOfFile } from '../support/end-of-file.js';
import { ended, issuesOf, simulator } from '../support/extraction.js';
import { expectBalanced, expectExactlyOnce, readyProject, startProduction } from '../support/load.js';
import { until } from '../support/processes.js';
import { type Partner, serverOfThisFile } from '../support/server.js';

/** Long enough that no write that was sent can take effect after them, and so short that a kill takes seconds. */
const times = { LEASE_MS: '1000', REQUEST_TIMEOUT_MS: '1200', SETTLE_MS: '600', RATE_LIMIT_WAIT_MS: '300' };
const seed = Number(process.env.LANDFALL_SEED ?? 42);
const minutes = Number(process.env.LANDFALL_KILL_MINUTES ?? 0);
const killsOfRound = Number(process.env.LANDFALL_KILLS_OF_ROUND ?? 80);

const own = mkdtempSync(join(tmpdir(), 'landfall-kill-'));
atEndOfFile(async () => rmSync(own, { recursive: true }));
const results = process.env.LANDFALL_KILL_RESULTS ?? join(own, 'kills.jsonl');

let root: Partner;
let ownerUrl: string;
let runs: KilledRuns;
let ledger: KillLedger;
beforeAll(async () => {
  expect(await instrument()).toBeGreaterThan(5_000);
  mkdirSync(dirname(results), { recursive: true });
  ledger = new KillLedger(results, seed);
  const shared = { ...times, DATA_DIR: own, SECRETS_KEY: Buffer.alloc(32, 1).toString('base64') };
  // It answers all through: its runs are left to the workers that are killed.
  const { server, database, root: partner } = await serverOfThisFile({ ...shared, RUNS_AT_ONCE: '0' });
  root = partner;
  ownerUrl = database.ownerUrl;
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const environment = {
    PATH,
    NODE_COMPILE_CACHE,
    ...shared,
    PORT: '0',
    DATABASE_URL: database.serverUrl,
    PUBLIC_URL: server.url,
  };
  runs = new KilledRuns(ledger, environment, ownerUrl);
  atEndOfFile(() => runs.close());
});

const round = (choose: (stage: string) => Choice | null) => killRound({ root, ownerUrl, runs, choose });

const seededKills = () =>
  test('SIGKILL at seeded awaits of each stage: nothing is lost, twice, out of order or orphaned', async () => {
    const random = new Random(seed);
    await round(() => ({ points: [], moments: [random.integer(10, 400)] }));
    expect(runs.kills).toBeGreaterThan(3);
  }, 600_000);

const everyKill = () =>
  test('SIGKILL at each await of each stage: the workspace is the same as without a kill', async () => {
    const until = performance.now() + minutes * 60_000;
    const wanted = await round(() => null);
    const left = () => stages.reduce((sum, stage) => sum + ledger.left(stage).length, 0);
    const different: string[] = [];
    while (performance.now() < until && left() > 0) {
      const number = ledger.rounds + 1;
      const share = killsOfRound / left();
      const [kills, begun] = [runs.kills, performance.now()];
      const choose = (stage: string): Choice => ({
        points: ledger.choose(stage, number, Math.ceil(share * ledger.left(stage).length)),
        moments: [],
      });
      const outcome = await round(choose)
        .then(got => differenceOf(got, wanted))
        .catch((error: Error) => error.message);
      const seconds = Math.round((performance.now() - begun) / 1_000);
      ledger.add({
        round: number,
        kills: runs.kills - kills,
        seconds,
        left: left(),
        outcome: outcome ?? 'EQUAL',
        sizes: wanted.sizes,
      });
      if (outcome) different.push(`round ${number}: ${outcome}`);
    }
    expect(different).toEqual([]);
  }, 86_400_000);

const frozenWorker = () =>
  test('a worker that is frozen between the check of its lease and its write can write twice: the sweep finds and corrects it', async () => {
    const account = accountOf({
      contacts: [contact(1001)],
      tickets: [1, 2, 3].map(id => ticket(id, { logCount: 30 })),
      ticketlogs: [1, 2, 3].flatMap(id =>
        Array.from({ length: 30 }, (_, n) => log(id * 1000 + n, id, { content: `Message ${n} of ${id}` })),
      ),
    });
    const infoset = await simulator(account);
    const intercom = await workspace({ latencyMs: 20 });
    const written = () => [...intercom.workspace.conversations.values()].reduce((sum, { parts }) => sum + parts.length, 0);
    const unarmed = () => ({ starting: null, working: null });
    await runs.worker.ensure(unarmed);
    const projectId = await readyProject(root, infoset, intercom);
    const runId = await startProduction(root, projectId, ownerUrl);
    await until('the first messages', () => written() > 9);
    const wake = await runs.worker.freeze();
    const held = written();
    const next = runs.anotherWorker();
    onTestFinished(() => next.close());
    await next.ensure(unarmed);
    await until('the next worker to write', () => written() > held + 12);
    wake();
    expect((await ended(root, runId)).state).toBe('SUCCEEDED');
    const found = (await issuesOf(root, projectId)).filter(({ code }) => code === 'DUPLICATE_REMOVED');
    expect(found).toHaveLength(1);
    await expectBalanced(root, projectId, 'SUCCEEDED');
    expectExactlyOnce(intercom, infoset);
  }, 600_000);

// What does not run is not registered, rather than skipped.
if (minutes > 0) everyKill();
else {
  seededKills();
  frozenWorker();
}

/** What is in one and not in the other, by place; null if they are equal. */
function differenceOf(got: Compared, wanted: Compared): string | null {
  const texts = ({ loaded, attached, changed, issues }: Compared) =>
    Object.entries({ loaded, attached, changed, issues: { issues } }).flatMap(([moment, held]) =>
      Object.entries(held).flatMap(([place, all]) =>
        (all as unknown[]).map(each => `${moment} ${place} ${JSON.stringify(each)}`),
      ),
    );
  const [there, due] = [texts(got), texts(wanted)];
  // A text that is there twice is one too many.
  const less = (all: string[], others: string[]) => {
    const left = new Map([...Map.groupBy(others, each => each)].map(([each, same]) => [each, same.length] as const));
    return all.filter(each => {
      const count = left.get(each) ?? 0;
      left.set(each, count - 1);
      return count <= 0;
    });
  };
  const differences = [...less(there, due).map(each => `+ ${each}`), ...less(due, there).map(each => `- ${each}`)];
  return differences.length === 0 ? null : differences.join('\n').slice(0, 5_000);
}
