// Compares schema.graphql with the code. --write writes it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildIfStale } from './build-if-stale.mjs';

await buildIfStale();
const { printedSchema } = await import('../dist/src/graphql/schema.js');
const file = resolve(import.meta.dirname, '../schema.graphql');
const printed = await printedSchema();
if (process.argv.includes('--write')) writeFileSync(file, printed);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== printed) {
  console.error('Run `npm run schema` and commit schema.graphql: it differs from the code.');
  process.exit(1);
} else console.log('schema: schema.graphql is what the code says');
