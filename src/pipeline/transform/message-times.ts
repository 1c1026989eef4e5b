import { textOf } from '../../domain/model/record-fields.js';
import { keptText } from '../../domain/text/kept-text.js';
import { parseZonedDate } from '../../domain/text/zoned-date.js';
import type { ReportIssue, TicketRecord } from './ticket-record.js';

/** When something happened, and when it is said to have. */
export interface Moment {
  /** Unix seconds, within what the destination takes. */
  at: number;
  /** By which messages are put in order, in milliseconds; among equal ones by what the source states. */
  order: number;
  stated: number;
  /** The source's own time, where `at` is another one; for people. */
  original: string | null;
}

/** How its own time stands in the text of what is dated otherwise. */
export const statedTimeLine = ({ original }: Moment): string | null =>
  original === null ? null : `[dated ${original} at the source]`;

export function reportMoment(
  { at, original }: Moment,
  recordType: 'MESSAGE' | 'TICKET' | 'CALL',
  sourceId: string,
  report: ReportIssue,
): void {
  if (original === null) return;
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
 * Times of a ticket's messages. A time in the future, by the clock of some device, is dated when it was read; what lies
 * before 1970 takes the first time of the ticket that is possible. So everything stays in its order, also beside what comes
 * later, and comes out the same the next time.
 */
export class MessageTimes {
  private readonly first: number;
  private readonly beginning: number;

  constructor(
    ticket: Pick<TicketRecord, 'record' | 'stagedAt' | 'logs' | 'calls'>,
    private readonly timeZone: string,
  ) {
    const { record, stagedAt, logs, calls } = ticket;
    const created = this.timeOf(record.createdDate);
    // Not by Math.min(...): a ticket may have ten thousand messages.
    let first = Number.POSITIVE_INFINITY;
    const see = (by: number, ...dates: unknown[]) => {
      for (const time of dates.map(date => this.timeOf(date))) if (isPossible(time, by)) first = Math.min(first, time);
    };
    see(stagedAt, record.createdDate, record.updatedDate, record.closedDate);
    for (const log of logs) see(log.stagedAt, log.record.createdDate);
    for (const call of calls.values()) see(call.stagedAt, call.record.startedDate, call.record.createdDate);
    this.first = Number.isFinite(first) ? first : stagedAt;
    this.beginning = isPossible(created, stagedAt) ? created : this.first;
  }

  /** @param dates the first that is one counts; without any it is the ticket's own */
  of(stagedAt: number, ...dates: unknown[]): Moment {
    const text = dates.find(each => !Number.isNaN(this.timeOf(each)));
    const stated = text === undefined ? this.beginning : this.timeOf(text);
    if (isPossible(stated, stagedAt)) return { at: seconds(stated), order: stated, stated, original: null };
    const order = stated < 0 ? this.first : stagedAt;
    const isSaid = text !== undefined && (stated < 0 || stated > stagedAt + clockToleranceMs);
    return { at: seconds(order), order, stated, original: isSaid ? keptText(textOf(text), 60) : null };
  }

  private timeOf(date: unknown): number {
    return parseZonedDate(date, this.timeZone)?.getTime() ?? Number.NaN;
  }
}

/** Clocks of two systems differ by seconds: such a time is the time of reading, and nothing is said of it. */
const clockToleranceMs = 300_000;

const isPossible = (time: number, stagedAt: number) => time >= 0 && time <= stagedAt;

export const inTimeOrder = (a: Moment, b: Moment) => a.order - b.order || a.stated - b.stated;
