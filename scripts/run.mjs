// Builds the program if necessary and runs a command: `node scripts/run.mjs serve`.
// Both happen in one process, so that the program receives the signals that npm passes on.
import { buildIfStale } from './build-if-stale.mjs';

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(`Run \`npm ci\` without --ignore-scripts: Landfall needs Node 24, and this is ${process.versions.node}.`);
  process.exit(1);
}
await buildIfStale();
await import('../dist/src/main.js');
