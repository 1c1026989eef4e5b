import { Random } from './random.js';

/**
 * Faults of a call. RESET_BEFORE and RESET_AFTER: the connection is reset before or after the server has processed the call.
 * HANG: no answer. LATE: the connection is reset, and the write takes effect later. SERVER_ERROR: 502 after processing.
 * SERVER_ERROR_BEFORE, RATE_LIMITED, REFUSED: 502, 429 or 422 without processing. UNAUTHORIZED, FORBIDDEN, NOT_FOUND: the same
 * with 401, 403 or 404. HTML: a page of HTML with 200. TRUNCATED: JSON that is cut off. ERROR_BODY: an error in the body of a
 * 200. SLOW: the answer comes in small chunks. LYING_HEADERS: the answer is right, and its headers are not.
 */
export const faultKinds = [
  'RESET_BEFORE',
  'RESET_AFTER',
  'HANG',
  'LATE',
  'SERVER_ERROR_BEFORE',
  'SERVER_ERROR',
  'RATE_LIMITED',
  'REFUSED',
  'UNAUTHORIZED',
  'FORBIDDEN',
  'NOT_FOUND',
  'HTML',
  'TRUNCATED',
  'ERROR_BODY',
  'SLOW',
  'LYING_HEADERS',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Orders a fault for a share of the calls, or for the next `times` calls, optionally only for paths that contain `path`. */
export interface FaultOrder {
  kind: FaultKind;
  /** 0 to 1. */
  share?: number;
  times?: number;
  path?: string;
  method?: string;
  /** LATE: delay until the write takes effect. */
  delayMs?: number;
  /** RATE_LIMITED: value of Retry-After, in seconds. */
  retryAfter?: number;
  /** SERVER_ERROR, SERVER_ERROR_BEFORE: another status than 502. */
  status?: number;
  seed?: number;
}

export class Faults {
  private orders: { order: FaultOrder; left: number; random: Random }[] = [];
  /** Number of faults so far, by kind. */
  readonly done: Partial<Record<FaultKind, number>> = {};

  add(order: FaultOrder): void {
    const left = order.times ?? (order.share === undefined ? 1 : Number.POSITIVE_INFINITY);
    this.orders.push({ order, left, random: new Random(order.seed ?? 1) });
  }

  clear(): void {
    this.orders = [];
  }

  /** The fault of this call, or null. */
  next(method: string, path: string): FaultOrder | null {
    for (const entry of this.orders) {
      const { kind, share = 1, path: pathPart, method: onlyMethod } = entry.order;
      const matches = (!pathPart || path.includes(pathPart)) && (!onlyMethod || onlyMethod === method);
      if (entry.left <= 0 || !matches || !entry.random.chance(share)) continue;
      entry.left--;
      this.done[kind] = (this.done[kind] ?? 0) + 1;
      return entry.order;
    }
    return null;
  }
}
