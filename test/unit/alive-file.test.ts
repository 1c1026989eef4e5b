import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Log } from '../../src/domain/ports/log.js';
import { touchWhileAlive } from '../../src/web/alive-file.js';

test('the file is renewed while the check passes, and stays old while it fails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'alive-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'alive');
  await writeFile(file, 'old');
  const warnings: unknown[] = [];
  const log: Log = { debug: () => {}, info: () => {}, warn: (...what) => void warnings.push(what), error: () => {} };
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  let isAlive = false;
  let checks = 0;
  const stop = touchWhileAlive(
    file,
    async () => {
      checks++;
      if (!isAlive) throw new Error('no answer');
    },
    log,
  );
  await vi.waitFor(() => expect(warnings).toHaveLength(1));
  expect(await readFile(file, 'utf8')).toBe('old');
  isAlive = true;
  vi.advanceTimersByTime(5_000);
  await vi.waitFor(async () => expect(await readFile(file, 'utf8')).toMatch(/^\d{4}-/));
  isAlive = false;
  await writeFile(file, 'old again');
  await vi.waitFor(() => {
    vi.advanceTimersByTime(5_000);
    expect(warnings.length).toBeGreaterThan(1);
  });
  expect(await readFile(file, 'utf8')).toBe('old again');
  stop();
  const before = checks;
  vi.advanceTimersByTime(60_000);
  expect(checks).toBe(before);
});
