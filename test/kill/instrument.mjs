// Writes the compiled program once more, as bundles in .tmp/kill/bundle, where each await is a checkpoint.
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire, SourceMap } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { parse } from 'acorn';
import { rolldown } from 'rolldown';

const root = resolve(import.meta.dirname, '../..');
const dist = join(root, 'dist');
const target = join(root, '.tmp/kill/program');
const bundled = join(root, '.tmp/kill/bundle');
/** They are no part of a migration: the platforms, and a client of the API. */
const spared = ['src/simulators/', 'src/demo/', 'src/graphql/graphiql/', 'migrations/'];

/**
 * The code with three checkpoints for each await: `begun` when the call was made, `during` a moment later, `over` when its result
 * is there; and one between the check of the lease and what is sent. An id is file:line:column of the TypeScript source, and what happens there.
 */
function withCheckpoints(file) {
  const code = readFileSync(file, 'utf8');
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  const name = relative(join(dist, 'src'), file).replace(/\.js$/, '.ts');
  const insertions = [];
  let points = 0;
  const idOf = ({ loc: { start } }) => {
    const { originalLine = start.line - 1, originalColumn = start.column } = map.findEntry(start.line - 1, start.column);
    return JSON.stringify(`${name}:${originalLine + 1}:${originalColumn + 1}`);
  };
  const visit = node => {
    if (node.type === 'AwaitExpression') {
      points += 3;
      insertions.push([node.start, `__kill.over(${idOf(node)}, `]);
      insertions.push([node.argument.start, `__kill.begun(${idOf(node)}, `]);
      insertions.push([node.end, '))']);
    } else if (node.type === 'ExpressionStatement' && /^this\.beforeSend\?\.\(\);$/.test(code.slice(node.start, node.end))) {
      insertions.push([node.end, ' __kill.checked();']);
    } else if (node.type === 'ForOfStatement' && node.await) {
      points++;
      insertions.push([node.body.start, `{ __kill.over(${idOf(node)}); `], [node.body.end, ' }']);
    }
    for (const below of Object.values(node).flat()) if (typeof below?.type === 'string') visit(below);
  };
  visit(parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true }));
  // From the end on. At one place the outer insertion comes first in the list, and in the text.
  let text = code;
  for (const [at, inserted] of insertions.toSorted((a, b) => a[0] - b[0]).toReversed())
    text = text.slice(0, at) + inserted + text.slice(at);
  return { text, points };
}

/** An optional dependency, such as another driver of typeorm. */
function isAbsent(name, importer) {
  if (/^[./]/.test(name) || !importer) return false;
  try {
    createRequire(importer).resolve(name);
    return false;
  } catch (error) {
    return error.code === 'MODULE_NOT_FOUND';
  }
}

/** One file starts in a fraction of the time that a thousand take, and a thousand kills are a thousand starts. */
async function bundle() {
  const program = name => join(target, 'src', name);
  const input = {
    config: program('config.js'),
    log: program('log.js'),
    worker: program('compose/worker.js'),
    server: program('compose.js'),
  };
  const build = await rolldown({ input, platform: 'node', external: isAbsent, logLevel: 'silent' });
  await build.write({ dir: bundled, format: 'esm', entryFileNames: '[name].mjs' });
  await build.close();
}

/** @returns the number of points; it does nothing if the build is not newer */
export async function instrument() {
  const stamp = join(bundled, '.points');
  const newer = Math.max(statSync(join(dist, '.built')).mtimeMs, statSync(import.meta.filename).mtimeMs);
  if ((statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0) > newer) return Number(readFileSync(stamp, 'utf8'));
  for (const folder of [target, bundled]) rmSync(folder, { recursive: true, force: true });
  cpSync(dist, target, { recursive: true });
  let total = 0;
  for (const name of readdirSync(dist, { recursive: true })) {
    if (!name.endsWith('.js') || spared.some(folder => name.startsWith(folder))) continue;
    const { text, points } = withCheckpoints(join(dist, name));
    if (points > 0) writeFileSync(join(target, name), text);
    total += points;
  }
  await bundle();
  writeFileSync(stamp, String(total));
  return total;
}
