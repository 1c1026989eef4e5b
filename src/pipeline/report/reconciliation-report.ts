import { countIssues } from '../../store/issues.js';
import { fieldFidelity, pagesOfDifferences, reconciliationOf } from '../../store/reconciliations.js';
import { plain, table } from './markdown.js';
import { countUnsilenced } from './unsilenced-writes.js';
import { keepTable, keepText, type Reporting } from './write-documents.js';

const mostDifferences = 1_000;

/** What became of everything, a section a phase: counts, how each field arrived, what differs, and what was told on the way. */
export async function writeReconciliationReport(x: Reporting): Promise<void> {
  const { projectId } = x.work.lease;
  const { environment } = x;
  const found = await x.work.read(async tx => ({
    ...(await reconciliationOf(tx, projectId, environment)),
    fields: await fieldFidelity(tx, projectId, environment),
    differences: (await pagesOfDifferences(tx, [projectId], environment, mostDifferences, 0))[0]!.items,
    issues: await countIssues(tx, projectId),
  }));
  const unsilenced = await countUnsilenced(x);
  const { rows, balanced, fields, differences, issues } = found;
  const folder = environment.toLowerCase();
  const about = { kind: 'RECONCILIATION_REPORT' as const, name: `${folder}/reconciliation`, title: `Reconciliation, ${folder}` };
  const sections = rows.map(({ recordType, ...row }) => {
    const of = <T extends { recordType: string | null }>(all: readonly T[]) => all.filter(each => each.recordType === recordType);
    const arrived = of(fields).map(each => [
      plain(each.field),
      String(each.compared),
      String(each.equal),
      String(each.normalised),
      String(each.lossy),
      String(each.different),
    ]);
    const told = of(issues).map(({ code, status, count }) => `- ${code} (${status.toLowerCase()}): ${count}`);
    const unlike = of(differences).map(
      each => `- ${plain(each.sourceId)} ${plain(each.field)}: ${plain(each.expected)} → ${plain(each.actual)}`,
    );
    return [
      `## ${recordType}: ${row.balanced ? 'balanced' : '**not balanced**'}`,
      table(
        ['source', 'staged', 'loaded', 'verified', 'skipped', 'failed'],
        [
          [
            row.source === null ? 'not told' : String(row.source),
            ...[row.staged, row.loaded, row.verified, row.skipped, row.failed].map(String),
          ],
        ],
      ),
      arrived.length > 0 ? table(['field', 'compared', 'equal', 'normalised', 'lossy', 'different'], arrived) : '',
      told.length > 0 ? `Told on the way:\n\n${told.join('\n')}` : '',
      unlike.length > 0 ? `Differences:\n\n${unlike.join('\n')}` : '',
    ]
      .filter(Boolean)
      .join('\n\n');
  });
  await keepText(
    x,
    about,
    [
      balanced
        ? '**Balanced**: everything that the source holds is accounted for, and what was loaded was read back.'
        : '**Not balanced.**',
      `Writes that Intercom lets nobody silence: ${unsilenced.openings} conversations opened, ${unsilenced.contactReplies} messages of contacts, ${unsilenced.assignments} assignments, ${unsilenced.endings} conversations closed or snoozed. Every other write was silent, or of a kind that notifies nobody.`,
      ...sections,
    ].join('\n\n'),
  );
  await keepTable(
    x,
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
    x,
    {
      ...about,
      name: `${folder}/field-fidelity.csv`,
      title: `How fields arrived, ${folder}`,
    },
    ['record_type', 'field', 'compared', 'equal', 'normalised', 'lossy', 'different'],
    fields.map(each => [each.recordType, each.field, each.compared, each.equal, each.normalised, each.lossy, each.different]),
  );
}
