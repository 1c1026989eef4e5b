import type { IssueCode } from '../../domain/model/issue.js';
import { firstItems } from '../../domain/model/page.js';
import type { Environment } from '../../domain/model/run.js';
import { reconcile } from '../../domain/verify/reconcile.js';
import type { Difference, FieldFidelity, ReconciliationRow } from '../../domain/verify/reconciliation.js';
import { countIssues } from '../../store/issues.js';
import { differenceList, fieldFidelity, pagesOfDifferences, reconciliationFacts } from '../../store/reconciliations.js';
import { callsOfLoad, type TypeCalls } from '../../store/run-phases.js';
import type { Tx } from '../../store/transaction.js';
import { fidelityChart } from './fidelity.js';
import { amount, lines, type Markdown, md, paragraphs, table } from './markup.js';
import type { Texts } from './texts/texts.js';
import { countUnsilenced } from './unsilenced-writes.js';
import { keepTable, keepText, type Reporting } from './write-documents.js';

const maxDifferences = 1_000;
const columns = ['record_type', 'source', 'staged', 'loaded', 'verified', 'skipped', 'failed', 'balanced'];
const fidelityColumns = ['record_type', 'field', 'compared', 'equal', 'normalised', 'lossy', 'different'];

type Issues = Awaited<ReturnType<typeof countIssues>>;

/** The result for each record type: counts, field fidelity, differences and issues. */
export async function writeReconciliationReport(context: Reporting): Promise<void> {
  const { projectId } = context.work.lease;
  const { environment, texts } = context;
  const { rows, balanced, fields, differences, issues, calls } = await context.work.transaction(async tx => ({
    ...reconcile(await reconciliationFacts(tx, projectId, environment)),
    fields: await fieldFidelity(tx, projectId, environment),
    differences: await firstDifferences(tx, projectId, environment),
    issues: await countIssues(tx, projectId),
    calls: await callsOfLoad(tx, projectId, environment),
  }));
  const { openings, contactReplies, assignments, endings } = await countUnsilenced(context);
  const { reconciliation: t, frame } = texts;
  const folder = environment.toLowerCase();
  const named = frame.environments[environment];
  const about = { kind: 'RECONCILIATION_REPORT' as const, name: `${folder}/reconciliation`, title: t.title(named) };
  const open = issues.filter(({ status, severity }) => status === 'OPEN' && severity !== 'INFO');
  await keepText(context, about, {
    isSigned: true,
    summary: paragraphs([
      verdict(rows, balanced, texts),
      openSummary(open, texts),
      table(
        t.columns,
        rows.map(row => rowCells(row, texts)),
      ),
    ]),
    charts: [fidelityChart(fields, texts)],
    body: paragraphs([
      openIssues(open, texts),
      callTable(calls, texts),
      t.unsilenced(openings, contactReplies, assignments, endings),
      ...rows.map(row => detail(row, { fields, differences, issues }, texts)),
    ]),
  });
  await keepTable(
    context,
    { ...about, name: `${folder}/reconciliation.csv` },
    columns,
    rows.map(each => [
      each.recordType,
      each.source,
      each.staged,
      each.loaded,
      each.verified,
      each.skipped,
      each.failed,
      each.balanced,
    ]),
  );
  await keepTable(
    context,
    { ...about, name: `${folder}/field-fidelity.csv`, title: t.fidelityTitle(named) },
    fidelityColumns,
    fields.map(each => [each.recordType, each.field, each.compared, each.equal, each.normalised, each.lossy, each.different]),
  );
}

function verdict(rows: readonly ReconciliationRow[], balanced: boolean, { reconciliation: t, names }: Texts): Markdown {
  if (balanced) return t.balanced;
  const types = rows.filter(row => !row.balanced).map(({ recordType }) => names.recordTypes[recordType]);
  return t.notBalanced(types.length === 0 ? t.notBegun : t.notBalancedTypes(types.join(', ')));
}

function openSummary(open: Issues, { reconciliation: t }: Texts): string {
  const count = open.reduce((sum, each) => sum + each.count, 0);
  return count === 0 ? t.nothingOpen : t.openCount(count);
}

function rowCells({ recordType, source, staged, loaded, verified, skipped, failed, balanced }: ReconciliationRow, texts: Texts) {
  const { frame, names } = texts;
  const verdict = balanced ? frame.yes : md`**${frame.no}**`;
  return [names.recordTypes[recordType], source ?? amount(frame.unknown), staged, loaded, verified, skipped, failed, verdict];
}

function openIssues(open: Issues, { reconciliation: t, names, frame }: Texts): Markdown {
  const rows = open.map(({ code, recordType, status, count }) => [
    names.issues[code as IssueCode] ?? code,
    recordType ? names.recordTypes[recordType] : '',
    names.statuses[status],
    count,
  ]);
  return md`## ${t.open}\n\n${rows.length > 0 ? table(t.openColumns, rows) : frame.none}`;
}

/** Of each type, the run that made most calls for it: what comes later changes little. */
function callTable(calls: readonly TypeCalls[], { reconciliation: t, names, frame }: Texts): Markdown {
  const rows = calls.map(({ recordType, loaded, apiCalls }) => [
    names.recordTypes[recordType],
    loaded,
    apiCalls,
    loaded === 0 ? '' : amount((apiCalls / loaded).toFixed(1)),
  ]);
  return md`## ${t.calls}\n\n${rows.length > 0 ? table(t.callsColumns, rows) : frame.none}`;
}

function detail(
  { recordType, balanced }: ReconciliationRow,
  found: { fields: readonly FieldFidelity[]; differences: readonly Difference[]; issues: Issues },
  { reconciliation: t, names }: Texts,
): Markdown | string {
  const of = <T extends { recordType: string | null }>(all: readonly T[]) => all.filter(each => each.recordType === recordType);
  const arrived = of(found.fields).map(each => [
    each.field,
    each.compared,
    each.equal,
    each.normalised,
    each.lossy,
    each.different,
  ]);
  const reported = of(found.issues).map(
    ({ code, status, count }) => md`- ${names.issues[code as IssueCode] ?? code} (${names.statuses[status]}): ${count}`,
  );
  const unlike = of(found.differences).map(each => md`- ${each.sourceId} ${each.field}: ${each.expected} → ${each.actual}`);
  if (balanced && arrived.length + reported.length + unlike.length === 0) return '';
  return paragraphs([
    md`## ${t.detail(names.recordTypes[recordType], balanced)}`,
    arrived.length > 0 ? table(t.fieldColumns, arrived) : '',
    reported.length > 0 ? md`${t.issues}\n\n${lines(reported)}` : '',
    unlike.length > 0 ? md`${t.differences}\n\n${lines(unlike)}` : '',
  ]);
}

async function firstDifferences(tx: Tx, projectId: string, environment: Environment): Promise<Difference[]> {
  const [page] = await pagesOfDifferences(tx, differenceList(environment), [projectId], firstItems(maxDifferences));
  return page!.items.map(({ difference }) => difference);
}
