import type { PlannedAction } from '../../domain/rollback/plan.js';
import { reasons } from '../../domain/rollback/reasons.js';
import type { RollbackState } from '../../store/entities/rollback-object-row.js';
import { pageOfObjects, type StoredObject } from '../../store/rollback-objects.js';
import { planOfRun } from '../../store/rollback-plans.js';
import { lines, md, paragraphs, table } from './markup.js';
import { keepTable, keepText, type Reporting } from './write-documents.js';

const batchSize = 1_000;
const maxListed = 1_000;
const all: readonly RollbackState[] = ['PLANNED', 'BEGUN', 'DONE', 'FAILED', 'KEPT'];

const done: Record<PlannedAction['action'], string> = {
  DELETE: 'deleted',
  ARCHIVE: 'archived',
  RESTORE: 'set back',
  KEEP: 'kept',
};

/** What always remains, and is no failure. */
const declared = [
  'Attributes of conversations stay: Intercom would archive them for good.',
  'Contacts are archived, not deleted: a deletion locks their e-mail addresses and keys for about a week.',
  'Attributes of contacts and companies, and companies, are archived: Intercom deletes none of them.',
  'Notes on contacts and companies that were there before stay: Intercom deletes no note.',
  'Ids of deleted conversations stay in the list of deleted conversations.',
];

/** Writes a document about loaded records again, after they were rolled back. */
export const ifRolledBack = (write: (context: Reporting) => Promise<void>) => async (context: Reporting) => {
  const { work } = context;
  const { dryRun, summary, checkedAt } = await work.transaction(tx => planOfRun(tx, work.lease.runId));
  if (!dryRun && checkedAt !== null && summary?.length) await write(context);
};

/** The plan of a rollback, or what was done of it and what remains. */
export async function writeRollbackReport(context: Reporting): Promise<void> {
  const { work, environment } = context;
  const { dryRun, planRunId, planHash, summary, checkedAt } = await work.transaction(tx => planOfRun(tx, work.lease.runId));
  // It was refused before its first write, so there is nothing to report.
  if (!dryRun && checkedAt === null) return;
  const folder = environment.toLowerCase();
  const name = `rollback/${folder}/${dryRun ? 'plan' : 'report'}`;
  const title = dryRun ? `Plan of a rollback, ${folder}` : `Rollback, ${folder}`;
  const about = { kind: 'ROLLBACK_REPORT' as const, name, title };
  const objects = await listed(context, planRunId);
  const section = (heading: string, some: readonly StoredObject[], none: string) =>
    paragraphs([
      md`## ${heading}`,
      some.length === 0
        ? md`${none}`
        : table(
            ['type', 'id in Intercom', 'name', 'why'],
            some.slice(0, maxListed).map(each => [each.destinationType, each.destinationId, each.label, whyOf(each)]),
          ),
      some.length > maxListed ? md`And ${some.length - maxListed} more: see the table of objects.` : '',
    ]);
  const remaining = objects.filter(each => each.state === 'FAILED' || (each.state === 'DONE' && each.note !== null));
  const failed = objects.filter(each => each.state === 'FAILED').length;
  await keepText(
    context,
    about,
    paragraphs([
      dryRun
        ? md`Nothing was written. The rollback that carries this plan out names it by its hash, ${planHash}.`
        : failed === 0
          ? md`**Carried out**: the workspace was read back, and nothing remains but what is declared below.`
          : md`**Not all of it could be done**: ${failed} objects remain.`,
      md`## ${dryRun ? 'What it would do' : 'What was planned'}`,
      table(
        ['action', 'type', 'objects', 'why'],
        (summary ?? []).map(row => [done[row.action], row.destinationType, row.count, row.reason]),
      ),
      section(
        'Kept',
        objects.filter(each => each.action === 'KEEP'),
        'Nothing.',
      ),
      dryRun ? '' : section('What remains', remaining, 'Nothing beyond what is declared.'),
      md`## What always remains`,
      lines(declared.map(each => md`- ${each}`)),
    ]),
  );
  await keepTable(
    context,
    { ...about, name: `rollback/${folder}/${dryRun ? 'plan' : 'objects'}.csv` },
    ['action', 'state', 'destination_type', 'destination_id', 'name', 'source_type', 'source_ids', 'reason', 'note'],
    rowsOf(context, planRunId),
  );
}

const whyOf = ({ reason, note, state }: StoredObject) =>
  state === 'FAILED' || (state === 'DONE' && note) ? note : reasons[reason];

/** Those that are listed one by one. */
async function listed(context: Reporting, planRunId: string): Promise<StoredObject[]> {
  const found: StoredObject[] = [];
  for await (const object of each(context, planRunId))
    if (object.action === 'KEEP' || object.state === 'FAILED' || object.note !== null) found.push(object);
  return found;
}

async function* each({ work }: Reporting, planRunId: string): AsyncGenerator<StoredObject> {
  for (let after: StoredObject | null = null; ; ) {
    const page: StoredObject[] = await work.transaction(tx => pageOfObjects(tx, planRunId, all, after, batchSize));
    yield* page;
    if (page.length < batchSize) return;
    after = page.at(-1)!;
  }
}

async function* rowsOf(context: Reporting, planRunId: string) {
  for await (const object of each(context, planRunId)) {
    const { action, state, destinationType, destinationId, label, sourceType, sourceIds, reason, note } = object;
    yield [action, state, destinationType, destinationId, label, sourceType, sourceIds.join(' '), reasons[reason], note];
  }
}
