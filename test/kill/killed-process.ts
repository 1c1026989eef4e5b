import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { until } from '../support/processes.js';
import type { Order } from './ledger.js';

const program = new URL('process.mjs', import.meta.url).pathname;

/** Loading code makes garbage. Room for it makes a start a fifth shorter. */
const execArgv = ['--no-deprecation', '--min-semi-space-size=32', '--max-semi-space-size=64'];

/** Where a process may die while it starts, and from then on. */
export interface Orders {
  starting: Order | null;
  working: Order | null;
}

/** A worker or a server that kills itself where it is told to, and is started again by a process that has loaded its code already. */
export class KilledProcess {
  kills = 0;
  /** Of a server. */
  url = '';
  /** How often each point was reached while it started. */
  reached: Record<string, number> = {};
  private child: ChildProcess | undefined;
  private next: Promise<ChildProcess>;

  constructor(
    readonly kind: 'worker' | 'server',
    private readonly environment: NodeJS.ProcessEnv,
  ) {
    this.next = this.load();
  }

  /** Starts one if none works. */
  async ensure(orders: () => Orders): Promise<void> {
    while (!this.child || this.hasEnded) {
      if (this.child) this.count(this.child);
      this.child = await this.next;
      this.next = this.load();
      this.child.send({ start: orders() }, () => {});
      const started = await answer(this.child, 'started');
      if (started) Object.assign(this, { url: started.url, reached: started.reached });
    }
  }

  /** @returns whether it lived to learn it */
  async arm(order: Order | null): Promise<boolean> {
    if (!this.child || this.hasEnded) return false;
    this.child.send({ armed: order }, () => {});
    return (await answer(this.child, 'armed')) !== null;
  }

  /** How often each point was reached since it was armed; null if it has died. */
  async counts(): Promise<Record<string, number> | null> {
    if (!this.child || this.hasEnded) return null;
    this.child.send({ report: true }, () => {});
    return ((await answer(this.child, 'counts'))?.counts as Record<string, number> | undefined) ?? null;
  }

  /** Freezes it between the check of its lease and the bytes of its next write. @returns continues it */
  async freeze(): Promise<() => void> {
    const child = this.child!;
    child.send({ freeze: true }, () => {});
    const stateOf = () => readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]![0];
    await until('the process to freeze', () => stateOf() === 'T');
    return () => child.kill('SIGCONT');
  }

  async close(): Promise<void> {
    for (const child of [this.child, await this.next]) {
      child?.kill('SIGKILL');
      if (child && !isOver(child)) await once(child, 'exit');
    }
  }

  get hasEnded(): boolean {
    return !this.child || isOver(this.child);
  }

  private count({ signalCode, exitCode }: ChildProcess): void {
    if (signalCode !== 'SIGKILL') throw new Error(`The ${this.kind} ended by itself with ${exitCode ?? signalCode}.`);
    this.kills++;
  }

  private async load(): Promise<ChildProcess> {
    const child = fork(program, [this.kind], { env: this.environment, execArgv });
    if (!(await answer(child, 'loaded'))) throw new Error(`The ${this.kind} could not load its code.`);
    return child;
  }
}

const isOver = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

/** The next message with this property; null if the process ends before. */
function answer(child: ChildProcess, name: string): Promise<Record<string, unknown> | null> {
  return new Promise(resolve => {
    const settle = (value: Record<string, unknown> | null) => {
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(value);
    };
    const onExit = () => settle(null);
    const onMessage = (sent: unknown) => {
      const message = sent as Record<string, unknown>;
      if (name in message) settle(message);
    };
    child.on('message', onMessage);
    child.once('exit', onExit);
    if (isOver(child)) onExit();
  });
}
