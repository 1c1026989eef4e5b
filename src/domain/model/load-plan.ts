import type { LoadWindow } from './load-windows.js';

/** In which order tickets are loaded. */
export const loadOrders = ['LONGEST_FIRST', 'OPEN_AND_RECENT_FIRST'] as const;
export type LoadOrder = (typeof loadOrders)[number];

/** Issues whose records alone are loaded: by their uuids, or all open ones with this code. */
export interface IssueRetry {
  issueIds: string[] | null;
  code: string | null;
}

/** How a PRODUCTION run spreads its work, or what a run is limited to. It is stored as JSON. */
export interface LoadPlan {
  /** When it may work; at any time if empty. */
  windows: LoadWindow[];
  maxCallsPerHour: number | null;
  order: LoadOrder;
  /** ISO times: the tickets and calls that it loads, by when they were created. From is included, to is not. */
  createdFrom: string | null;
  createdTo: string | null;
  /** Absent: all that is open is loaded. */
  retry?: IssueRetry;
}

export const planOfRetry = (retry: IssueRetry): LoadPlan => ({
  windows: [],
  maxCallsPerHour: null,
  order: 'LONGEST_FIRST',
  createdFrom: null,
  createdTo: null,
  retry,
});

/** Whether it loads a part of the tickets and calls. */
export const isSlice = (plan: LoadPlan | null): boolean =>
  plan !== null && (plan.createdFrom !== null || plan.createdTo !== null);

/** A higher place is loaded earlier: open tickets, then month by month. Within a place the longest is first. */
export function placeOf(order: LoadOrder, { createdAt, isOpen }: { createdAt: Date | null; isOpen: boolean }): number {
  if (order === 'LONGEST_FIRST') return 0;
  if (isOpen) return 1_000_000;
  return createdAt === null ? 0 : createdAt.getUTCFullYear() * 12 + createdAt.getUTCMonth();
}
