import { Random } from './random.js';

/**
 * What can go wrong with a call: the connection reset before or after the server has done its work; no answer; a 5xx, a 429,
 * a 5xx before it has; a write that takes effect only after the client has lost the connection;
 * a definite refusal;
 * a page of HTML with 200, JSON that is cut off, an error told in a body with 200; an answer that drips.
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
  'HTML',
  'TRUNCATED',
  'ERROR_BODY',
  'SLOW',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** An order for faults: a share of the calls, or the next `times` ones; only of those whose path contains `path`. */
export interface FaultOrder {
  kind: FaultKind;
  /** 0 to 1. */
  share?: number;
  times?: number;
  path?: string;
  method?: string;
  /** LATE: when it takes effect. */
  delayMs?: number;
  /** RATE_LIMITED: what its Retry-After says, in seconds. */
  retryAfter?: number;
  seed?: number;
}

export class Faults {
  private orders: { order: FaultOrder; left: number; random: Random }[] = [];
  /** How many calls of each kind were spoilt. */
  readonly done: Partial<Record<FaultKind, number>> = {};

  add(order: FaultOrder): void {
    const left = order.times ?? (order.share === undefined ? 1 : Number.POSITIVE_INFINITY);
    this.orders.push({ order, left, random: new Random(order.seed ?? 1) });
  }

  clear(): void {
    this.orders = [];
  }

  /** The fault that befalls this call, if any. */
  next(method: string, path: string): FaultOrder | null {
    for (const entry of this.orders) {
      const { kind, share = 1, path: only, method: way } = entry.order;
      const meant = (!only || path.includes(only)) && (!way || way === method);
      if (entry.left <= 0 || !meant || !entry.random.chance(share)) continue;
      entry.left--;
      this.done[kind] = (this.done[kind] ?? 0) + 1;
      return entry.order;
    }
    return null;
  }
}
