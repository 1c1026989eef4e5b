import { expect, onTestFinished, test } from 'vitest';
import { until } from '../support/processes.js';
import { serverOfThisFile } from '../support/server.js';

test('thirty subscribers of one run, on one socket and on several, print no warning', async () => {
  const warnings: string[] = [];
  const note = (warning: Error) => warnings.push(`${warning.name} ${warning.message}`);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  const { root } = await serverOfThisFile();
  const { project } = await root.createProject({ name: 'Watched' });
  const query = `subscription { projectEvents(projectId: "${project.id}", afterSeq: 0) { seq } }`;
  const seen = new Set<number>();
  const clients = Array.from({ length: 3 }, () => root.webSocket());
  for (let each = 0; each < 30; each++) {
    clients[each % 3]!.subscribe({ query }, { next: () => seen.add(each), error: () => {}, complete: () => {} });
  }
  await until('all to hear the first event', () => seen.size === 30);
  for (const client of clients) await client.dispose();
  // Warnings are reported in a later tick.
  await new Promise(resolve => setImmediate(resolve));
  expect(warnings.filter(warning => !warning.includes('DEP'))).toEqual([]);
});
