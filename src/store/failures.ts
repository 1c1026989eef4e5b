import { LandfallError, UserError } from '../domain/model/errors.js';
import { Shortage, type ShortageCode } from '../domain/model/shortage.js';
import { isOutdatedPlan } from './prepared-statements.js';

/** Connection failures of Node, and SQLSTATEs of a server that is not available or too busy. */
const unavailable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  // Statement time-out, lock not available, deadlock: the same can succeed later.
  '57014',
  '55P03',
  '40P01',
  '40001',
  '25P03',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
]);
// pg gives these no code.
const unavailableMessages =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed|Query runner already released/i;

interface Failure {
  code?: string;
  message?: string;
  constraint?: string;
  driverError?: unknown;
  cause?: unknown;
}

const chain = (error: unknown): Failure[] => {
  const inner = error as Failure | undefined;
  if (!inner || typeof inner !== 'object') return [];
  return [inner, ...chain(inner.driverError ?? inner.cause)];
};

/** SQLSTATEs of class 53, and those of a database that accepts no writes. */
const shortageCodes: Record<string, ShortageCode> = {
  '53000': 'DATABASE_OUT_OF_MEMORY',
  '53100': 'DATABASE_FULL',
  '53200': 'DATABASE_OUT_OF_MEMORY',
  '53300': 'DATABASE_CONNECTIONS_SPENT',
  '53400': 'DATABASE_OUT_OF_MEMORY',
  '25006': 'DATABASE_FULL',
  '58030': 'DATABASE_FULL',
};

/** What the database lacks; null if it is another error. */
export function databaseShortage(error: unknown): ShortageCode | null {
  for (const { code } of chain(error)) if (code && shortageCodes[code]) return shortageCodes[code];
  return null;
}

/** Whether a value was refused: class 22 (data) or 54 (limits of the program). */
export function isRefusedValue(error: unknown): boolean {
  return chain(error).some(({ code }) => code !== undefined && /^(22|54)[0-9A-Z]{3}$/.test(code));
}

/** A value that the database cannot store. It is the fault of one record or of the caller, never of a run. */
export class RefusedValue extends UserError {
  override name = 'RefusedValue';

  constructor(cause: unknown) {
    super(
      'INVALID_INPUT',
      'A value is too long, out of range, or contains a character that cannot be stored. Give another value.',
      {
        cause,
      },
    );
  }
}

export function isUnavailable(error: unknown): boolean {
  return chain(error).some(
    each => unavailable.has(each.code ?? '') || unavailableMessages.test(each.message ?? '') || isOutdatedPlan(each),
  );
}

/** Whether a write was refused by this unique constraint. */
export function violates(error: unknown, constraint: string): boolean {
  return chain(error).some(each => each.code === '23505' && each.constraint === constraint);
}

/**
 * Runs database work. An unavailable database becomes the coded DATABASE_UNAVAILABLE, a lack of resources a Shortage, and a
 * refused value a RefusedValue. Other errors pass unchanged.
 */
export async function databaseWork<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const shortage = databaseShortage(cause);
    if (shortage) throw cause instanceof Shortage ? cause : new Shortage(shortage, cause);
    if (isRefusedValue(cause)) throw cause instanceof RefusedValue ? cause : new RefusedValue(cause);
    if (!isUnavailable(cause)) throw cause;
    throw new LandfallError('DATABASE_UNAVAILABLE', 'The database does not answer. Retry shortly.', { cause, retryable: true });
  }
}
