// Runs a command of the program, built first where that is needed: `node scripts/run.mjs serve`.
// One process for both, so that a signal that npm passes on reaches the program.
import { buildIfStale } from './build-if-stale.mjs';

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(`Run \`npm ci\` without --ignore-scripts: Landfall needs Node 24, and this is ${process.versions.node}.`);
  process.exit(1);
}
await buildIfStale();
await import('../dist/src/main.js');
