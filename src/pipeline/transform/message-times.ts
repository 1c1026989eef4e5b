import { keptText } from '../../domain/kept-text.js';
import { textOf } from '../../domain/record-fields.js';
import { parseZonedDate } from '../../domain/zoned-date.js';
import type { Lookups } from '../../store/lookups.js';
import type { TellIssue, TicketRecord } from './ticket-record.js';

/** When something happened, and when it is said to have. */
export interface Moment {
  /** Unix seconds, within what the destination takes. */
  at: number;
  /** By which messages are put in order, in milliseconds. */
  order: number;
  /** The source's own time, where `at` is another one; for people. */
  told: string | null;
}

/** How its own time stands in the text of what is dated otherwise. */
export const ownTime = ({ told }: Moment): string | null => (told === null ? null : `[dated ${told} at the source]`);

export function tellMoment(
  { at, told }: Moment,
  recordType: 'MESSAGE' | 'TICKET' | 'CALL',
  sourceId: string,
  tell: TellIssue,
): void {
  if (told === null) return;
  tell({
    code: 'DATE_OUT_OF_RANGE',
    severity: 'WARNING',
    recordType,
    sourceId,
    about: 'createdDate',
    message: `Intercom takes no message of ${told}: it is dated ${new Date(at * 1000).toISOString()}, and its own time stands in its text.`,
    hint: 'Nothing is lost. Correct the date at the source and extract again, if its place in the conversation matters.',
  });
}

const seconds = (ms: number) => Math.floor(ms / 1000);

/**
 * Times of a ticket's messages. What lies before 1970 or in the future, by the clock of some device, takes the first or the
 * last time of the ticket that is possible, so that everything stays in its order and comes out the same the next time.
 */
export class MessageTimes {
  private readonly first: number;
  private readonly last: number;
  private readonly beginning: number;

  constructor(
    { record, logs, calls }: Pick<TicketRecord, 'record' | 'logs' | 'calls'>,
    private readonly lookups: Lookups,
  ) {
    const created = this.timeOf(record.createdDate);
    const all = [
      created,
      ...[record.updatedDate, record.closedDate, ...logs.map(log => log.record.createdDate)].map(each => this.timeOf(each)),
      // Of a call without a log nothing else tells when it was.
      ...[...calls.values()].flatMap(call => [this.timeOf(call.startedDate), this.timeOf(call.createdDate)]),
    ];
    const possible = all.filter(time => this.isPossible(time));
    // Not by Math.min(...): a ticket may have ten thousand messages.
    this.first = possible.reduce((least, time) => Math.min(least, time), possible[0] ?? lookups.begunAt);
    this.last = possible.reduce((most, time) => Math.max(most, time), possible[0] ?? lookups.begunAt);
    this.beginning = this.isPossible(created) ? created : this.first;
  }

  /** @param dates the first that is one counts; without any it is the ticket's own */
  of(...dates: unknown[]): Moment {
    const text = dates.find(each => !Number.isNaN(this.timeOf(each)));
    if (text === undefined) return { at: seconds(this.beginning), order: this.beginning, told: null };
    const order = this.timeOf(text);
    if (this.isPossible(order)) return { at: seconds(order), order, told: null };
    return { at: seconds(order < 0 ? this.first : this.last), order, told: keptText(textOf(text), 60) };
  }

  private timeOf(date: unknown): number {
    return parseZonedDate(date, this.lookups.timeZone)?.getTime() ?? Number.NaN;
  }

  private isPossible(time: number): boolean {
    return time >= 0 && time <= this.lookups.now;
  }
}
