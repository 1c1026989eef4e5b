import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';

const script = resolve('scripts/check-boundaries.mjs');
const trees: string[] = [];
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true, force: true });
});

/** Runs the check on a tree of these files: path → text. */
function check(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), 'boundaries-'));
  trees.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, root], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

const leaf = 'export const x = 1;\n';
const importing = (path: string) => `import { x } from '${path}';\nexport const y = x;\n`;

test('an import that the table allows passes', () => {
  const { status, output } = check({ 'src/domain/a.ts': leaf, 'src/store/b.ts': importing('../domain/a.js') });
  expect(output).toContain('no violation');
  expect(status).toBe(0);
});

const forbidden: [string, string, string][] = [
  ['domain-imports', 'src/domain/b.ts', 'src/store/a.ts'],
  ['graphql-imports', 'src/graphql/b.ts', 'src/store/a.ts'],
  ['web-imports', 'src/web/b.ts', 'src/pipeline/load/a.ts'],
  ['operations-imports', 'src/operations/b.ts', 'src/graphql/a.ts'],
  ['demo-imports', 'src/demo/b.ts', 'src/operations/a.ts'],
  ['sources-imports', 'src/sources/infoset/b.ts', 'src/store/a.ts'],
  ['pipeline-imports', 'src/pipeline/transform/b.ts', 'src/sources/infoset/shapes/a.ts'],
  ['domain-imports', 'src/domain/c.ts', 'src/sources/shapes.ts'],
  ['one-vendor-never-another', 'src/sources/infoset/c.ts', 'src/sources/other/a.ts'],
  ['a-stage-never-another-stage', 'src/pipeline/load/b.ts', 'src/pipeline/verify/a.ts'],
  ['config-imports', 'src/config.ts', 'src/store/a.ts'],
  ['store-imports', 'src/store/b.ts', 'src/config.ts'],
  ['folder-outside-the-table', 'src/utils/b.ts', 'src/domain/a.ts'],
  ['loaded-only-if-configured', 'src/compose/b.ts', 'src/files/s3/a.ts'],
];

// One tree with every fault: reading a tree takes a second.
test('each forbidden import is named; one of types counts, and so does a cycle', () => {
  const files: Record<string, string> = Object.fromEntries(forbidden.map(([, , to]) => [to, leaf]));
  for (const [, from, to] of forbidden) {
    const up = '../'.repeat(from.split('/').length - 2) || './';
    files[from] = importing(`${up}${to.replace('src/', '').replace('.ts', '.js')}`);
  }
  files['src/domain/types.ts'] = "import type { x } from '../store/a.js';\nexport const a: typeof x = 1;\n";
  files['src/domain/left.ts'] = importing('./right.js');
  files['src/domain/right.ts'] = "import { y } from './left.js';\nexport const x = y;\n";
  const { status, output } = check(files);
  expect(status).toBe(1);
  const expected = [
    ...forbidden.map(([rule, from, to]) => `${rule}: ${from} → ${to}`),
    'domain-imports: src/domain/types.ts → src/store/a.ts',
  ];
  for (const line of expected) expect(output).toContain(line);
  expect(output).toMatch(/no-cycle: src\/domain\/(left|right)\.ts → /);
});

test('reading nothing fails', () => {
  const { status, output } = check({ 'src/domain/readme.txt': 'no module' });
  expect(output).toContain('No import was read');
  expect(status).toBe(1);
});
