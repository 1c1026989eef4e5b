import { LandfallError } from '../domain/errors.js';

/** Connection failures of Node, and the SQLSTATEs by which Postgres says that it is not, or no longer, there, or too busy. */
const unavailable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  '53300',
  // Cut off by the statement time-out, a lock that was not to be had, two that wait for each other: the same may well succeed later.
  '57014',
  '55P03',
  '40P01',
  '40001',
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
const unavailableMessages = /Connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed/i;

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

export function isUnavailable(error: unknown): boolean {
  return chain(error).some(each => unavailable.has(each.code ?? '') || unavailableMessages.test(each.message ?? ''));
}

/** Whether a write was refused by this unique constraint. */
export function violates(error: unknown, constraint: string): boolean {
  return chain(error).some(each => each.code === '23505' && each.constraint === constraint);
}

/** Runs database work; a database that is away becomes the coded DATABASE_UNAVAILABLE, all else passes as it is. */
export async function databaseWork<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!isUnavailable(cause)) throw cause;
    throw new LandfallError('DATABASE_UNAVAILABLE', 'The database does not answer; retry shortly.', { cause, retryable: true });
  }
}
