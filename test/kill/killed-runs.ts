import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { KilledProcess, type Orders } from './killed-process.js';
import type { Choice, KillLedger } from './ledger.js';

/** A run that neither ends nor kills a process for so long is stuck. */
const stuckMs = 120_000;

/** Chooses the kills of a stage in this round; null for none: then its points are learnt. */
export type Choose = (stage: string) => Choice | null;

/** One of so many processes dies while it starts, too. */
const startsPerKill = 6;

/** Carries out stages by a worker, or by a server, that is killed. */
export class KilledRuns {
  readonly worker: KilledProcess;
  private server: KilledProcess | undefined;

  constructor(
    private readonly ledger: KillLedger,
    private readonly environment: Record<string, string | undefined>,
    private readonly ownerUrl: string,
  ) {
    this.worker = new KilledProcess('worker', environment);
  }

  /** A second one, which takes over what the first one leaves. */
  anotherWorker(): KilledProcess {
    return new KilledProcess('worker', this.environment);
  }

  get kills(): number {
    return this.worker.kills + (this.server?.kills ?? 0);
  }

  /** Starts a run and waits for its end. @returns its state */
  async run(stage: string, choose: Choose, begin: () => Promise<string>): Promise<string> {
    const orders = this.orders(stage, this.worker, choose(stage));
    await this.worker.ensure(orders);
    await this.worker.arm(orders().working);
    const id = (await begin()).replace('run_', '');
    const client = new pg.Client({ connectionString: this.ownerUrl });
    await client.connect();
    try {
      let movedAt = performance.now();
      for (;;) {
        const { rows } = await client.query<{ state: string }>('SELECT state FROM landfall.runs WHERE id = $1', [id]);
        const { state } = rows[0]!;
        if (!['QUEUED', 'RUNNING', 'PAUSED'].includes(state)) {
          await this.learn(stage, this.worker);
          return state;
        }
        if (this.worker.hasEnded) {
          await this.worker.ensure(orders);
          movedAt = performance.now();
        }
        if (performance.now() - movedAt > stuckMs) throw new Error(`The stage ${stage} is stuck: ${state}.`);
        await sleep(100);
      }
    } finally {
      await client.end();
    }
  }

  /** Calls a server again and again, until it answers. */
  async calls<T>(stage: string, choose: Choose, calls: readonly ((url: string) => Promise<T>)[]): Promise<T[]> {
    this.server ??= new KilledProcess('server', { ...this.environment, PUBLIC_URL: undefined, RUNS_AT_ONCE: '0' });
    const orders = this.orders(stage, this.server, choose(stage));
    await this.server.ensure(orders);
    await this.server.arm(orders().working);
    const answers: T[] = [];
    for (const call of calls) {
      for (;;) {
        try {
          answers.push(await call(this.server.url));
          break;
        } catch (error) {
          // A connection ends a moment before its process has.
          await sleep(100);
          if (!this.server.hasEnded) throw error;
          await this.server.ensure(orders);
        }
      }
    }
    await this.learn(stage, this.server);
    return answers;
  }

  async close(): Promise<void> {
    await this.worker.close();
    await this.server?.close();
  }

  /** Called for each process: what is left of the choice. */
  private orders(stage: string, process: KilledProcess, choice: Choice | null): () => Orders {
    const start = `start of the ${process.kind}`;
    const killsBefore = process.kills;
    let starts = 0;
    return () => {
      this.ledger.read();
      const kills = process.kills - killsBefore;
      const duringStart =
        choice?.points.length && ++starts % startsPerKill === 0 ? this.ledger.choose(start, this.ledger.kills, 1) : [];
      return {
        starting: this.ledger.order(start, duringStart),
        working: this.ledger.order(stage, choice?.points ?? [], choice?.moments[kills] ?? null),
      };
    };
  }

  /** Keeps what the stage has reached, and lets the rest of the process alone. */
  private async learn(stage: string, process: KilledProcess): Promise<void> {
    const counts = await process.counts();
    if (counts) this.ledger.add({ reached: { stage, counts } });
    this.ledger.add({ reached: { stage: `start of the ${process.kind}`, counts: process.reached } });
    // One that was killed after the end of the stage is needed by what follows.
    if (!(await process.arm(null))) await process.ensure(() => ({ starting: null, working: null }));
  }
}
