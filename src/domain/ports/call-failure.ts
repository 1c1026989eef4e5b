import { keptText } from '../text/kept-text.js';

/**
 * How a call to another system can fail. After TIMEOUT, RESET and SERVER_ERROR it is unknown whether a write took effect.
 * NOT_JSON: the answer is HTML, incomplete JSON, or an error with status 200. TRUNCATED: a download ended too early. TOO_LARGE:
 * the answer needs more memory than allowed.
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

/** Called after each call with its failure, or null for an answer, and the milliseconds since 1970 when it was sent. */
export type OnAnswer = (failure: CallFailure | null, sentAt: number) => void;

/** A call that failed. The message says what happened, and never what was sent. Text of the other side in it is foreign. */
export class CallFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
    readonly details: {
      status?: number;
      retryAfterMs?: number;
      /** TIMEOUT of a request that was sent whole: performance.now() when it was sent. */
      sentAt?: number;
      cause?: unknown;
      /** The other side's own code. */
      code?: string;
      /** FORBIDDEN: the permission that the call needs, if it is known. */
      permission?: string;
      /** The existing object that prevents a creation. */
      existing?: { id: string; archived: boolean };
    } = {},
  ) {
    // People read it: control characters are removed.
    super(keptText(message, 500).replace(/\p{C}+/gu, ' '), { cause: details.cause });
    this.name = 'CallFailure';
  }

  /** Whether the same call can succeed later. */
  get isTransient(): boolean {
    return transient.has(this.kind);
  }

  /** Whether the write can have taken effect although the call failed. */
  get isAmbiguous(): boolean {
    return this.kind === 'TIMEOUT' || this.kind === 'RESET' || this.kind === 'SERVER_ERROR' || this.kind === 'NOT_JSON';
  }
}
