import type { RollbackState } from '../../store/entities/rollback-object-row.js';
import { pageOfObjects, type StoredObject } from '../../store/rollback-objects.js';
import { planOfRun } from '../../store/rollback-plans.js';
import { lines, md, paragraphs, table } from './markup.js';
import type { Texts } from './texts/texts.js';
import { keepTable, keepText, type Reporting } from './write-documents.js';

const batchSize = 1_000;
const maxListed = 1_000;
const all: readonly RollbackState[] = ['PLANNED', 'BEGUN', 'DONE', 'FAILED', 'KEPT'];

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
  const { rollback: t, names, frame } = context.texts;
  const folder = environment.toLowerCase();
  const name = `rollback/${folder}/${dryRun ? 'plan' : 'report'}`;
  const title = (dryRun ? t.plan : t.report)(frame.environments[environment]);
  const about = { kind: 'ROLLBACK_REPORT' as const, name, title };
  const objects = await listed(context, planRunId);
  const section = (heading: string, some: readonly StoredObject[], none: string) =>
    paragraphs([
      md`## ${heading}`,
      some.length === 0
        ? md`${none}`
        : table(
            t.objectColumns,
            some
              .slice(0, maxListed)
              .map(each => [
                names.destinationTypes[each.destinationType],
                each.destinationId,
                each.label,
                whyOf(each, context.texts),
              ]),
          ),
      some.length > maxListed ? t.more(some.length - maxListed) : '',
    ]);
  const remaining = objects.filter(each => each.state === 'FAILED' || (each.state === 'DONE' && each.note !== null));
  const failed = objects.filter(each => each.state === 'FAILED').length;
  await keepText(context, about, {
    isSigned: true,
    summary: paragraphs([
      dryRun ? t.nothingWritten(planHash) : failed === 0 ? t.done : t.notAll(failed),
      md`${dryRun ? t.would : t.planned}:`,
      table(
        t.columns,
        (summary ?? []).map(row => [
          names.actions[row.action],
          names.destinationTypes[row.destinationType],
          row.count,
          context.texts.say(row.reason),
        ]),
      ),
    ]),
    body: paragraphs([
      section(
        t.kept,
        objects.filter(each => each.action === 'KEEP'),
        t.nothing,
      ),
      dryRun ? '' : section(t.remains, remaining, t.nothingRemains),
      md`## ${t.always}`,
      lines(t.declared.map(each => md`- ${each}`)),
    ]),
  });
  await keepTable(
    context,
    { ...about, name: `rollback/${folder}/${dryRun ? 'plan' : 'objects'}.csv` },
    ['action', 'state', 'destination_type', 'destination_id', 'name', 'source_type', 'source_ids', 'reason', 'note'],
    rowsOf(context, planRunId),
  );
}

const whyOf = ({ reason, note, state }: StoredObject, { names, say }: Texts) =>
  note && (state === 'FAILED' || state === 'DONE') ? say(note) : names.reasons[reason];

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
  const { names, say } = context.texts;
  for await (const object of each(context, planRunId)) {
    const { action, state, destinationType, destinationId, label, sourceType, sourceIds, reason, note } = object;
    yield [
      action,
      state,
      destinationType,
      destinationId,
      label,
      sourceType,
      sourceIds.join(' '),
      names.reasons[reason],
      note && say(note),
    ];
  }
}
