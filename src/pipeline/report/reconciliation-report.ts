import { reconcile } from '../../domain/verify/reconcile.js';
import { countIssues } from '../../store/issues.js';
import { fieldFidelity, pagesOfDifferences, reconciliationFacts } from '../../store/reconciliations.js';
import { lines, md, paragraphs, table } from './markup.js';
import { countUnsilenced } from './unsilenced-writes.js';
import { keepTable, keepText, type Reporting } from './write-documents.js';

const maxDifferences = 1_000;

/** The result for each record type: counts, field fidelity, differences and issues. */
export async function writeReconciliationReport(context: Reporting): Promise<void> {
  const { projectId } = context.work.lease;
  const { environment } = context;
  const found = await context.work.transaction(async tx => ({
    ...reconcile(await reconciliationFacts(tx, projectId, environment)),
    fields: await fieldFidelity(tx, projectId, environment),
    differences: (await pagesOfDifferences(tx, [projectId], environment, maxDifferences, 0))[0]!.items,
    issues: await countIssues(tx, projectId),
  }));
  const unsilenced = await countUnsilenced(context);
  const { rows, balanced, fields, differences, issues } = found;
  const folder = environment.toLowerCase();
  const about = { kind: 'RECONCILIATION_REPORT' as const, name: `${folder}/reconciliation`, title: `Reconciliation, ${folder}` };
  const sections = rows.map(({ recordType, ...row }) => {
    const of = <T extends { recordType: string | null }>(all: readonly T[]) => all.filter(each => each.recordType === recordType);
    const arrived = of(fields).map(each => [each.field, each.compared, each.equal, each.normalised, each.lossy, each.different]);
    const reported = of(issues).map(({ code, status, count }) => md`- ${code} (${status.toLowerCase()}): ${count}`);
    const unlike = of(differences).map(each => md`- ${each.sourceId} ${each.field}: ${each.expected} → ${each.actual}`);
    return paragraphs([
      md`## ${recordType}: ${row.balanced ? 'balanced' : md`**not balanced**`}`,
      table(
        ['source', 'staged', 'loaded', 'verified', 'skipped', 'failed'],
        [[row.source ?? 'unknown', row.staged, row.loaded, row.verified, row.skipped, row.failed]],
      ),
      arrived.length > 0 ? table(['field', 'compared', 'equal', 'normalised', 'lossy', 'different'], arrived) : '',
      reported.length > 0 ? md`Issues:\n\n${lines(reported)}` : '',
      unlike.length > 0 ? md`Differences:\n\n${lines(unlike)}` : '',
    ]);
  });
  await keepText(
    context,
    about,
    paragraphs([
      balanced
        ? md`**Balanced**: every record of the source is accounted for, and every loaded record was read back.`
        : md`**Not balanced.**`,
      `Writes that Intercom cannot silence: ${unsilenced.openings} conversations opened, ${unsilenced.contactReplies} messages of contacts, ${unsilenced.assignments} assignments, ${unsilenced.endings} conversations closed or snoozed. Every other write was silent, or notifies nobody.`,
      ...sections,
    ]),
  );
  await keepTable(
    context,
    {
      ...about,
      name: `${folder}/reconciliation.csv`,
    },
    ['record_type', 'source', 'staged', 'loaded', 'verified', 'skipped', 'failed', 'balanced'],
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
    {
      ...about,
      name: `${folder}/field-fidelity.csv`,
      title: `Field fidelity, ${folder}`,
    },
    ['record_type', 'field', 'compared', 'equal', 'normalised', 'lossy', 'different'],
    fields.map(each => [each.recordType, each.field, each.compared, each.equal, each.normalised, each.lossy, each.different]),
  );
}
