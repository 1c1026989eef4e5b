import type { Act, DescribeHandover, Handover } from '../../domain/model/handover.js';
import type { IssueCode } from '../../domain/model/issue.js';
import { fidelityByType, fidelityChart } from './fidelity.js';
import { amount, lines, type Markdown, md, paragraphs, percent, table } from './markup.js';
import { textDrafts } from './text-drafts.js';
import { type Texts, textsOf } from './texts/texts.js';
import { minuteOf } from './times.js';

/** What was handed over, who did it, and what people must still do. */
export const finalReport: DescribeHandover = (handover, head) => {
  const texts = textsOf(head.language);
  const { final: t } = texts;
  const { completed, note, hypercareUntil, fields } = handover;
  const text = {
    title: t.title,
    head,
    isSigned: true,
    summary: paragraphs([
      t.intro(completed.by, minuteOf(completed.at)),
      t.hypercare(minuteOf(hypercareUntil)),
      md`${t.phases}:`,
      table(t.columns, phaseRows(handover, texts)),
    ]),
    charts: [fidelityChart(fields, texts)],
    body: paragraphs([
      t.phaseNote,
      md`## ${t.todo}`,
      todo(handover, texts),
      md`## ${t.who}`,
      who(handover, texts),
      note === null ? '' : md`${t.note}: ${note}`,
      md`## ${t.fidelity}`,
      fidelity(handover, texts),
      t.fidelityNote,
    ]),
  };
  return textDrafts({ kind: 'FINAL_REPORT', name: 'production/final-report', title: t.title }, text, texts);
};

function phaseRows({ rows }: Handover, { names, frame }: Texts) {
  return rows.map(({ recordType, source, loaded, verified, skipped, failed }) => [
    names.recordTypes[recordType],
    source ?? amount(frame.unknown),
    loaded,
    verified,
    skipped,
    failed,
  ]);
}

function todo({ issues, openRecordings }: Handover, { final: t, names }: Texts): Markdown {
  const open = issues.map(({ code, recordType, count }) => {
    const what = names.issues[code as IssueCode] ?? code;
    return t.todoIssues(count, recordType ? `${what} (${names.recordTypes[recordType]})` : what);
  });
  const recordings = openRecordings > 0 ? [t.todoRecordings(openRecordings)] : [];
  return lines([...recordings, ...open, ...t.todoAlways].map(each => md`- [ ] ${each}`));
}

function who({ cutover, completed, mappingConfirmed, signedOff }: Handover, { final: t }: Texts): Markdown {
  const row = (step: string, act: Act | null) => (act ? [[step, act.by, minuteOf(act.at)]] : []);
  return table(t.whoColumns, [
    ...row(t.mappingConfirmed, mappingConfirmed),
    ...row(t.signedOff, signedOff),
    ...row(t.frozen, { by: cutover.begunBy, at: cutover.frozenAt }),
    ...row(t.begun, { by: cutover.begunBy, at: cutover.begunAt }),
    ...row(t.completed, completed),
  ]);
}

function fidelity({ fields }: Handover, { final: t, names, frame }: Texts): Markdown {
  const rows = fidelityByType(fields).map(({ recordType, compared, equal, normalised, lossy, different }) => [
    names.recordTypes[recordType],
    compared,
    equal,
    normalised,
    lossy,
    different,
    percent(compared === 0 ? 1 : (equal + normalised) / compared),
  ]);
  return rows.length > 0 ? table(t.fidelityColumns, rows) : md`${frame.none}`;
}
