// Compares docs/reference/ with the code. --write writes it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildIfStale } from './build-if-stale.mjs';

await buildIfStale();
const load = path => import(`../dist/src/${path}.js`);
const { errorCodes } = await load('domain/model/errors');
const { blockerCodes } = await load('domain/model/blocker');
const { issueCodes } = await load('domain/model/issue');
const { projectEventTypes } = await load('domain/model/project-event');
const { schemaOf } = await load('config');
const { sourceOptions } = await load('operations/source-options');
const { destinationOptions } = await load('operations/destination-options');

const table = (columns, rows) => [columns, columns.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
const code = text => `\`${text}\``;
// `.partial()` wraps each field: the description is on the inner one.
const meaningOf = field => field.description ?? field.unwrap?.().description ?? '';
const described = shape => Object.entries(shape).map(([name, field]) => [code(name), meaningOf(field)]);
const generated = 'Generated from the code by `npm run reference`. Do not edit.';

const defaults = schemaOf({}).shape;
const defaultOf = name => {
  const { success, data } = defaults[name].safeParse(undefined);
  return success && data !== null && !(typeof data === 'object') ? code(String(data)) : '';
};

const pages = {
  'errors.md': `# Errors

An error that the caller can fix in a mutation is an entry of \`userErrors\`. Every other error is in \`errors\`, with
\`extensions.code\` and \`extensions.requestId\`. The request id is also the header \`x-request-id\` of the answer.

${table(
  ['code', 'HTTP status', 'meaning'],
  Object.entries(errorCodes).map(([name, { status, meaning }]) => [code(name), status, meaning]),
)}
`,
  'blockers.md': `# Blockers

A project lists in \`blockedBy\` what must happen before its next step, a run why it is BLOCKED.

${table(
  ['code', 'meaning and remedy'],
  Object.entries(blockerCodes).map(([name, meaning]) => [code(name), meaning]),
)}
`,
  'issues.md': `# Issues

An issue is about one record or listing; the rest continues. It names the source id, the reason and a hint.

${table(
  ['code', 'meaning'],
  Object.entries(issueCodes).map(([name, meaning]) => [code(name), meaning]),
)}
`,
  'events.md': `# Events

\`projectEvents\` numbers the events of a project from 1, without gaps.

${table(
  ['type', 'names in `data`'],
  Object.entries(projectEventTypes).map(([name, fields]) => [code(name), fields.map(code).join(', ')]),
)}
`,
  'settings.md': `# Settings

Environment variables. An empty variable counts as absent. The start reports all problems at once.

${table(
  ['variable', 'default', 'meaning'],
  Object.entries(defaults).map(([name, field]) => [code(name), defaultOf(name), meaningOf(field)]),
)}
`,
  'connection-options.md': `# Options of a connection

\`setConnection\` takes them as the JSON object \`options\`. An unknown option or a wrong value is refused.

## SOURCE

${table(['option', 'meaning'], described(sourceOptions.shape))}

## SANDBOX, DESTINATION

${table(['option', 'meaning'], described(destinationOptions.shape))}
`,
};

const folder = resolve(import.meta.dirname, '../docs/reference');
const isWriting = process.argv.includes('--write');
if (isWriting) mkdirSync(folder, { recursive: true });
const stale = Object.entries(pages).filter(([name, text]) => {
  const file = resolve(folder, name);
  const [title, ...rest] = text.split('\n');
  const page = [title, '', generated, ...rest].join('\n');
  if (isWriting) writeFileSync(file, page);
  return !existsSync(file) || readFileSync(file, 'utf8') !== page;
});
if (stale.length > 0) {
  console.error(
    `Run \`npm run reference\` and commit docs/reference: ${stale.map(([name]) => name).join(', ')} differ from the code.`,
  );
  process.exit(1);
}
console.log(`reference: ${Object.keys(pages).length} pages are what the code says`);
