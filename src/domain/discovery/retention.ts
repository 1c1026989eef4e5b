import type { Discovery } from '../model/discovery.js';
import type { Severity } from '../model/issue.js';
import { extractionSecondsP90 } from './estimate.js';
import type { ReadingFacts } from './facts.js';

/** A deadline is near this many days before it, at most half of the time for which the source keeps chats. */
export const retentionWarningDays = 14;

const dayMs = 86_400_000;

/** Chats that the source deletes before they are extracted, or soon. */
export interface RetentionWarning {
  severity: Extract<Severity, 'WARNING' | 'ERROR'>;
  /** Of the first deletion. */
  deadline: Date;
  /** Whole days until then; 0 if it has begun. */
  daysRemaining: number;
  /** Tickets with chats at risk; null after a complete extraction, because the newer ones are not counted. */
  atRisk: number | null;
  /** How long an extraction takes with a probability of 90 %. */
  extractionSecondsP90: number;
}

/**
 * Null if no deadline is near.
 * @param readAt when the newest complete extraction or delta began: older chats are staged
 */
export function retentionWarning(facts: ReadingFacts, now: Date, readAt: Date | null): RetentionWarning | null {
  const { windowDays, atRisk } = facts.discovery.retention;
  const deadline = deadlineOf(facts.discovery.retention, readAt);
  if (deadline === null || windowDays === null) return null;
  const left = deadline.getTime() - now.getTime();
  const seconds = extractionSecondsP90(facts);
  const isNear = left <= Math.min(retentionWarningDays, windowDays / 2) * dayMs;
  const isLate = readAt === null && seconds * 1_000 > left;
  if (!isNear && !isLate) return null;
  return {
    severity: isLate ? 'ERROR' : 'WARNING',
    deadline,
    daysRemaining: Math.max(0, Math.floor(left / dayMs)),
    atRisk: readAt === null ? atRisk : null,
    extractionSecondsP90: seconds,
  };
}

/** Chats that began after the newest complete extraction are kept for the whole time from then on. */
function deadlineOf({ deadline, windowDays, atRisk }: Discovery['retention'], readAt: Date | null): Date | null {
  if (deadline === null || windowDays === null || !atRisk) return null;
  const counted = Date.parse(deadline);
  return new Date(readAt === null ? counted : Math.max(counted, readAt.getTime() + windowDays * dayMs));
}

/** The warning in words. @param readAt as of `retentionWarning` */
export function retentionWords(
  { severity, deadline, daysRemaining, atRisk, extractionSecondsP90: seconds }: RetentionWarning,
  readAt: Date | null,
): { message: string; hint: string } {
  const what =
    readAt === null
      ? `chats of ${atRisk} ${atRisk === 1 ? 'ticket' : 'tickets'}`
      : `chats since ${day(readAt)}, which were not extracted`;
  const when = `the first on ${day(deadline)}, in ${daysRemaining} ${daysRemaining === 1 ? 'day' : 'days'}`;
  const hours = Math.max(1, Math.ceil(seconds / 3_600));
  const duration = `An extraction takes up to ${hours} ${hours === 1 ? 'hour' : 'hours'}`;
  return {
    message: `The source deletes ${what}: ${when}. ${duration}${severity === 'ERROR' ? ', so it would end after that.' : '.'}`,
    hint:
      readAt !== null
        ? 'Start a DELTA run, or an EXTRACTION run, before that.'
        : severity === 'ERROR'
          ? 'Start the EXTRACTION run now: it reads chats that expire soon first. Ask the source to suspend the deletion, or to extend the plan.'
          : 'Start the EXTRACTION run before that.',
  };
}

const day = (date: Date) => date.toISOString().slice(0, 10);
