import { expect, onTestFinished, test, vi } from 'vitest';
import { Runner } from '../../src/jobs/runner.js';
import type { RunnerOptions } from '../../src/jobs/runner-options.js';
import { serverOfThisFile } from '../support/server.js';

/** Starts a server; answers its address, and where an image led, and what it answered, when runs could begin. */
async function startedWith(environment: Record<string, string>) {
  const seen: { link: string; status: Promise<number> }[] = [];
  const start = vi.spyOn(Runner.prototype, 'start').mockImplementation(function (this: Runner) {
    const { publicFiles } = (this as unknown as { options: RunnerOptions }).options;
    const link = publicFiles.link({ sha256: 'a'.repeat(64), contentType: 'image/png' });
    const status = fetch(link).then(
      answer => answer.status,
      () => 0,
    );
    seen.push({ link, status });
  });
  onTestFinished(() => start.mockRestore());
  const { server } = await serverOfThisFile(environment);
  expect(seen).toHaveLength(1);
  return { url: server.url, link: seen[0]!.link, status: await seen[0]!.status };
}

test('runs start only when the public address is known, and links work there', async () => {
  const { url, link, status } = await startedWith({});
  expect(link.startsWith(`${url}/images/`)).toBe(true);
  // Answered by this server, which knows no such image.
  expect(status).toBe(404);
});

test('with PUBLIC_URL, links lead there from the first run on', async () => {
  const { link } = await startedWith({ PUBLIC_URL: 'http://127.0.0.1:9/base' });
  expect(link.startsWith('http://127.0.0.1:9/base/images/')).toBe(true);
});
