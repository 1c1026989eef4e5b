import { isFilled, textOf } from '../../domain/model/record-fields.js';
import { keptText } from '../../domain/text/kept-text.js';
import { isNoDate, parseZonedDate } from '../../domain/text/zoned-date.js';
import { callOf, messageOf, ticketOf } from '../../sources/shapes.js';
import type { ReportIssue, TicketRecord } from './ticket-record.js';

/** The time of a message, and its time at the source. */
export interface Moment {
  /** Unix seconds, in the range that the destination accepts. */
  at: number;
  /** Sort key of messages in milliseconds; equal ones are sorted by `stated`. */
  order: number;
  stated: number;
  /** The time at the source as text, if it differs from `at`. */
  original: string | null;
  /** The text at the source cannot be read as a time. The extraction has reported it. */
  isUnreadable?: true;
}

/** The line with the original time of a message that has another date. */
export const statedTimeLine = ({ original }: Moment): string | null =>
  original === null ? null : `[dated ${original} at the source]`;

export function reportMoment(
  { at, original, isUnreadable }: Moment,
  recordType: 'MESSAGE' | 'TICKET' | 'CALL',
  sourceId: string,
  report: ReportIssue,
): void {
  if (original === null || isUnreadable) return;
  report({
    code: 'DATE_OUT_OF_RANGE',
    severity: 'WARNING',
    recordType,
    sourceId,
    about: 'createdDate',
    message: `Intercom does not accept a message dated ${original}. It is dated ${new Date(at * 1000).toISOString()}; its text contains its own date.`,
    hint: 'Nothing is lost. Correct the date at the source and extract again, if its place in the conversation matters.',
  });
}

const seconds = (ms: number) => Math.floor(ms / 1000);

/**
 * Times of the messages of a ticket. A time in the future becomes the time of reading. A time before 1970 becomes the first
 * possible time of the ticket. So the order is kept, later messages too, and each run gives the same result.
 */
export class MessageTimes {
  private readonly first: number;
  private readonly beginning: number;

  constructor(
    ticket: Pick<TicketRecord, 'record' | 'stagedAt' | 'logs' | 'calls'>,
    private readonly timeZone: string,
  ) {
    const { record, stagedAt, logs, calls } = ticket;
    const { createdDate, dates } = ticketOf(record);
    const created = this.timeOf(createdDate);
    // Not with Math.min(...): a ticket can have ten thousand messages.
    let first = Number.POSITIVE_INFINITY;
    const see = (by: number, ...seen: unknown[]) => {
      for (const time of seen.map(date => this.timeOf(date))) if (isPossible(time, by)) first = Math.min(first, time);
    };
    see(stagedAt, ...dates);
    for (const log of logs) see(log.stagedAt, messageOf(log.record).createdDate);
    for (const call of calls.values()) see(call.stagedAt, ...callOf(call.record).startedDates);
    this.first = Number.isFinite(first) ? first : stagedAt;
    this.beginning = isPossible(created, stagedAt) ? created : this.first;
  }

  /** @param dates the first valid one counts; without any, the time of the ticket */
  of(stagedAt: number, ...dates: unknown[]): Moment {
    const text = dates.find(each => !Number.isNaN(this.timeOf(each)));
    if (text === undefined) return this.undated(stagedAt, dates);
    const stated = this.timeOf(text);
    if (isPossible(stated, stagedAt)) return { at: seconds(stated), order: stated, stated, original: null };
    const order = stated < 0 ? this.first : stagedAt;
    const isSaid = stated < 0 || stated > stagedAt + clockToleranceMs;
    return { at: seconds(order), order, stated, original: isSaid ? keptText(textOf(text), 60) : null };
  }

  /** At the time of the ticket. What cannot be read is said. */
  private undated(stagedAt: number, dates: readonly unknown[]): Moment {
    const stated = this.beginning;
    const order = Math.min(stated, stagedAt);
    const unread = dates.find(each => isFilled(each) && !isNoDate(each));
    const moment = { at: seconds(order), order, stated, original: null };
    return unread === undefined ? moment : { ...moment, original: keptText(textOf(unread), 60), isUnreadable: true };
  }

  private timeOf(date: unknown): number {
    return parseZonedDate(date, this.timeZone)?.getTime() ?? Number.NaN;
  }
}

/** Clocks of two systems differ by seconds: such a time becomes the time of reading without an issue. */
const clockToleranceMs = 300_000;

const isPossible = (time: number, stagedAt: number) => time >= 0 && time <= stagedAt;

export const inTimeOrder = (a: Moment, b: Moment) => a.order - b.order || a.stated - b.stated;
