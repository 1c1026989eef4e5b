// Accuracy of targets that are suggested by the name of a field. `npm run bench:mapping`; the fields are in field-pairs.tsv.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { suggestByName } from '../../dist/src/domain/mapping/suggest-by-name.js';

const lines = readFileSync(new URL('field-pairs.tsv', import.meta.url), 'utf8').split('\n');
const parts = { seen: [], 'held out': [] };
for (const line of lines.filter(each => each && !each.startsWith('#'))) {
  const [recordType, label, type, target] = line.split('\t');
  const verdict = suggestByName(recordType, label, type);
  const answer = verdict.kind === 'TARGET' ? verdict.target : verdict.kind === 'NONE' ? 'none' : null;
  const bit = createHash('sha256').update(`${recordType}\t${label}`).digest().at(-1) & 1;
  parts[bit ? 'held out' : 'seen'].push({ name: `${recordType} ${label} (${type})`, target, answer });
}
const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;
for (const [name, pairs] of Object.entries(parts)) {
  const answered = pairs.filter(({ answer }) => answer !== null);
  const right = answered.filter(({ answer, target }) => answer === target);
  console.log(
    `${name}: ${pairs.length} fields, top-1 accuracy ${percent(right.length, answered.length)} of ${answered.length} answered (${percent(right.length, pairs.length)} of all), abstained on ${percent(pairs.length - answered.length, pairs.length)}`,
  );
  if (process.argv.includes('--wrong'))
    for (const each of answered.filter(({ answer, target }) => answer !== target))
      console.log(`  ${each.name}: ${each.answer} instead of ${each.target}`);
}
