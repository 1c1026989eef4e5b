import { keptText } from '../text/kept-text.js';

/**
 * How a call to another system can fail. TIMEOUT, RESET and SERVER_ERROR leave open whether a write took effect; NOT_JSON
 * is an answer that is none: a page of HTML, JSON that is cut off, an error told with 200; TRUNCATED is a download that ended too early;
 * TOO_LARGE is a success whose answer costs more memory than is spent on it.
 */
export type FailureKind =
  | 'PRIVATE_HOST'
  | 'UNREACHABLE'
  | 'TIMEOUT'
  | 'RESET'
  | 'TRUNCATED'
  | 'RATE_LIMITED'
  | 'SERVER_ERROR'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'GONE'
  | 'REJECTED'
  | 'NOT_JSON'
  | 'TOO_LARGE';

const transient: ReadonlySet<FailureKind> = new Set([
  'UNREACHABLE',
  'TIMEOUT',
  'RESET',
  'TRUNCATED',
  'RATE_LIMITED',
  'SERVER_ERROR',
  'NOT_JSON',
]);

/** A call that failed. The message tells what happened, never what was sent; what the other side says in it is foreign. */
export class CallFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly details: {
      status?: number;
      retryAfterMs?: number;
      cause?: unknown;
      /** The other side's own code. */
      code?: string;
      /** What stands in the way of a creation. */
      existing?: { id: string; archived: boolean };
    } = {},
  ) {
    // It is shown to people: control characters of the other side are none of their business.
    super(keptText(message, 500).replace(/\p{C}+/gu, ' '), { cause: details.cause });
    this.name = 'CallFailure';
  }

  /** Whether the same call may well succeed later. */
  get isTransient(): boolean {
    return transient.has(this.kind);
  }

  /** Whether a write that failed so may have taken effect all the same. */
  get isAmbiguous(): boolean {
    return this.kind === 'TIMEOUT' || this.kind === 'RESET' || this.kind === 'SERVER_ERROR' || this.kind === 'NOT_JSON';
  }
}
