// Compares the generated types of the GraphQL documents with the documents and schema.graphql. --write writes them.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { generate } from '@graphql-codegen/cli';
import config from '../codegen.ts';

const root = resolve(import.meta.dirname, '..');
process.chdir(root);
const outputs = (await generate({ ...config, silent: true }, false)).map(({ filename, content }) => ({
  filename: resolve(filename),
  content: content.endsWith('\n') ? content : `${content}\n`,
}));
const names = new Set(outputs.map(({ filename }) => filename));
const folders = Object.keys(config.generates).map(folder => resolve(folder));
const leftOver = folders
  .filter(folder => existsSync(folder))
  .flatMap(folder => readdirSync(folder).map(name => join(folder, name)))
  .filter(file => !names.has(file));
if (process.argv.includes('--write')) {
  for (const file of leftOver) rmSync(file, { recursive: true });
  for (const { filename, content } of outputs) {
    mkdirSync(dirname(filename), { recursive: true });
    writeFileSync(filename, content);
  }
}
const stale = outputs
  .filter(({ filename, content }) => !existsSync(filename) || readFileSync(filename, 'utf8') !== content)
  .map(({ filename }) => filename)
  .concat(leftOver.filter(file => existsSync(file)));
if (stale.length > 0) {
  const list = stale.map(file => file.slice(root.length + 1)).join(', ');
  console.error(`Run \`npm run codegen\` and commit its files: ${list} differ from the documents or from schema.graphql.`);
  process.exit(1);
}
console.log(`codegen: ${outputs.length} files are what the documents and schema.graphql say`);
