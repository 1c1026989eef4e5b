import { reportFile, reportTable } from '../../domain/model/inventories.js';
import { numberOf } from '../../domain/model/record-fields.js';
import { detailListings, listingOf } from '../../domain/model/record-types.js';
import { parseZonedDate } from '../../domain/text/zoned-date.js';
import { nameOf, ticketOf } from '../../sources/shapes.js';
import { accountLocale } from '../../store/account-locale.js';
import { readNames } from '../../store/lookups.js';
import { allStaged, stagedPages } from '../../store/staged-pages.js';
import { inventoryRecords } from './inventory-records.js';
import { responseTimes } from './response-times.js';
import { keepTable, type Reporting } from './write-documents.js';

const csv = (
  context: Reporting,
  name: string,
  title: string,
  columns: readonly string[],
  rows: Parameters<typeof keepTable>[3],
) => keepTable(context, { kind: 'REPORT_DATA', name, title }, columns, rows);

/** The reports of the source, unchanged, and the same figures computed from staged records. */
export async function writeReportData(context: Reporting): Promise<void> {
  const data = new Map((await allStaged(context, detailListings.REPORT_DATA)).map(({ sourceId, record }) => [sourceId, record]));
  for (const { sourceId, record } of await inventoryRecords(context, 'REPORT')) {
    const { columns, rows } = reportTable(data.get(sourceId) ?? {});
    await csv(context, reportFile(sourceId), nameOf(record) || sourceId, columns, rows);
  }
  await writeComputed(context);
}

interface Totals {
  tickets: number;
  closed: number;
  rated: number;
  score: number;
}
const empty = (): Totals => ({ tickets: 0, closed: 0, rated: 0, score: 0 });

async function writeComputed(context: Reporting): Promise<void> {
  const { tables: t } = context.texts;
  const { projectId } = context.work.lease;
  const { users, timeZone } = await context.work.transaction(async tx => ({
    ...(await readNames(tx, projectId)),
    ...(await accountLocale(tx, projectId)),
  }));
  const months = new Map<string, Totals>();
  const scores = new Map<string, number>();
  const agents = new Map<string, Totals>();
  for await (const page of stagedPages(context, listingOf('TICKET'))) {
    for (const { record } of page) {
      const ticket = ticketOf(record);
      const created = parseZonedDate(ticket.createdDate, timeZone);
      const month = created ? `${created.toISOString().slice(0, 7)}-01` : 'unknown';
      const score = numberOf(ticket.rating.score);
      const add = (totals: Totals): Totals => ({
        tickets: totals.tickets + 1,
        closed: totals.closed + (ticket.isClosed ? 1 : 0),
        rated: totals.rated + (Number.isFinite(score) ? 1 : 0),
        score: totals.score + (Number.isFinite(score) ? score : 0),
      });
      months.set(month, add(months.get(month) ?? empty()));
      if (Number.isFinite(score)) scores.set(String(score), (scores.get(String(score)) ?? 0) + 1);
      for (const owner of ticket.ownerIds) agents.set(owner, add(agents.get(owner) ?? empty()));
    }
  }
  const mean = ({ rated, score }: Totals) => (rated === 0 ? '' : (score / rated).toFixed(2));
  const sorted = <T>(map: Map<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  await csv(
    context,
    'reports/computed-ticket-volume.csv',
    t.volume,
    ['month', 'tickets', 'closed', 'rated', 'mean_rating'],
    sorted(months).map(([month, totals]) => [month, totals.tickets, totals.closed, totals.rated, mean(totals)]),
  );
  await csv(context, 'reports/computed-csat.csv', t.csat, ['score', 'tickets'], sorted(scores));
  const replies = await responseTimes(context.work);
  const who = [...new Set([...agents.keys(), ...replies.byAgent.keys()])].sort();
  await csv(
    context,
    'reports/computed-agents.csv',
    t.agents,
    ['agent_id', 'name', 'tickets_owned', 'closed', 'rated', 'mean_rating', 'replies'],
    who.map(id => {
      const totals = agents.get(id) ?? empty();
      return [
        id,
        users.get(id)?.name ?? '',
        totals.tickets,
        totals.closed,
        totals.rated,
        mean(totals),
        replies.byAgent.get(id) ?? 0,
      ];
    }),
  );
  await csv(
    context,
    'reports/computed-response-times.csv',
    t.responses,
    ['month', 'answered_tickets', 'median', 'p90'],
    replies.responses.map(({ month, tickets, median, p90 }) => [month, tickets, median, p90]),
  );
}
