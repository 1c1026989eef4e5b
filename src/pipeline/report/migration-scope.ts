import type { RecordType } from '../../domain/model/record-type.js';
import { connectionsOf } from '../../store/connections.js';
import { amount, lines, md, paragraphs, table } from './markup.js';
import { planFacts } from './plan-facts.js';
import { type ScopeFacts, scopeFacts } from './scope-facts.js';
import { ticketVolumes, volumeCharts } from './ticket-volumes.js';
import { keepText, type Reporting } from './write-documents.js';

/** The scope of the project: the account, its content, what it refuses, and the constraints. */
export async function writeMigrationScope(context: Reporting): Promise<void> {
  const facts = await scopeFacts(context);
  if (!facts) return;
  await writeScope(context, facts);
  await writeConstraints(context, facts);
}

async function writeScope(context: Reporting, { plan, counts, refused, countedAt }: ScopeFacts): Promise<void> {
  const { scope: t, frame, names, say } = context.texts;
  const connections = await context.work.transaction(tx => connectionsOf(tx, [context.work.lease.projectId]));
  const records = counts.reduce((sum, { source }) => sum + (source ?? 0), 0);
  const rows = counts.map(({ recordType, source }) => [
    names.recordTypes[recordType as RecordType] ?? recordType,
    source ?? amount(frame.unknown),
  ]);
  await keepText(
    context,
    { kind: 'MIGRATION_SCOPE', name: 'migration-scope', title: t.title },
    {
      isSigned: true,
      summary: paragraphs([t.intro(counts.length, records), t.plan(plan.code, countedAt.slice(0, 10)), table(t.columns, rows)]),
      charts: volumeCharts(await ticketVolumes(context), context.texts),
      body: paragraphs([
        md`## ${t.sides}`,
        table(
          t.sideColumns,
          connections.map(({ side, workspaceName, baseUrl }) => [
            t.sideNames[side],
            workspaceName ?? frame.unknown,
            new URL(baseUrl).host,
          ]),
        ),
        md`## ${t.excluded}`,
        refused.length === 0
          ? t.refusesNone
          : md`${t.refused}\n\n${lines(
              refused.map(({ resource, recordType, reason }) => {
                const what = recordType ? md`${names.recordTypes[recordType]} (${resource})` : resource;
                return md`- ${what}: ${say(reason ?? frame.unknown)}`;
              }),
            )}`,
        t.notReturned,
      ]),
    },
  );
}

async function writeConstraints(context: Reporting, { plan, retention }: ScopeFacts): Promise<void> {
  const { constraints: t, frame } = context.texts;
  const { destinationLimits } = await planFacts(context);
  const limit = (name: keyof typeof destinationLimits) => destinationLimits[name] ?? frame.unknown;
  const constraints = [
    retention.windowDays === null
      ? t.keptForever
      : t.retention(retention.windowDays, retention.deadline?.slice(0, 10) ?? null, retention.atRisk ?? 0),
    plan.recordingDownload === false ? t.noRecordings : t.recordings,
    ...t.fixed,
    t.limits(limit('inboxes'), limit('widgets'), limit('seats')),
  ];
  await keepText(
    context,
    { kind: 'CONSTRAINT_CHECKLIST', name: 'constraint-checklist', title: t.title },
    {
      isSigned: true,
      summary: md`${t.intro(constraints.length)}`,
      body: paragraphs([md`## ${t.list}`, lines(constraints.map(each => md`- [ ] ${each}`))]),
    },
  );
}
