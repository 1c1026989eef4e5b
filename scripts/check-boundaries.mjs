// Checks the code against the import table: `node scripts/check-boundaries.mjs [root]`.
// Fails on a forbidden import, and if no module was read.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const here = resolve(import.meta.dirname, '..');
const root = resolve(process.argv[2] ?? here);
const { forbidden, options } = createRequire(import.meta.url)(resolve(here, '.dependency-cruiser.cjs'));
process.chdir(root);
const { enhancedResolveOptions, tsConfig: _, ...cruiseOptions } = options;
const { output } = await cruise(
  ['src', 'migrations'].filter(folder => existsSync(folder)),
  { ...cruiseOptions, ruleSet: { forbidden }, validate: true },
  enhancedResolveOptions,
  { tsConfig: extractTSConfig(resolve(here, 'tsconfig.json')) },
);
const own = output.modules.filter(module => module.source.startsWith('src/'));
const imports = own.reduce((sum, module) => sum + module.dependencies.length, 0);
for (const { rule, from, to } of output.summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
if (own.length === 0 || imports === 0) {
  console.error(`No import was read (${own.length} modules): check that @swc/core is installed.`);
  process.exit(1);
}
if (output.summary.violations.length > 0) process.exit(1);
console.log(`boundaries: ${own.length} modules, ${imports} imports, no violation, no cycle`);
const sizes = own
  .filter(({ source }) => existsSync(source) && !source.includes('/generated/'))
  .map(({ source }) => ({ source, lines: readFileSync(source, 'utf8').split('\n').length - 1 }))
  .sort((a, b) => a.lines - b.lines);
const largest = sizes.at(-1);
console.log(`sizes: median ${sizes[sizes.length >> 1]?.lines} lines, largest ${largest?.lines} (${largest?.source})`);
