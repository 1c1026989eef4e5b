import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** Polls rarely: frequent polling uses the processor that the awaited work needs. */
export const rarely = { growth: 1.3, longestMs: 250 };

/** Waits for a condition, never for a time; the limit only ends a test that has failed. */
export async function until<T>(
  what: string,
  condition: () => Promise<T | false | null | undefined> | T | false | null | undefined,
  timeoutMs = 300_000,
  { growth, longestMs } = { growth: 1, longestMs: 25 },
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  for (let pauseMs = 25; Date.now() < deadline; pauseMs = Math.min(longestMs, pauseMs * growth)) {
    const began = performance.now();
    try {
      const value = await condition();
      if (value) return value as T;
    } catch (error) {
      last = error;
    }
    // A condition that asks a server takes at most a quarter of the time.
    await sleep(Math.max(pauseMs, Math.min(rarely.longestMs, 3 * (performance.now() - began))));
  }
  throw new Error(`Waited ${timeoutMs / 1000} seconds for ${what}`, { cause: last });
}

/** A process of a test, its output as it comes; ended with the test. */
export class TestProcess {
  output = '';
  readonly child: ChildProcess;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;

  constructor(command: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd?: string) {
    const { NODE_COMPILE_CACHE } = process.env;
    this.child = spawn(command, args, {
      env: { NODE_COMPILE_CACHE, ...env },
      ...(cwd ? { cwd } : {}),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.exited = new Promise(resolve => this.child.once('close', (code, signal) => resolve({ code, signal })));
    onTestFinished(async () => {
      this.child.kill('SIGKILL');
      // It does not wait for the output, because a grandchild can keep it open.
      if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    });
  }

  /** Waits until the text is printed. Fails immediately if the process ends before. */
  async says(text: string | RegExp): Promise<void> {
    const said = () => (typeof text === 'string' ? this.output.includes(text) : text.test(this.output));
    const ended = this.exited.then(({ code, signal }) => {
      if (!said()) throw new Error(`Ended with ${code ?? signal} before it said ${text}:\n${this.output}`);
    });
    await Promise.race([ended, until(`${text} in the output`, said)]);
  }
}
