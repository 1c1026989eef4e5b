import { ownEntry } from '../../domain/model/own-entry.js';
import { countTickets } from '../../store/ticket-counts.js';
import type { Chart } from './chart.js';
import type { Texts } from './texts/texts.js';
import type { Reporting } from './write-documents.js';

export interface TicketVolumes {
  /** By name; '' for none. */
  channels: { channel: string; count: number }[];
  /** Like 2026-01, in order, without gaps. */
  months: { month: string; count: number }[];
}

/** Staged tickets by channel and by month of their creation. */
export async function ticketVolumes({ work }: Pick<Reporting, 'work'>): Promise<TicketVolumes> {
  const { channels, months } = await work.transaction(tx => countTickets(tx, work.lease.projectId));
  return { channels, months: withoutGaps(months) };
}

const maxMonths = 60;

/** The last months, those without a ticket too. */
export function withoutGaps(months: TicketVolumes['months']): TicketVolumes['months'] {
  const [last] = months.slice(-1);
  if (!last) return [];
  const counts = new Map(months.map(({ month, count }) => [month, count]));
  const first = months[0]!.month;
  const filled: TicketVolumes['months'] = [];
  let [year, month] = last.month.split('-').map(Number) as [number, number];
  for (let at = last.month; at >= first && filled.length < maxMonths; ) {
    filled.unshift({ month: at, count: counts.get(at) ?? 0 });
    month -= 1;
    if (month === 0) [year, month] = [year - 1, 12];
    at = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
  }
  return filled;
}

/** The word for a channel. */
export const channelName =
  ({ channels, sourceWords }: Texts) =>
  (channel: string): string =>
    ownEntry<string>(sourceWords.channels, channel) ?? (channel || channels.unknown);

/** Tickets by month and by channel. */
export function volumeCharts({ months, channels }: TicketVolumes, texts: Texts): Chart[] {
  const { scope, names } = texts;
  const named = channelName(texts);
  const parts = [names.recordTypes.TICKET];
  return [
    { kind: 'COLUMNS', title: scope.months, parts, rows: months.map(({ month, count }) => ({ label: month, values: [count] })) },
    {
      kind: 'BARS',
      title: scope.channels,
      parts,
      rows: channels.map(({ channel, count }) => ({ label: named(channel), values: [count] })),
    },
  ];
}
