import { expect, onTestFinished, test, vi } from 'vitest';
import { Runner } from '../../src/jobs/runner.js';
import type { RunnerOptions } from '../../src/jobs/runner-options.js';
import { serverOfThisFile } from '../support/server.js';

/** Starts a server. Returns its address, and the address and answer of an image link at the time when runs could start. */
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
  // This server answers; it does not have the image.
  expect(status).toBe(404);
});

test('with PUBLIC_URL, links lead there from the first run on', async () => {
  const { link } = await startedWith({ PUBLIC_URL: 'http://127.0.0.1:9/base' });
  expect(link.startsWith('http://127.0.0.1:9/base/images/')).toBe(true);
});
